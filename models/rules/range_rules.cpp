#include "models/rules/range_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/range_facts.h"

#include <QSet>

#include <algorithm>

namespace tropo {

namespace {

/// A NIC on a hypervisor's NAT network, with the range that its MAC should be in.
struct NatNic
{
    const VmView *vm;
    const Nic *nic;
    const Network *network;
    MacRange range;

    bool fits() const { return range.contains(*nic->mac); }
};

QList<NatNic> natNics(const RuleInput &input)
{
    QList<NatNic> all;
    for (const VmView &vm : input.index.vms()) {
        const HypervisorPolicy *own = input.policy.hypervisor(vm.hypervisor->name);
        if (!own || !own->macs)
            continue;
        for (const auto *form : {&vm.domain->live, &vm.domain->inactive}) {
            if (!*form)
                continue;
            for (const Nic &nic : (*form)->nics) {
                // A MAC that no NIC can have, and a float's, have rules of their own.
                if (!nic.mac || nic.mac->isNull() || nic.mac->isMulticast() ||
                    input.policy.floatWith(*nic.mac))
                    continue;
                if (const Network *network = natNetworkOf(nic, *vm.hypervisor, input.policy))
                    all.append({&vm, &nic, network, *own->macs});
            }
        }
    }
    return all;
}

template <typename Range, typename Value>
QString ownerOf(const Policy &policy, std::optional<Range> HypervisorPolicy::*range, Value value,
                const QString &what)
{
    for (const HypervisorPolicy &hypervisor : policy.hypervisors)
        if (hypervisor.*range && (hypervisor.*range)->contains(value))
            return QStringLiteral("it is in %1's %2 %3")
                .arg(hypervisor.name, what, (hypervisor.*range)->toString());
    return {};
}

QString ownerOf(const Policy &policy, MacAddress mac)
{
    const QString owner = ownerOf(policy, &HypervisorPolicy::macs, mac, QStringLiteral("range"));
    return owner.isEmpty() ? QStringLiteral("it is in no hypervisor's range") : owner;
}

QString ownerOf(const Policy &policy, Ipv4 address)
{
    const QString owner = ownerOf(policy, &HypervisorPolicy::subnet, address, QStringLiteral("subnet"));
    if (!owner.isEmpty())
        return owner;
    return policy.floatSubnet && policy.floatSubnet->contains(address)
               ? QStringLiteral("it is in the floats' subnet %1").arg(policy.floatSubnet->toString())
               : QStringLiteral("it is in no hypervisor's subnet");
}

/// " The network reserves 52:54:00:02:02:0f for it.", where it does.
QString reservedFor(const Network &network, const Domain &domain, QList<Source> &sources)
{
    for (const Reservation &reservation : network.known()->reservations) {
        if (!reservation.mac || reservation.name.compare(domain.name, Qt::CaseInsensitive) != 0)
            continue;
        sources.append(reservation.source);
        return QStringLiteral(" The network reserves %1 for %2.")
            .arg(reservation.mac->toString(), domain.name);
    }
    return {};
}

} // namespace

QList<Finding> nicMacOutOfRange(const RuleInput &input)
{
    QList<Finding> findings;
    const QList<NatNic> nics = natNics(input);
    QSet<MacAddress> atHome;
    for (const NatNic &one : nics)
        if (one.fits())
            atHome.insert(*one.nic->mac);
    for (const NatNic &one : nics) {
        // A MAC that another NIC has by right is a copy, which nic-mac-duplicate says.
        if (one.fits() || atHome.contains(*one.nic->mac))
            continue;
        const HypervisorPolicy &own = *input.policy.hypervisor(one.vm->hypervisor->name);
        QList<Source> sources{one.nic->source, own.source};
        const QString message =
            QStringLiteral("The NIC of %1 on %2's network %3 has the MAC %4, outside %2's range %5; %6.")
                .arg(one.vm->domain->name, own.name, one.network->name, one.nic->mac->toString(),
                     own.macs->toString(), ownerOf(input.policy, *one.nic->mac)) +
            reservedFor(*one.network, *one.vm->domain, sources);
        findings.append(about(one.vm->subject + QLatin1String("/nic/") + one.nic->mac->toString(), message,
                              sources, {subject::network(own.name, one.network->name)}));
    }
    return findings;
}

QList<Finding> nicIpOutOfRange(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        for (const InsideUnit &unit : vm.units) {
            const QList<StrayAddress> strays = strayAddresses(vm, unit, input.policy);
            if (strays.isEmpty())
                continue;
            const Subnet home = *homeSubnet(vm, unit, input.policy);
            const Nic *nic = nicBehind(vm, unit);
            const QString network = natNetworkOf(*nic, *vm.hypervisor, input.policy)->name;
            QStringList texts;
            QList<Source> sources;
            for (const StrayAddress &stray : strays) {
                texts.append(QStringLiteral("%1%2 (%3)")
                                 .arg(stray.address.address.toString(),
                                      stray.running ? QString() : QStringLiteral(" in its file"),
                                      ownerOf(input.policy, stray.address.address)));
                sources.append(stray.source);
            }
            sources.append(nic->source);
            if (const HypervisorPolicy *own = input.policy.hypervisor(vm.hypervisor->name))
                sources.append(own->source);
            findings.append(about(subject::interface(vm.subject, unit.name),
                                  QStringLiteral("%1 of %2 is on %3's network %4, whose subnet is %5, "
                                                 "but has the address %6.")
                                      .arg(unit.name, vm.domain->name, vm.hypervisor->name, network,
                                           home.toString(), someOf(texts, QStringLiteral(", "))),
                                  sources, {subject::network(vm.hypervisor->name, network)}));
        }
    }
    return findings;
}

} // namespace tropo
