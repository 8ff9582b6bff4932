#include "views/presentation.h"

#include <QCoreApplication>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Presentation)
};

QString domainIcon(NodeState state)
{
    switch (state) {
    case NodeState::On:
        return QStringLiteral("domain-running");
    case NodeState::Off:
        return QStringLiteral("domain-off");
    case NodeState::Paused:
    case NodeState::Unhealthy:
        return QStringLiteral("domain-paused");
    default:
        return QStringLiteral("domain-unknown");
    }
}

QString containerIcon(NodeState state)
{
    if (state == NodeState::Unhealthy)
        return QStringLiteral("container-unhealthy");
    return state == NodeState::Off ? QStringLiteral("container-stopped") : QStringLiteral("container");
}

} // namespace

QString iconName(NodeKind kind, NodeState state)
{
    switch (kind) {
    case NodeKind::Fleet:
        return QStringLiteral("fleet");
    case NodeKind::Group:
        return {};
    case NodeKind::Hypervisor:
        return state == NodeState::Unreachable ? QStringLiteral("unreachable")
               : state == NodeState::NotKnown  ? QStringLiteral("not-known")
                                               : QStringLiteral("hypervisor");
    case NodeKind::Bridge:
        return QStringLiteral("bridge");
    case NodeKind::Port:
        return QStringLiteral("port");
    case NodeKind::Tap:
        return QStringLiteral("tap");
    case NodeKind::Network:
        return QStringLiteral("network");
    case NodeKind::Reservation:
        return QStringLiteral("reservation");
    case NodeKind::Lease:
        return QStringLiteral("lease");
    case NodeKind::Domain:
        return domainIcon(state);
    case NodeKind::Nic:
        return state == NodeState::Off ? QStringLiteral("nic-unplugged") : QStringLiteral("nic");
    case NodeKind::Interface:
        return QStringLiteral("interface");
    case NodeKind::File:
        return QStringLiteral("file");
    case NodeKind::Address:
        return QStringLiteral("address");
    case NodeKind::Engine:
        return QStringLiteral("engine");
    case NodeKind::Service:
        return QStringLiteral("service");
    case NodeKind::Container:
        return containerIcon(state);
    case NodeKind::Float:
        return QStringLiteral("float");
    case NodeKind::NotKnown:
        return QStringLiteral("not-known");
    }
    return {};
}

QString iconName(Severity severity)
{
    return QLatin1String("finding-") + severityName(severity);
}

QString iconName(LayerState state)
{
    switch (state) {
    case LayerState::Agrees:
        return QStringLiteral("agrees");
    case LayerState::Disagrees:
        return QStringLiteral("disagrees");
    case LayerState::Absent:
        return QStringLiteral("absent");
    case LayerState::NotKnown:
        return QStringLiteral("not-known");
    }
    return {};
}

QString iconName(SwarmVerdict verdict)
{
    switch (verdict) {
    case SwarmVerdict::AsWanted:
        return QStringLiteral("finding-none");
    case SwarmVerdict::Changing:
        return QStringLiteral("refresh");
    case SwarmVerdict::NotKnown:
        return QStringLiteral("not-known");
    case SwarmVerdict::NotRunning:
        return QStringLiteral("container-stopped");
    case SwarmVerdict::NotWanted:
    case SwarmVerdict::NodeDown:
    case SwarmVerdict::WrongNode:
    case SwarmVerdict::UnknownTask:
    case SwarmVerdict::UnknownService:
        return QStringLiteral("finding-warning");
    case SwarmVerdict::OverCount:
        return QStringLiteral("finding-error");
    }
    return {};
}

QString kindWord(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Fleet:
        return Words::tr("fleet");
    case NodeKind::Group:
        return Words::tr("group");
    case NodeKind::Hypervisor:
        return Words::tr("hypervisor");
    case NodeKind::Bridge:
        return Words::tr("bridge");
    case NodeKind::Port:
        return Words::tr("bridge port");
    case NodeKind::Tap:
        return Words::tr("tap");
    case NodeKind::Network:
        return Words::tr("libvirt network");
    case NodeKind::Reservation:
        return Words::tr("DHCP reservation");
    case NodeKind::Lease:
        return Words::tr("DHCP lease");
    case NodeKind::Domain:
        return Words::tr("virtual machine");
    case NodeKind::Nic:
        return Words::tr("NIC");
    case NodeKind::Interface:
        return Words::tr("interface");
    case NodeKind::File:
        return Words::tr("interface file");
    case NodeKind::Address:
        return Words::tr("holder");
    case NodeKind::Engine:
        return Words::tr("container engine");
    case NodeKind::Service:
        return Words::tr("service");
    case NodeKind::Container:
        return Words::tr("container");
    case NodeKind::Float:
        return Words::tr("float");
    case NodeKind::NotKnown:
        return Words::tr("not known");
    }
    return {};
}

