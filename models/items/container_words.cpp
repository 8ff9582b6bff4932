#include "models/items/container_words.h"

#include <QCoreApplication>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Containers)
};

} // namespace

QString stateText(ContainerState state)
{
    switch (state) {
    case ContainerState::Unknown:
        return Words::tr("state not read");
    case ContainerState::Created:
        return Words::tr("created");
    case ContainerState::Running:
        return Words::tr("running");
    case ContainerState::Paused:
        return Words::tr("paused");
    case ContainerState::Restarting:
        return Words::tr("restarting");
    case ContainerState::Removing:
        return Words::tr("removing");
    case ContainerState::Exited:
        return Words::tr("exited");
    case ContainerState::Dead:
        return Words::tr("dead");
    }
    return {};
}

QString healthText(Health health)
{
    switch (health) {
    case Health::Unknown:
        return {};
    case Health::None:
        return Words::tr("no health check");
    case Health::Starting:
        return Words::tr("starting");
    case Health::Healthy:
        return Words::tr("healthy");
    case Health::Unhealthy:
        return Words::tr("unhealthy");
    }
    return {};
}

NodeState nodeStateOf(const Container &container)
{
    if (container.health == Health::Unhealthy)
        return NodeState::Unhealthy;
    switch (container.state) {
    case ContainerState::Unknown:
        return NodeState::NotKnown;
    case ContainerState::Running:
        return NodeState::On;
    case ContainerState::Paused:
        return NodeState::Paused;
    case ContainerState::Restarting:
    case ContainerState::Dead:
        return NodeState::Unhealthy;
    case ContainerState::Created:
    case ContainerState::Removing:
    case ContainerState::Exited:
        return NodeState::Off;
    }
    return NodeState::NotKnown;
}

QString portsText(const Container &container)
{
    QStringList texts;
    for (const PortMapping &port : container.ports) {
        const QString inner = QString::number(port.containerPort) + u'/' + port.protocol;
        if (port.hostPort)
            texts.append(port.hostAddress + u':' + QString::number(*port.hostPort) +
                         QStringLiteral(" \u2192 ") + inner);
        else
            texts.append(inner);
    }
    return texts.join(QLatin1String(", "));
}

QString statusText(const Container &container)
{
    return container.status.isEmpty() ? stateText(container.state) : container.status;
}

QString verdictText(SwarmVerdict verdict)
{
    switch (verdict) {
    case SwarmVerdict::AsWanted:
        return Words::tr("as wanted");
    case SwarmVerdict::Changing:
        return Words::tr("changing");
    case SwarmVerdict::NotKnown:
        return Words::tr("not known");
    case SwarmVerdict::NotRunning:
        return Words::tr("does not run");
    case SwarmVerdict::NotWanted:
        return Words::tr("not wanted");
    case SwarmVerdict::NodeDown:
        return Words::tr("node is down");
    case SwarmVerdict::WrongNode:
        return Words::tr("wrong node");
    case SwarmVerdict::UnknownTask:
        return Words::tr("unknown task");
    case SwarmVerdict::UnknownService:
        return Words::tr("unknown service");
    case SwarmVerdict::OverCount:
        return Words::tr("runs too often");
    }
    return {};
}

} // namespace tropo
