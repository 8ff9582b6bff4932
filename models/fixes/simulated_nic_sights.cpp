#include "models/fixes/pci_slots.h"
#include "models/fixes/simulated_fleet.h"
#include "models/fixes/simulation.h"
#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Result<Observation> SimulatedFleet::see(const NicIs &c) const
{
    const Domain *domain = domainOf(c.nic.vm);
    if (!domain)
        return notThere(c.nic.vm.subject());
    const bool there = nicAt(*domain, c.nic) != nullptr;
    return Observation{there == c.present, there ? u"it is there"_s : u"it is not there"_s};
}

Result<Observation> SimulatedFleet::see(const NicCount &c) const
{
    const Domain *domain = domainOf(c.vm);
    if (!domain)
        return notThere(c.vm.subject());
    const auto &form = domain->*formOf(c.form);
    const auto count = form ? std::count_if(form->nics.begin(), form->nics.end(),
                                            [&](const Nic &nic) { return nic.mac == c.mac; })
                            : 0;
    return Observation{count == c.count, u"there are %1"_s.arg(count)};
}

Result<Observation> SimulatedFleet::see(const HoldersAre &c) const
{
    QStringList holders;
    for (const QString &name : c.hypervisors) {
        const Hypervisor *hypervisor = m_fleet.hypervisor(name);
        if (!hypervisor || !hypervisor->domains)
            return notThere(name);
        for (const Domain &domain : *hypervisor->domains) {
            const auto has = [&](const std::optional<DomainForm> &form) {
                return form && std::any_of(form->nics.begin(), form->nics.end(),
                                           [&](const Nic &nic) { return nic.mac == c.mac; });
            };
            if (has(domain.live) || has(domain.inactive))
                holders.append(subject::vm(name, domain.name));
        }
    }
    holders.sort();
    return Observation{holders == c.subjects, holders.isEmpty()
                                                  ? u"nobody has one"_s
                                                  : u"they belong to %1"_s.arg(holders.join(", "_L1))};
}

Result<Observation> SimulatedFleet::see(const SlotIsFree &c) const
{
    const Domain *domain = domainOf(c.vm);
    if (!domain)
        return notThere(c.vm.subject());
    const auto xml = descriptionOf({c.vm, c.form, {}, c.pci});
    const auto slots = xml ? pciSlotsOf(*xml) : Result<PciSlots>();
    if (!xml || !slots)
        return notThere(c.vm.subject());
    const bool taken = slots->taken.contains(c.pci);
    return Observation{!taken, taken ? u"a device sits there"_s : u"it is free"_s};
}

Result<Observation> SimulatedFleet::see(const DomainRuns &c) const
{
    const Domain *domain = domainOf(c.vm);
    if (!domain)
        return notThere(c.vm.subject());
    return Observation{domain->state == DomainState::Running, domain->state == DomainState::Running
                                                                  ? u"it runs"_s
                                                                  : u"it does not run, or is paused"_s};
}

Result<Observation> SimulatedFleet::see(const NicLinkIs &c) const
{
    const Domain *domain = domainOf(c.nic.vm);
    const Nic *nic = domain ? nicAt(*domain, c.nic) : nullptr;
    if (!nic)
        return Observation{false, u"it is not there"_s};
    const bool up = nic->linkUp.value_or(true);
    return Observation{up == c.up, up ? u"it is up"_s : u"it is down"_s};
}

Result<Observation> SimulatedFleet::see(const NobodySends &c) const
{
    for (const QString &name : c.hypervisors) {
        const Hypervisor *hypervisor = m_fleet.hypervisor(name);
        for (const Domain &domain :
             hypervisor && hypervisor->domains ? *hypervisor->domains : QList<Domain>())
            for (const Nic &nic : domain.live ? domain.live->nics : QList<Nic>())
                if (nic.mac == c.mac && nic.linkUp.value_or(true))
                    return Observation{false, u"%1 of %2 may send with it"_s.arg(domain.name, name)};
    }
    return Observation{true, u"nobody does"_s};
}

Result<Observation> SimulatedFleet::see(const CarrierInside &c) const
{
    const Domain *domain = domainOf(c.vm);
    if (!domain || !domain->guest || !domain->guest->system.interfaces)
        return notThere(c.vm.subject());
    for (const Interface &interface : domain->guest->system.interfaces->items)
        if (interface.pci && interface.pci->value == c.pci) {
            const bool up = interface.carrier.value_or(true);
            return Observation{up == c.up, u"%1 has %2 carrier"_s.arg(interface.name, up ? u"a"_s : u"no"_s)};
        }
    return Observation{false, u"no interface inside is at %1"_s.arg(c.pci.toString())};
}

Result<Observation> SimulatedFleet::see(const CarriersInside &c) const
{
    const Domain *domain = domainOf(c.vm);
    if (!domain || !domain->guest || !domain->guest->system.interfaces)
        return notThere(c.vm.subject());
    QStringList lost;
    for (const Interface &interface : domain->guest->system.interfaces->items)
        if (c.devices.contains(interface.name) && !interface.carrier.value_or(true))
            lost.append(interface.name);
    return Observation{true, carrierWords(lost)};
}

Result<Observation> SimulatedFleet::see(const DomainAutostartIs &c) const
{
    const Domain *domain = domainOf(c.vm);
    if (!domain || !domain->autostart)
        return notThere(c.vm.subject());
    return Observation{*domain->autostart == c.on, *domain->autostart ? u"it does"_s : u"it does not"_s};
}

Result<Observation> SimulatedFleet::see(const BridgeLearned &c) const
{
    const Hypervisor *hypervisor = m_fleet.hypervisor(c.nic.vm.hypervisor);
    const Domain *domain = domainOf(c.nic.vm);
    const Nic *nic = domain ? nicAt(*domain, c.nic) : nullptr;
    if (!hypervisor || !nic)
        return Observation{false, u"the NIC is not there"_s};
    if (!hypervisor->host.fdb)
        return Observation{true, u"no forwarding table is simulated"_s};
    for (const FdbEntry &entry : *hypervisor->host.fdb)
        if (entry.mac == c.nic.mac && entry.isLearned())
            return Observation{entry.port == nic->target, u"it is behind %1"_s.arg(entry.port)};
    return Observation{false, u"it has not been learned"_s};
}

} // namespace tropo
