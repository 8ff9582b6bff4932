#include "models/rules/bridge_rules.h"

#include "models/rules/about.h"
#include "models/rules/bridge_facts.h"

#include <algorithm>

namespace tropo {

namespace {

/// Every bridge of the fleet but libvirt's own, which have no port that leads out.
QList<BridgeView> hostBridges(const RuleInput &input)
{
    const ReadingGaps gaps(input.fleet);
    QList<BridgeView> bridges;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        for (const BridgeView &view : bridgesOf(hypervisor, gaps))
            if (!view.libvirts)
                bridges.append(view);
    return bridges;
}

/// Where a port is instead, as the end of a sentence.
QString whereabouts(const BridgeView &view, const QString &port, const QList<BridgeView> &bridges)
{
    for (const BridgeView &other : bridges)
        if (other.hypervisor == view.hypervisor && other.port(port))
            return QStringLiteral(" (it is a port of %1)").arg(other.name);
    const auto &list = view.hypervisor->host.interfaces;
    if (list && !list->elided && !list->find(port))
        return QStringLiteral(" (the host has no such interface)");
    return {};
}

Finding portsMissing(const BridgeView &view, const QList<Sourced<QString>> &missing,
                     const QList<BridgeView> &bridges)
{
    QStringList names;
    QList<Source> sources;
    for (const Sourced<QString> &port : missing) {
        names.append(port.value + whereabouts(view, port.value, bridges));
        sources.append(port.source);
        if (const auto &list = view.hypervisor->host.interfaces)
            if (const Interface *interface = list->find(port.value))
                sources.append(interface->source);
    }
    if (view.interface)
        sources.append(view.interface->source);
    QStringList present;
    for (const PortView &port : view.ports) {
        present.append(port.name);
        sources += port.sources;
    }
    const QString has = present.isEmpty()
                            ? QStringLiteral("It has no port at all.")
                            : QStringLiteral("It has %1.").arg(someOf(present, QStringLiteral(", ")));
    return about(view.subject,
                 QStringLiteral("The bridge %1 is configured with the port %2, and does not have it. %3")
                     .arg(view.text(), someOf(names, QStringLiteral(" and ")), has),
                 sources);
}

} // namespace

QList<Finding> bridgePortMissing(const RuleInput &input)
{
    QList<Finding> findings;
    const QList<BridgeView> bridges = hostBridges(input);
    for (const BridgeView &view : bridges) {
        const QList<Sourced<QString>> missing = view.missingPorts();
        if (!missing.isEmpty())
            findings.append(portsMissing(view, missing, bridges));
    }
    return findings;
}

QList<Finding> bridgePortDown(const RuleInput &input)
{
    QList<Finding> findings;
    for (const BridgeView &view : hostBridges(input)) {
        QStringList down;
        QList<Source> sources;
        const QList<PortView> ports = view.physicalPorts();
        for (const PortView &port : ports) {
            if (!port.interface)
                continue;
            if (port.interface->up == false)
                down.append(QStringLiteral("%1 is switched off").arg(port.name));
            else if (port.interface->carrier == false)
                down.append(QStringLiteral("%1 has no link").arg(port.name));
            else
                continue;
            sources.append(port.interface->source);
            sources += port.sources;
        }
        if (down.isEmpty())
            continue;
        QString message = QStringLiteral("A port of the bridge %1 is down: %2.")
                              .arg(view.text(), someOf(down, QStringLiteral("; ")));
        if (down.size() == ports.size())
            message += QStringLiteral(" Nothing on the bridge reaches the outside.");
        findings.append(about(view.subject, message, sources));
    }
    return findings;
}

namespace {

/// Whether a file gives the bridge a MAC of its own.
bool setsMac(const BridgeView &view)
{
    const auto sets = [](const InterfaceConfig *config) {
        return config->macaddr ||
               std::any_of(config->settings.begin(), config->settings.end(), [](const Setting &setting) {
                   return setting.key == QLatin1String("bridge_hw") ||
                          setting.key == QLatin1String("bridge-hw") ||
                          setting.key == QLatin1String("hwaddress");
               });
    };
    return std::any_of(view.own.begin(), view.own.end(), sets) ||
           std::any_of(view.declared.begin(), view.declared.end(), sets);
}

/// Which port's MAC the bridge has, as the end of a sentence.
QString whoseMac(const BridgeView &view)
{
    for (const PortView &port : view.ports)
        if (!port.physical && port.interface && port.interface->mac == view.interface->mac)
            return QStringLiteral(" It is that of %1.").arg(port.name);
    return {};
}

} // namespace

QList<Finding> bridgeMacMismatch(const RuleInput &input)
{
    QList<Finding> findings;
    for (const BridgeView &view : hostBridges(input)) {
        const QList<PortView> ports = view.physicalPorts();
        if (!view.interface || !view.interface->mac || ports.isEmpty() || setsMac(view))
            continue;
        QStringList macs;
        QList<Source> sources{view.interface->source};
        bool explained = false;
        for (const PortView &port : ports) {
            explained = explained || !port.interface || !port.interface->mac ||
                        port.interface->mac == view.interface->mac;
            if (explained)
                break;
            macs.append(QStringLiteral("%1 has %2").arg(port.name, port.interface->mac->toString()));
            sources.append(port.interface->source);
        }
        if (explained)
            continue;
        findings.append(
            about(view.subject,
                  QStringLiteral("The bridge %1 has the MAC %2, which none of its physical ports has: "
                                 "%3.%4")
                      .arg(view.text(), view.interface->mac->toString(), someOf(macs, QStringLiteral(", ")),
                           whoseMac(view)),
                  sources));
    }
    return findings;
}

} // namespace tropo
