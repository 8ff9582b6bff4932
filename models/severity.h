#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace tropo {

/// How bad a finding is; ordered.
enum class Severity { Info, Warning, Error };

QString severityName(Severity severity); ///< "info", "warning", "error"
std::optional<Severity> severityFromName(QStringView name);

} // namespace tropo
