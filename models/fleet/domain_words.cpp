#include "models/fleet/domain_words.h"

namespace tropo {

QString domainStateText(DomainState state)
{
    switch (state) {
    case DomainState::Unknown:
        break;
    case DomainState::Running:
        return QStringLiteral("running");
    case DomainState::Paused:
        return QStringLiteral("paused");
    case DomainState::Suspended:
        return QStringLiteral("suspended");
    case DomainState::ShutOff:
        return QStringLiteral("shut off");
    case DomainState::ShuttingDown:
        return QStringLiteral("shutting down");
    case DomainState::Crashed:
        return QStringLiteral("crashed");
    }
    return {};
}

} // namespace tropo
