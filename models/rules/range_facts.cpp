#include "models/rules/range_facts.h"

#include "models/fleet/connection.h"

#include <algorithm>

namespace tropo {

const Network *natNetworkOf(const Nic &nic, const Hypervisor &hypervisor, const Policy &policy)
{
    if (nic.kind != NicKind::Network && nic.kind != NicKind::Bridge)
        return nullptr;
    const Network *network = hypervisor.network(connectionOf(nic, hypervisor).network);
    const NetworkForm *form = network ? network->known() : nullptr;
    if (!form || form->forward != QLatin1String("nat"))
        return nullptr;
    const bool expected =
        policy.expectedNetworks.isEmpty() || policy.expectedNetworks.contains(network->name);
    return expected ? network : nullptr;
}

namespace {

/// The first of several NICs where all have one MAC and are known to hang on one connection: then it does not
/// matter which it is.
const Nic *oneConnection(const QList<const Nic *> &nics, const Hypervisor &hypervisor)
{
    QList<Connection> connections;
    for (const Nic *nic : nics) {
        const Connection connection = connectionOf(*nic, hypervisor);
        if (nic->mac != nics.front()->mac)
            return nullptr;
        if (!connections.contains(connection))
            connections.append(connection);
    }
    for (qsizetype a = 1; a < connections.size(); ++a)
        for (qsizetype b = 0; b < a; ++b)
            if (sameConnection(connections[a], connections[b]) != true)
                return nullptr;
    return nics.isEmpty() ? nullptr : nics.front();
}

/// The NICs that an interface's files bind it to.
QList<const Nic *> nicsByFile(const VmView &vm, const InsideUnit &unit)
{
    QList<const Nic *> nics;
    const DomainForm *form = vm.domain->current();
    for (const InterfaceConfig *config : unit.configs)
        if (form && config->hwaddr)
            for (const Nic &nic : form->nics)
                if (nic.mac == config->hwaddr->value)
                    nics.append(&nic);
    return nics;
}

} // namespace

const Nic *nicBehind(const VmView &vm, const InsideUnit &unit)
{
    if (const Nic *nic = vm.outsideOf(unit))
        return nic;
    if (unit.running && unit.matches.isEmpty())
        return nullptr;
    QList<const Nic *> nics;
    for (const InsideMatch &match : unit.matches)
        nics.append(&vm.domain->live->nics[match.nic]);
    return oneConnection(unit.running ? nics : nicsByFile(vm, unit), *vm.hypervisor);
}

std::optional<Subnet> homeSubnet(const VmView &vm, const InsideUnit &unit, const Policy &policy)
{
    const Nic *nic = nicBehind(vm, unit);
    const bool isFloat = nic && nic->mac && policy.floatWith(*nic->mac);
    const Network *network = nic && !isFloat ? natNetworkOf(*nic, *vm.hypervisor, policy) : nullptr;
    if (!network)
        return {};
    const HypervisorPolicy *own = policy.hypervisor(vm.hypervisor->name);
    return own && own->subnet ? own->subnet : network->known()->subnet();
}

namespace {

QList<StrayAddress> addressesOf(const InsideUnit &unit)
{
    QList<StrayAddress> all;
    if (unit.running)
        for (const InterfaceAddress &address : unit.running->addresses)
            all.append({address, true, unit.running->source});
    for (const InterfaceConfig *config : unit.configs)
        for (const auto &address : config->addresses)
            if (std::none_of(all.begin(), all.end(), [&](const StrayAddress &known) {
                    return known.address.address == address.value.address;
                }))
                all.append({address.value, false, address.source});
    return all;
}

} // namespace

QList<StrayAddress> strayAddresses(const VmView &vm, const InsideUnit &unit, const Policy &policy)
{
    const auto home = homeSubnet(vm, unit, policy);
    if (!home)
        return {};
    // A network that is not its hypervisor's is a fault of its own; who follows it is not at fault.
    const auto own = natNetworkOf(*nicBehind(vm, unit), *vm.hypervisor, policy)->known()->subnet();
    const auto fits = [&](const InterfaceAddress &address) {
        return home->contains(address.address) || (own && own->contains(address.address));
    };
    const QList<StrayAddress> all = addressesOf(unit);
    const bool oneFits =
        std::any_of(all.begin(), all.end(), [&](const StrayAddress &one) { return fits(one.address); });
    QList<StrayAddress> strays;
    for (const StrayAddress &one : all) {
        const Ipv4 address = one.address.address;
        const bool onPurpose = oneFits && one.address.prefix == 32;
        if (!fits(one.address) && !address.isLinkLocal() && !address.isLoopback() && !onPurpose &&
            !policy.floatWith(address))
            strays.append(one);
    }
    return strays;
}

} // namespace tropo
