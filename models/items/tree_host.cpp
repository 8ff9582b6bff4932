#include "models/items/tree_growth.h"

#include <QMap>
#include <QSet>

namespace tropo {

namespace {

struct TapEnd
{
    QString bridge;
    QString domain;
    const Nic *nic = nullptr;
};

/// What hangs on one bridge, as far as any document says.
struct BridgeParts
{
    const Interface *interface = nullptr;
    QList<Source> sources;
    QMap<QString, QList<Source>> members; ///< ports and taps by name
};

QString bridgeOf(const Hypervisor &hypervisor, const Nic &nic)
{
    if (!nic.bridge.isEmpty() || nic.network.isEmpty())
        return nic.bridge;
    const Network *network = hypervisor.network(nic.network);
    return network && network->known() ? network->known()->bridge : QString();
}

QMap<QString, TapEnd> tapsOf(const Hypervisor &hypervisor)
{
    QMap<QString, TapEnd> taps;
    if (!hypervisor.domains)
        return taps;
    for (const Domain &domain : *hypervisor.domains) {
        if (!domain.live)
            continue;
        for (const Nic &nic : domain.live->nics)
            if (!nic.target.isEmpty())
                taps.insert(nic.target, {bridgeOf(hypervisor, nic), domain.name, &nic});
    }
    return taps;
}

QMap<QString, BridgeParts> bridgesOf(const Hypervisor &hypervisor, const QMap<QString, TapEnd> &taps)
{
    QMap<QString, BridgeParts> bridges;
    if (hypervisor.host.interfaces)
        for (const Interface &interface : hypervisor.host.interfaces->items) {
            if (!interface.master.isEmpty())
                bridges[interface.master].members[interface.name].append(interface.source);
            if (interface.kind == QLatin1String("bridge"))
                bridges[interface.name];
        }
    if (hypervisor.host.bridgePorts)
        for (const BridgePort &port : *hypervisor.host.bridgePorts) {
            BridgeParts &parts = bridges[port.bridge];
            if (!port.port.isEmpty())
                parts.members[port.port].append(port.source);
        }
    const auto configured = {hypervisor.interfacesFile, hypervisor.declaredInterfaces};
    for (const auto &configs : configured)
        if (configs)
            for (const InterfaceConfig &config : *configs)
                for (const Sourced<QString> &port : config.bridgePorts)
                    bridges[config.device].members[port.value].append(port.source);
    if (hypervisor.networks)
        for (const Network &network : *hypervisor.networks)
            if (network.known() && !network.known()->bridge.isEmpty())
                bridges[network.known()->bridge].sources.append(network.known()->source);
    for (auto it = taps.begin(); it != taps.end(); ++it)
        if (!it->bridge.isEmpty())
            bridges[it->bridge].members[it.key()].append(it->nic->source);
    if (hypervisor.host.interfaces)
        for (auto it = bridges.begin(); it != bridges.end(); ++it)
            it->interface = hypervisor.host.interfaces->find(it.key());
    return bridges;
}

NodeState stateOf(const Interface *interface)
{
    if (!interface || !interface->up)
        return NodeState::NotKnown;
    return *interface->up && interface->carrier.value_or(true) ? NodeState::On : NodeState::Off;
}

void addInterfaceFacts(Facts &facts, const Interface *interface)
{
    if (!interface) {
        facts.known(TreeWords::tr("On the host"), {});
        return;
    }
    facts.add(TreeWords::tr("MAC"), macText(interface->mac))
        .add(TreeWords::tr("Addresses"), addressesText(*interface))
        .flag(TreeWords::tr("Up"), interface->up)
        .flag(TreeWords::tr("Carrier"), interface->carrier)
        .add(TreeWords::tr("MTU"), interface->mtu ? QString::number(*interface->mtu) : QString())
        .add(TreeWords::tr("Kind"), interface->kind)
        .add(TreeWords::tr("Master"), interface->master)
        .add(TreeWords::tr("PCI address"), interface->pci ? interface->pci->value.toString() : QString());
}

TreeNode memberNode(const Growth &growth, const Hypervisor &hypervisor, const QString &bridgeKey,
                    const QString &name, QList<Source> sources, const QMap<QString, TapEnd> &taps)
{
    const Interface *interface =
        hypervisor.host.interfaces ? hypervisor.host.interfaces->find(name) : nullptr;
    const auto tap = taps.constFind(name);
    const bool isTap = tap != taps.constEnd();
    if (interface)
        sources.prepend(interface->source);
    TreeNode node =
        growth.node(isTap ? NodeKind::Tap : NodeKind::Port, bridgeKey + u'/' + name, name, sources);
    node.aliases.append(hypervisor.name + QLatin1String("/if/") + name);
    node.state = stateOf(interface);
    const QString mac = interface ? macText(interface->mac) : QString();
    if (isTap)
        node.detail = joined({QStringLiteral("\u2192 ") + tap->domain, macText(tap->nic->mac)});
    else
        node.detail =
            joined({mac, interface ? addressesText(*interface) : TreeWords::tr("not seen on the host")});
    if (growth.wants(node.key)) {
        Facts facts;
        if (isTap)
            facts.add(TreeWords::tr("Virtual machine"), tap->domain)
                .add(TreeWords::tr("NIC's MAC"), macText(tap->nic->mac));
        addInterfaceFacts(facts, interface);
        node.facts = facts.list();
    }
    return node;
}

TreeNode bridgeNode(const Growth &growth, const Hypervisor &hypervisor, const QString &name,
                    const BridgeParts &parts, const QMap<QString, TapEnd> &taps)
{
    QList<Source> sources = parts.sources;
    if (parts.interface)
        sources.prepend(parts.interface->source);
    TreeNode node =
        growth.node(NodeKind::Bridge, hypervisor.name + QLatin1String("/bridge/") + name, name, sources);
    node.aliases.append(hypervisor.name + QLatin1String("/if/") + name);
    node.state = stateOf(parts.interface);
    node.detail = parts.interface ? joined({macText(parts.interface->mac), addressesText(*parts.interface)})
                                  : TreeWords::tr("not seen on the host");
    for (auto it = parts.members.begin(); it != parts.members.end(); ++it)
        node.children.push_back(memberNode(growth, hypervisor, node.key, it.key(), it.value(), taps));
    const bool portsRead = hypervisor.host.bridgePorts.has_value() || !parts.members.isEmpty();
    if (!portsRead)
        node.children.push_back(
            growth.notRead(node.key, TreeWords::tr("ports"),
                           growth.whyNot(hypervisor.name, QStringLiteral("host"),
                                         TreeWords::tr("no document says what hangs on this bridge"))));
    if (growth.wants(node.key)) {
        Facts facts;
        addInterfaceFacts(facts, parts.interface);
        facts.known(TreeWords::tr("Ports and taps"),
                    portsRead ? QStringList(parts.members.keys()).join(QLatin1String(", ")) : QString());
        node.facts = facts.list();
    }
    return node;
}

} // namespace

TreeNode bridgesNode(const Growth &growth, const Hypervisor &hypervisor)
{
    TreeNode group = growth.group(hypervisor.name + QLatin1String("/bridge"), TreeWords::tr("Bridges"));
    const QMap<QString, TapEnd> taps = tapsOf(hypervisor);
    const QMap<QString, BridgeParts> bridges = bridgesOf(hypervisor, taps);
    for (auto it = bridges.begin(); it != bridges.end(); ++it)
        group.children.push_back(bridgeNode(growth, hypervisor, it.key(), it.value(), taps));
    if (!hypervisor.host.interfaces)
        group.children.push_back(growth.notRead(
            group.key, TreeWords::tr("host interfaces"),
            growth.whyNot(hypervisor.name, QStringLiteral("host"), TreeWords::tr("nothing was collected"))));
    group.detail = bridges.isEmpty() ? QString() : QString::number(bridges.size());
    return group;
}

TreeNode hostInterfacesNode(const Growth &growth, const Hypervisor &hypervisor, const TreeNode &bridges)
{
    TreeNode group =
        growth.group(hypervisor.name + QLatin1String("/if"), TreeWords::tr("Other interfaces of the host"));
    if (!hypervisor.host.interfaces)
        return group;
    QSet<QString> shown;
    for (const TreeNode &bridge : bridges.children) {
        shown.insert(bridge.label);
        for (const TreeNode &member : bridge.children)
            shown.insert(member.label);
    }
    for (const Interface &interface : hypervisor.host.interfaces->items)
        if (!shown.contains(interface.name))
            group.children.push_back(interfaceNode(growth, group.key + u'/' + interface.name, interface));
    return group;
}

TreeNode interfaceNode(const Growth &growth, const QString &key, const Interface &interface)
{
    QList<Source> sources{interface.source};
    if (interface.pci)
        sources.append(interface.pci->source);
    TreeNode node = growth.node(NodeKind::Interface, key, interface.name, sources);
    node.state = stateOf(&interface);
    if (node.state == NodeState::Off)
        node.badge = TreeWords::tr("down");
    node.detail = joined({macText(interface.mac), addressesText(interface)});
    if (growth.wants(key)) {
        Facts facts;
        addInterfaceFacts(facts, &interface);
        node.facts = facts.list();
    }
    return node;
}

} // namespace tropo
