#include "models/forecast/network_start.h"

#include "models/fleet/connection.h"

#include <algorithm>

namespace tropo {

std::optional<bool> activeNow(const Network &network)
{
    return network.active;
}

std::optional<bool> activeAfterRestart(const Network &network)
{
    if (network.persistent == false)
        return false;
    return network.autostart;
}

namespace {

/// Networks known only from files say nothing of which others libvirt has.
bool isListed(const QList<Network> &networks)
{
    return std::any_of(networks.begin(), networks.end(),
                       [](const Network &network) { return network.active.has_value(); });
}

std::optional<StartRefusal> missingNetwork(const Nic &nic, const Hypervisor &hypervisor,
                                           std::optional<bool> (*isActive)(const Network &))
{
    if (nic.network.isEmpty() || !hypervisor.networks)
        return {};
    const QString needs =
        QStringLiteral("its NIC %1 needs the network %2, which ")
            .arg(nic.mac ? nic.mac->toString() : QStringLiteral("without MAC"), nic.network);
    const Network *network = hypervisor.network(nic.network);
    if (!network && isListed(*hypervisor.networks))
        return StartRefusal{needs + QStringLiteral("%1 does not have").arg(hypervisor.name), {nic.source}};
    if (network && isActive(*network) == false)
        return StartRefusal{needs + (isActive == &activeNow
                                         ? QStringLiteral("is not active")
                                         : QStringLiteral("does not start with %1").arg(hypervisor.name)),
                            {nic.source, network->source}};
    return {};
}

std::optional<StartRefusal> missingBridge(const Nic &nic, const Hypervisor &hypervisor)
{
    const std::optional<InterfaceList> &interfaces = hypervisor.host.interfaces;
    if (nic.kind != NicKind::Bridge || nic.bridge.isEmpty() || !interfaces || interfaces->elided ||
        interfaces->find(nic.bridge))
        return {};
    return StartRefusal{
        QStringLiteral("its NIC %1 needs the bridge %2, which %3 does not have")
            .arg(nic.mac ? nic.mac->toString() : QStringLiteral("without MAC"), nic.bridge, hypervisor.name),
        {nic.source}};
}

} // namespace

QList<StartRefusal> startRefusals(const DomainForm &form, const Hypervisor &hypervisor,
                                  std::optional<bool> (*isActive)(const Network &))
{
    QList<StartRefusal> refusals;
    for (const Nic &nic : form.nics) {
        auto refusal = missingNetwork(nic, hypervisor, isActive);
        if (!refusal)
            refusal = missingBridge(nic, hypervisor);
        if (refusal)
            refusals.append(*refusal);
    }
    return refusals;
}

} // namespace tropo
