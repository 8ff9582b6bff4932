#include "models/rules/vm_index.h"

#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

bool InsideUnit::carries(Ipv4 address) const
{
    const auto is = [address](const InterfaceAddress &a) { return a.address == address; };
    if (running && std::any_of(running->addresses.begin(), running->addresses.end(), is))
        return true;
    return std::any_of(configs.begin(), configs.end(), [&](const InterfaceConfig *config) {
        return std::any_of(config->addresses.begin(), config->addresses.end(),
                           [&](const auto &a) { return is(a.value); });
    });
}

bool InsideUnit::isConfigured() const
{
    if (!configs.isEmpty())
        return true;
    if (!running)
        return false;
    const auto global = [](const InterfaceAddress6 &a) { return !a.address.isLinkLocal(); };
    return !running->addresses.isEmpty() || !running->master.isEmpty() ||
           std::any_of(running->addresses6.begin(), running->addresses6.end(), global);
}

QList<Sourced<MacAddress>> InsideUnit::macs() const
{
    QList<Sourced<MacAddress>> found;
    const auto add = [&found](const Sourced<MacAddress> &mac) {
        if (std::none_of(found.begin(), found.end(),
                         [&](const auto &known) { return known.value == mac.value; }))
            found.append(mac);
    };
    for (const InterfaceConfig *config : configs) {
        if (config->hwaddr)
            add(*config->hwaddr);
        if (config->macaddr)
            add(*config->macaddr);
    }
    if (running && running->mac)
        add({*running->mac, running->source});
    return found;
}

namespace {

QList<const Nic *> nicsWith(const std::optional<DomainForm> &form, MacAddress mac)
{
    QList<const Nic *> found;
    if (form)
        for (const Nic &nic : form->nics)
            if (nic.mac == mac)
                found.append(&nic);
    return found;
}

bool configures(const InterfaceConfig &config, const Interface &interface)
{
    if (!config.device.isEmpty())
        return config.device == interface.name;
    return config.hwaddr && interface.mac == config.hwaddr->value;
}

QList<InsideUnit> unitsOf(const Domain &domain)
{
    QList<InsideUnit> units;
    if (!domain.guest)
        return units;
    QList<InsideMatch> matches;
    if (domain.live)
        matches = matchInside(*domain.live, *domain.guest);
    QList<const InterfaceConfig *> unplaced;
    for (const InterfaceConfig &config : domain.guest->configs)
        if (config.device != QLatin1String("lo"))
            unplaced.append(&config);
    if (domain.guest->system.interfaces) {
        for (const Interface &interface : domain.guest->system.interfaces->items) {
            if (interface.isLoopback())
                continue;
            InsideUnit unit{interface.name, &interface, {}, {}};
            for (const InsideMatch &match : matches)
                if (match.interface == interface.name)
                    unit.matches.append(match);
            for (const InterfaceConfig &config : domain.guest->configs)
                if (configures(config, interface)) {
                    unit.configs.append(&config);
                    unplaced.removeAll(&config);
                }
            units.append(unit);
        }
    }
    // A file for an interface that the kernel's list does not have (not read, left out, or not there).
    for (const InterfaceConfig *config : unplaced) {
        const QString name =
            !config->device.isEmpty() ? config->device : config->source.document.section(u'/', -1);
        auto known = std::find_if(units.begin(), units.end(),
                                  [&](const InsideUnit &unit) { return unit.name == name; });
        if (known == units.end())
            known = units.insert(units.end(), InsideUnit{name, nullptr, {}, {}});
        known->configs.append(config);
    }
    return units;
}

} // namespace

QList<const Nic *> VmView::liveNics(MacAddress mac) const
{
    return nicsWith(domain->live, mac);
}

QList<const Nic *> VmView::persistentNics(MacAddress mac) const
{
    return nicsWith(domain->inactive, mac);
}

bool VmView::nicsKnown() const
{
    const DomainForm *form = domain->current();
    // What a domain will have tells what it has only where it is known to be off.
    return form && !form->partial && (domain->live || domain->isOff());
}

bool VmView::showsInside(MacAddress mac) const
{
    return std::any_of(units.begin(), units.end(),
                       [mac](const InsideUnit &unit) { return unit.running && unit.running->mac == mac; });
}

bool VmView::runs(Ipv4 address) const
{
    const auto is = [address](const InterfaceAddress &a) { return a.address == address; };
    return std::any_of(units.begin(), units.end(), [&is](const InsideUnit &unit) {
        return unit.running &&
               std::any_of(unit.running->addresses.begin(), unit.running->addresses.end(), is);
    });
}

bool VmView::namesUnknownMac(const InterfaceConfig &config) const
{
    return config.hwaddr && nicsKnown() && !hasNic(config.hwaddr->value) &&
           !showsInside(config.hwaddr->value);
}

const Nic *VmView::outsideOf(const InsideUnit &unit) const
{
    const bool certain = unit.matches.size() == 1 && unit.matches.front().how != InsideMatch::How::Ambiguous;
    return certain && domain->live ? &domain->live->nics[unit.matches.front().nic] : nullptr;
}

bool VmView::addressesKnown() const
{
    return domain->guest && domain->guest->system.interfaces && !domain->guest->system.interfaces->elided;
}

namespace {

void gather(VmView &vm)
{
    for (const auto *form : {&vm.domain->live, &vm.domain->inactive})
        if (*form)
            for (const Nic &nic : (*form)->nics)
                if (nic.mac)
                    vm.macs.insert(*nic.mac);
    for (const InsideUnit &unit : vm.units) {
        for (const auto &mac : unit.macs())
            vm.macs.insert(mac.value);
        for (const InterfaceConfig *config : unit.configs)
            for (const auto &address : config->addresses)
                vm.addresses.insert(address.value.address);
        if (unit.running)
            for (const InterfaceAddress &address : unit.running->addresses)
                vm.addresses.insert(address.address);
    }
}

} // namespace

VmIndex::VmIndex(const Fleet &fleet)
{
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        if (!hypervisor.domains)
            continue;
        for (const Domain &domain : *hypervisor.domains)
            m_vms.append(
                {&hypervisor, &domain, subject::vm(hypervisor.name, domain.name), unitsOf(domain), {}, {}});
    }
    for (VmView &vm : m_vms)
        gather(vm);
}

} // namespace tropo
