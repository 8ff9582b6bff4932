#include "models/severity.h"

namespace tropo {

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return QStringLiteral("info");
    case Severity::Warning:
        return QStringLiteral("warning");
    case Severity::Error:
        return QStringLiteral("error");
    }
    return {};
}

std::optional<Severity> severityFromName(QStringView name)
{
    for (Severity severity : {Severity::Info, Severity::Warning, Severity::Error})
        if (name == severityName(severity))
            return severity;
    return {};
}

} // namespace tropo
