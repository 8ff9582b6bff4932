#pragma once

#include <QStringView>

namespace tropo {

/// Whether a line is the "...." by which someone who pasted a listing says that lines were left out.
bool isElision(QStringView line);

} // namespace tropo
