#include "models/fixes/simulated_fleet.h"
#include "models/fixes/simulation.h"
#include "models/fleet/connection.h"
#include "models/fleet/inside_outside.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Initscripts and netplan name an interface after the file that is for its MAC.
QString nameByFile(const Guest &guest, const std::optional<MacAddress> &mac)
{
    for (const InterfaceConfig &config : guest.configs)
        if ((config.format == ConfigFormat::Ifcfg || config.format == ConfigFormat::Netplan) &&
            config.hwaddr && mac == config.hwaddr->value)
            return config.device;
    return {};
}

/// The first of these names that no interface has, else the lowest free ethN, as the kernel names it.
QString firstFree(const QStringList &names, const InterfaceList &interfaces)
{
    for (const QString &name : names)
        if (!name.isEmpty() && !interfaces.find(name))
            return name;
    int number = 0;
    while (interfaces.find(u"eth%1"_s.arg(number)))
        ++number;
    return u"eth%1"_s.arg(number);
}

/// The interface inside that a live NIC certainly is; empty where none is known to be.
QString certainlyInside(const Domain &domain, const Nic &nic)
{
    if (!domain.live || !domain.guest)
        return {};
    for (const InsideMatch &match : matchInside(*domain.live, *domain.guest))
        if (match.how != InsideMatch::How::Ambiguous && domain.live->nics[match.nic] == nic)
            return match.interface;
    return {};
}

/// The NIC's tap, as a port of its bridge.
void addTap(Machine &host, const Nic &nic)
{
    if (host.interfaces && nic.mac) {
        Interface tap;
        tap.name = nic.target;
        tap.mac = nic.mac->withFirstOctet(0xfe);
        tap.kind = u"tun"_s;
        tap.master = nic.bridge;
        tap.up = tap.carrier = true;
        tap.source = simulationSource();
        host.interfaces->items.append(tap);
    }
    if (host.bridgePorts)
        host.bridgePorts->append({nic.bridge, nic.target, u"forwarding"_s, simulationSource()});
}

void removeTap(Machine &host, const QString &tap)
{
    if (tap.isEmpty())
        return;
    if (host.interfaces)
        host.interfaces->items.removeIf([&](const Interface &one) { return one.name == tap; });
    if (host.bridgePorts)
        host.bridgePorts->removeIf([&](const BridgePort &one) { return one.port == tap; });
    if (host.fdb)
        host.fdb->removeIf([&](const FdbEntry &one) { return one.port == tap; });
}

} // namespace

const SimulatedFleet::Unplugged *SimulatedFleet::unplugged(const NicPlace &nic) const
{
    const auto found = std::find_if(m_unplugged.begin(), m_unplugged.end(),
                                    [&](const Unplugged &one) { return one.nic == nic; });
    return found == m_unplugged.end() ? nullptr : &*found;
}

/// What libvirt adds to a live NIC; one that was there before is called as it was, where that is free.
PluggedWords SimulatedFleet::pluggedWords(const AttachNic &action)
{
    const Hypervisor &hypervisor = *hypervisorOf(action.nic.vm.hypervisor);
    const Network *network = hypervisor.network(action.network);
    const NetworkForm *form = network ? network->known() : nullptr;
    PluggedWords words;
    words.tap = u"vnet%1"_s.arg(m_taps);
    words.alias = u"net%1"_s.arg(m_taps++);
    words.bridge = form ? form->bridge : action.bridge;
    words.isBridged = form && form->forward == u"bridge";
    if (const Unplugged *before = unplugged(action.nic)) {
        const auto hasTap = [&](const Nic &nic) { return nic.target == before->tap; };
        const auto hasAlias = [&](const Nic &nic) { return nic.alias == before->alias; };
        const bool isTapTaken =
            std::any_of(hypervisor.domains->begin(), hypervisor.domains->end(), [&](const Domain &domain) {
                return domain.live && std::any_of(domain.live->nics.begin(), domain.live->nics.end(), hasTap);
            });
        const auto &own = domainOf(action.nic.vm)->live->nics;
        words.tap = isTapTaken || before->tap.isEmpty() ? words.tap : before->tap;
        words.alias = before->alias.isEmpty() || std::any_of(own.begin(), own.end(), hasAlias)
                          ? words.alias
                          : before->alias;
    }
    return words;
}

namespace {

NicPlace livePlace(const Hypervisor &hypervisor, const Domain &domain, const Nic &nic)
{
    return {{hypervisor.name, domain.name, domain.uuid},
            NicForm::Live,
            nic.mac.value_or(MacAddress()),
            nic.pci.value_or(PciAddress())};
}

} // namespace

/// The tap comes up on the host, and the guest sees a device at the slot. One that it had there before gets
/// its name again, and is brought up where it was; no address comes back by itself.
void SimulatedFleet::plugInside(Hypervisor &hypervisor, Domain &domain, const Nic &nic)
{
    addTap(hypervisor.host, nic);
    if (!domain.guest || !domain.guest->system.interfaces || !nic.pci)
        return;
    InterfaceList &interfaces = *domain.guest->system.interfaces;
    const Unplugged *before = unplugged(livePlace(hypervisor, domain, nic));
    Interface inside;
    if (before && before->interface) {
        inside = *before->interface;
        inside.addresses.clear();
    } else {
        inside.mac = nic.mac;
        inside.up = false;
        inside.pci = Sourced<PciAddress>{*nic.pci, simulationSource()};
        inside.source = simulationSource();
    }
    inside.carrier = nic.linkUp.value_or(true) && inside.up.value_or(true);
    inside.name = firstFree({inside.name, nameByFile(*domain.guest, nic.mac), insideName(domain, *nic.pci)},
                            interfaces);
    interfaces.items.append(inside);
}

void SimulatedFleet::unplugInside(Hypervisor &hypervisor, Domain &domain, const Nic &nic)
{
    const QString name = certainlyInside(domain, nic);
    const NicPlace place = livePlace(hypervisor, domain, nic);
    m_unplugged.removeIf([&](const Unplugged &one) { return one.nic == place; });
    m_unplugged.append({place, nic.target, nic.alias, {}});
    removeTap(hypervisor.host, nic.target);
    if (name.isEmpty())
        return;
    QList<Interface> &items = domain.guest->system.interfaces->items;
    m_unplugged.last().interface = *domain.guest->system.interfaces->find(name);
    items.removeIf([&](const Interface &one) { return one.name == name; });
}

/// The bridge of a NIC learns its MAC behind its tap, and forgets where it was before; so do all that share
/// the wire.
void SimulatedFleet::learn(Hypervisor &hypervisor, const Nic &nic)
{
    for (Hypervisor &one : m_fleet.hypervisors)
        if (one.host.fdb)
            one.host.fdb->removeIf(
                [&](const FdbEntry &entry) { return entry.mac == nic.mac && entry.isLearned(); });
    if (hypervisor.host.fdb && nic.mac)
        hypervisor.host.fdb->append(
            {*nic.mac, nic.target, connectionOf(nic, hypervisor).bridge, {}, {}, simulationSource()});
}

} // namespace tropo
