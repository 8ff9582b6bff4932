#include "models/compare/comparing.h"

namespace tropo {

QString yesOrNo(bool value)
{
    return value ? QStringLiteral("yes") : QStringLiteral("no");
}

std::optional<QString> onOrOff(const std::optional<bool> &value)
{
    if (!value)
        return {};
    return *value ? QStringLiteral("on") : QStringLiteral("off");
}

QString stateWords(ContainerState state)
{
    switch (state) {
    case ContainerState::Unknown:
        break;
    case ContainerState::Created:
        return QStringLiteral("created");
    case ContainerState::Running:
        return QStringLiteral("running");
    case ContainerState::Paused:
        return QStringLiteral("paused");
    case ContainerState::Restarting:
        return QStringLiteral("restarting");
    case ContainerState::Removing:
        return QStringLiteral("being removed");
    case ContainerState::Exited:
        return QStringLiteral("stopped");
    case ContainerState::Dead:
        return QStringLiteral("dead");
    }
    return {};
}

} // namespace tropo
