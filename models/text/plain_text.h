#pragma once

#include <QString>

namespace tropo {

/// Text from a machine made safe to show on one line: control characters, line ends and the marks that turn
/// the writing direction become visible stand-ins; bounded to `most` characters.
QString visibleText(const QString &text, qsizetype most = 2000);

} // namespace tropo
