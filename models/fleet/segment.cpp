#include "models/fleet/segment.h"

#include <algorithm>

namespace tropo {

namespace {

/// The libvirt network that stands for a bridge which leaves the host: the public one, else the first by
/// name.
QString forwardedBy(const QString &bridge, const Hypervisor &hypervisor, const QString &publicNetwork)
{
    QStringList names;
    for (const Network &network : hypervisor.networks.value_or(QList<Network>())) {
        const NetworkForm *form = network.known();
        if (form && form->forward == QLatin1String("bridge") && form->bridge == bridge)
            names.append(network.name);
    }
    if (names.contains(publicNetwork) || bridge == publicNetwork)
        return publicNetwork;
    return names.isEmpty() ? QString() : *std::min_element(names.begin(), names.end());
}

/// Whether a port leads out of the host: not to a VM, a container or a tunnel.
bool isUplink(const QString &name, const Interface *interface)
{
    static const QStringList inner{QStringLiteral("vnet"),   QStringLiteral("tap"),   QStringLiteral("tun"),
                                   QStringLiteral("veth"),   QStringLiteral("dummy"), QStringLiteral("virbr"),
                                   QStringLiteral("macvtap")};
    if (interface && (interface->kind == QLatin1String("tun") || interface->kind == QLatin1String("veth") ||
                      interface->kind == QLatin1String("dummy")))
        return false;
    return std::none_of(inner.begin(), inner.end(),
                        [&](const QString &prefix) { return name.startsWith(prefix); });
}

bool hasUplink(const QString &bridge, const Hypervisor &hypervisor)
{
    const Machine &host = hypervisor.host;
    const auto find = [&host](const QString &name) {
        return host.interfaces ? host.interfaces->find(name) : nullptr;
    };
    for (const BridgePort &port : host.bridgePorts.value_or(QList<BridgePort>()))
        if (port.bridge == bridge && !port.port.isEmpty() && isUplink(port.port, find(port.port)))
            return true;
    if (host.interfaces)
        for (const Interface &interface : host.interfaces->items)
            if (interface.master == bridge && isUplink(interface.name, &interface))
                return true;
    for (const auto *file : {&hypervisor.interfacesFile, &hypervisor.declaredInterfaces})
        for (const InterfaceConfig &config : file->value_or(QList<InterfaceConfig>()))
            if (config.device == bridge && !config.bridgePorts.isEmpty())
                return true;
    return false;
}

QString subnetOn(const QString &bridge, const Hypervisor &hypervisor)
{
    const Interface *interface =
        hypervisor.host.interfaces ? hypervisor.host.interfaces->find(bridge) : nullptr;
    if (interface)
        for (const InterfaceAddress &address : interface->addresses)
            if (address.prefix && *address.prefix < 31)
                return Subnet::of(address.address, *address.prefix).toString();
    return {};
}

} // namespace

QString segmentOf(const Connection &connection, const Hypervisor &hypervisor, const QString &publicNetwork)
{
    const QString &bridge = connection.bridge;
    const QString own = hypervisor.name + u'/' + (bridge.isEmpty() ? connection.network : bridge);
    if (bridge.isEmpty())
        return connection.network.isEmpty() ? QString() : own;
    const QString network = forwardedBy(bridge, hypervisor, publicNetwork);
    if (!network.isEmpty())
        return QLatin1String("network ") + network;
    const QString subnet = subnetOn(bridge, hypervisor);
    if (!subnet.isEmpty() && hasUplink(bridge, hypervisor))
        return QStringLiteral("wire %1 %2").arg(bridge, subnet);
    return own;
}

} // namespace tropo