QString stateWord(NodeState state)
{
    switch (state) {
    case NodeState::NotKnown:
        return Words::tr("state not known");
    case NodeState::Plain:
        return {};
    case NodeState::On:
        return Words::tr("up");
    case NodeState::Off:
        return Words::tr("down");
    case NodeState::Paused:
        return Words::tr("paused");
    case NodeState::Unhealthy:
        return Words::tr("unhealthy");
    case NodeState::Unreachable:
        return Words::tr("unreachable");
    }
    return {};
}

QString iconName(DomainState state)
{
    switch (state) {
    case DomainState::Running:
        return QStringLiteral("domain-running");
    case DomainState::Paused:
    case DomainState::Suspended:
        return QStringLiteral("domain-paused");
    case DomainState::ShutOff:
    case DomainState::ShuttingDown:
    case DomainState::Crashed:
        return QStringLiteral("domain-off");
    case DomainState::Unknown:
        break;
    }
    return QStringLiteral("domain-unknown");
}

QString stateWord(DomainState state)
{
    switch (state) {
    case DomainState::Running:
        return Words::tr("running");
    case DomainState::Paused:
        return Words::tr("paused");
    case DomainState::Suspended:
        return Words::tr("suspended");
    case DomainState::ShutOff:
        return Words::tr("off");
    case DomainState::ShuttingDown:
        return Words::tr("shutting down");
    case DomainState::Crashed:
        return Words::tr("crashed");
    case DomainState::Unknown:
        break;
    }
    return Words::tr("state not known");
}

QString iconName(CardState state)
{
    switch (state) {
    case CardState::Sound:
        return QStringLiteral("agrees");
    case CardState::Wrong:
        return QStringLiteral("disagrees");
    case CardState::Free:
        return QStringLiteral("absent");
    case CardState::NotKnown:
        break;
    }
    return QStringLiteral("not-known");
}

QString cardStateWord(CardState state, bool split)
{
    switch (state) {
    case CardState::Sound:
        return Words::tr("held");
    case CardState::Wrong:
        return split ? Words::tr("on several") : Words::tr("disagrees");
    case CardState::Free:
        return Words::tr("free");
    case CardState::NotKnown:
        break;
    }
    return Words::tr("not known");
}

QColor inkFor(CardState state, const QPalette &palette)
{
    const Ink ink = inkOf(palette);
    switch (state) {
    case CardState::Sound:
        return ink.accent;
    case CardState::Wrong:
        return ink.error;
    case CardState::Free:
    case CardState::NotKnown:
        break;
    }
    return ink.muted;
}

Severity severityFor(ForecastWeight weight)
{
    switch (weight) {
    case ForecastWeight::Lost:
        return Severity::Error;
    case ForecastWeight::Change:
        return Severity::Warning;
    case ForecastWeight::Note:
        break;
    }
    return Severity::Info;
}

QString weightWord(ForecastWeight weight)
{
    switch (weight) {
    case ForecastWeight::Lost:
        return Words::tr("lost");
    case ForecastWeight::Change:
        return Words::tr("change");
    case ForecastWeight::Note:
        break;
    }
    return Words::tr("note");
}

QString sourceWord(const Snapshot &snapshot)
{
    const auto word = [](SnapshotKind kind) -> QString {
        switch (kind) {
        case SnapshotKind::Live:
            return Words::tr("LIVE");
        case SnapshotKind::Capture:
            return Words::tr("CAPTURE");
        case SnapshotKind::Demo:
            return Words::tr("DEMO");
        }
        return {};
    };
    return snapshot.isSimulated ? Words::tr("%1, SIMULATED").arg(word(snapshot.kind)) : word(snapshot.kind);
}

QColor inkFor(Severity severity, const Ink &ink)
{
    switch (severity) {
    case Severity::Error:
        return ink.error;
    case Severity::Warning:
        return ink.warning;
    case Severity::Info:
        return ink.info;
    }
    return ink.muted;
}

QColor inkFor(SwarmVerdict verdict, const QPalette &palette)
{
    const Ink ink = inkOf(palette);
    switch (verdict) {
    case SwarmVerdict::AsWanted:
        return palette.color(QPalette::Text);
    case SwarmVerdict::Changing:
        return ink.info;
    case SwarmVerdict::NotKnown:
        return ink.muted;
    case SwarmVerdict::OverCount:
        return ink.error;
    default:
        return ink.warning;
    }
}

} // namespace tropo
