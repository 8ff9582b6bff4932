#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

QString subjectOf(const WorldHypervisor &host, const QString &network)
{
    return QString(host.name + u"/network/"_s + network);
}

bool usesPublic(const WorldHypervisor &host)
{
    for (const WorldVm &vm : host.vms)
        for (const QList<WorldNic> *nics : {&vm.live, &vm.next})
            for (const WorldNic &nic : *nics)
                if (nic.network == publicNetwork)
                    return true;
    return false;
}

bool undefined(Breaker &b)
{
    WorldHypervisor *host = b.host([](WorldHypervisor &one) { return !usesPublic(one); });
    if (!host)
        return false;
    host->networks.removeIf([](const WorldNetwork &one) { return one.name == publicNetwork; });
    b.expect(u"network-missing"_s, subjectOf(*host, publicNetwork));
    return true;
}

bool renamed(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    host->network(natNetwork)->name = u"nat0"_s;
    for (WorldVm &vm : host->vms)
        for (QList<WorldNic> *nics : {&vm.live, &vm.next})
            for (WorldNic &nic : *nics)
                if (nic.network == natNetwork)
                    nic.network = u"nat0"_s;
    b.expect(u"network-missing"_s, subjectOf(*host, natNetwork));
    return true;
}

bool destroyed(Breaker &b, const QString &name)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    WorldNetwork *network = host->network(name);
    network->active = false;
    network->leases.clear();
    if (name == natNetwork)
        host->links.removeIf([](const WorldLink &one) { return one.name == u"virbr0"; });
    b.expect(u"network-inactive"_s, subjectOf(*host, name));
    return true;
}

bool noAutostart(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    const QString name = b.dice.chance(50) ? natNetwork : publicNetwork;
    host->network(name)->autostart = false;
    b.expect(u"network-no-autostart"_s, subjectOf(*host, name));
    return true;
}

bool bridgeNamedWrong(Breaker &b)
{
    WorldHypervisor *host = b.host([](WorldHypervisor &one) { return !usesPublic(one); });
    if (!host)
        return false;
    host->network(publicNetwork)->bridge = u"br2"_s;
    host->declared(publicNetwork)->bridge = u"br2"_s;
    b.expect(u"network-bridge-missing"_s, subjectOf(*host, publicNetwork));
    return true;
}

bool bridgeDeleted(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    host->links.removeIf([](const WorldLink &one) { return one.name == u"virbr0"; });
    b.expect(u"network-bridge-missing"_s, subjectOf(*host, natNetwork));
    return true;
}

bool drifted(Breaker &b, void (*change)(WorldHypervisor &, WorldNetwork &))
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    // Either somebody edited what runs, or what was declared was never brought there.
    change(*host, b.dice.chance(50) ? *host->network(natNetwork) : *host->declared(natNetwork));
    b.expect(u"network-drift"_s, subjectOf(*host, natNetwork));
    return true;
}

bool maskTooWide(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    for (WorldNetwork *network : {host->network(natNetwork), host->declared(natNetwork)})
        network->address->prefix = 16;
    host->link(u"virbr0"_s)->addresses = {{host->natAddress(1), 16}};
    b.expect(u"network-subnet-overlap"_s, subjectOf(*host, natNetwork));
    return true;
}

/// The whole network moved to a subnet that is not its hypervisor's: reservations, leases and guests with it.
bool otherSubnet(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    const auto moved = [](Ipv4 address) { return Ipv4(0xc0a8'4d00U | (address.bits() & 0xffU)); };
    const auto isNat = [&](Ipv4 address) { return Subnet::of(host->natAddress(0), 24).contains(address); };
    for (WorldNetwork *network : {host->network(natNetwork), host->declared(natNetwork)}) {
        network->address->address = moved(network->address->address);
        network->rangeStart = moved(network->rangeStart);
        network->rangeEnd = moved(network->rangeEnd);
        for (WorldReservation &one : network->reservations)
            one.address = moved(one.address);
        for (WorldLease &one : network->leases)
            one.address = moved(one.address);
    }
    host->link(u"virbr0"_s)->addresses = {{moved(host->natAddress(1)), 24}};
    for (WorldVm &vm : host->vms) {
        if (!vm.guest)
            continue;
        for (WorldLink &link : vm.guest->links)
            for (InterfaceAddress &one : link.addresses)
                if (isNat(one.address))
                    one.address = moved(one.address);
        for (WorldFile &file : vm.guest->files)
            if (file.address && isNat(file.address->address))
                file.address->address = moved(file.address->address);
        for (WorldRoute &route : vm.guest->defaults)
            if (isNat(route.gateway))
                route.gateway = moved(route.gateway);
    }
    b.expect(u"network-subnet-overlap"_s, subjectOf(*host, natNetwork));
    return true;
}

/// In what runs and in what is declared.
void reserve(WorldHypervisor &host, const WorldReservation &reservation)
{
    host.network(natNetwork)->reservations.append(reservation);
    host.declared(natNetwork)->reservations.append(reservation);
}

bool reservedTwice(Breaker &b, bool sameMac)
{
    WorldHypervisor *first = b.host();
    WorldHypervisor *second = first ? b.host() : nullptr;
    if (!second)
        return false;
    reserve(*first, {first->mac(30), first->natAddress(30), u"Araybwyn"_s});
    reserve(*second, {sameMac ? first->mac(30) : second->mac(30), second->natAddress(30),
                      sameMac ? u"Siamond"_s : u"Araybwyn"_s});
    b.expectOneOf(u"reservation-duplicate"_s,
                  {subjectOf(*first, natNetwork), subjectOf(*second, natNetwork)});
    return true;
}

bool addressReservedTwice(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    reserve(*host, {host->mac(30), host->natAddress(30), u"Araybwyn"_s});
    reserve(*host, {MacAddress(host->mac(30).bits() | 0x4000'0000ULL), host->natAddress(30), u"Siamond"_s});
    b.expect(u"reservation-duplicate"_s, subjectOf(*host, natNetwork));
    return true;
}

bool declaredTwice(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    reserve(*host, {host->mac(30), host->natAddress(30), u"Araybwyn"_s});
    // libvirt refuses the second, so it stands in the declared file alone.
    host->declared(natNetwork)->reservations.append({host->mac(30), host->natAddress(31), u"Siamond"_s});
    b.expect(u"reservation-declared-conflict"_s, subjectOf(*host, natNetwork));
    b.allow(u"network-drift"_s);
    b.allow(u"reservation-octet"_s);
    return true;
}

bool outsideRange(Breaker &b, bool outsideSubnet)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    const Ipv4 address = outsideSubnet ? Ipv4(0xc0a8'63c8U) : host->natAddress(200);
    reserve(*host, {host->mac(200), address, u"Dwiema"_s});
    b.expect(u"reservation-outside-range"_s, subjectOf(*host, natNetwork));
    return true;
}

bool otherOctet(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    reserve(*host, {host->mac(34), host->natAddress(35), u"Dwiema"_s});
    b.expect(u"reservation-octet"_s, subjectOf(*host, natNetwork));
    return true;
}

bool otherName(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->nextNic(natNetwork) != nullptr; });
    if (!place)
        return false;
    const MacAddress mac = place->vm->nextNic(natNetwork)->mac;
    for (WorldNetwork *network : {place->host->network(natNetwork), place->host->declared(natNetwork)})
        network->reservation(mac)->name = u"Siamond"_s;
    b.expectOneOf(u"reservation-name-mismatch"_s,
                  {place->subject(), place->nic(mac), subjectOf(*place->host, natNetwork)});
    return true;
}

bool noReservation(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->nextNic(natNetwork) != nullptr; });
    if (!place)
        return false;
    const MacAddress mac = place->vm->nextNic(natNetwork)->mac;
    for (WorldNetwork *network : {place->host->network(natNetwork), place->host->declared(natNetwork)})
        network->reservations.removeIf([mac](const WorldReservation &one) { return one.mac == mac; });
    b.expectOneOf(u"reservation-missing"_s, {place->subject(), place->nic(mac)});
    return true;
}

bool otherLease(Breaker &b)
{
    auto place = b.bystander();
    if (!place)
        return false;
    const MacAddress mac = place->vm->nextNic(natNetwork)->mac;
    WorldLink *link = linkWith(*place->vm, mac);
    const Ipv4 address = place->host->natAddress(36);
    for (WorldLease &one : place->host->network(natNetwork)->leases)
        if (one.mac == mac)
            one.address = address;
    link->addresses = {{address, 24}};
    b.expectOneOf(u"lease-mismatch"_s, {place->subject(), place->nic(mac), place->interface(link->name),
                                        subjectOf(*place->host, natNetwork)});
    return true;
}

} // namespace

QList<Breakage> networkBreakages()
{
    return {
        {"network-missing", "net-undefine", &undefined},
        {"network-missing", "defined under another name", &renamed},
        {"network-inactive", "net-destroy default", [](Breaker &b) { return destroyed(b, natNetwork); }},
        {"network-inactive", "net-destroy bridged", [](Breaker &b) { return destroyed(b, publicNetwork); }},
        {"network-no-autostart", "autostart off", &noAutostart},
        {"network-bridge-missing", "a bridge that never was", &bridgeNamedWrong},
        {"network-bridge-missing", "virbr0 deleted by hand", &bridgeDeleted},
        {"network-drift", "another range",
         [](Breaker &b) {
             return drifted(b, [](WorldHypervisor &host, WorldNetwork &network) {
                 network.rangeEnd = host.natAddress(99);
             });
         }},
        {"network-drift", "a reservation more",
         [](Breaker &b) {
             return drifted(b, [](WorldHypervisor &host, WorldNetwork &network) {
                 network.reservations.append({host.mac(32), host.natAddress(32), u"Araybwyn"_s});
             });
         }},
        {"network-drift", "another forward mode",
         [](Breaker &b) {
             return drifted(b,
                            [](WorldHypervisor &, WorldNetwork &network) { network.forward = u"route"_s; });
         }},
        {"network-subnet-overlap", "netmask too wide", &maskTooWide},
        {"network-subnet-overlap", "not its hypervisor's subnet", &otherSubnet},
        {"reservation-duplicate", "one MAC on two hypervisors",
         [](Breaker &b) { return reservedTwice(b, true); }},
        {"reservation-duplicate", "one name on two hypervisors",
         [](Breaker &b) { return reservedTwice(b, false); }},
        {"reservation-duplicate", "one address twice in a network", &addressReservedTwice},
        {"reservation-declared-conflict", "one MAC twice in the declared file", &declaredTwice},
        {"reservation-outside-range", "outside the range", [](Breaker &b) { return outsideRange(b, false); }},
        {"reservation-outside-range", "outside the subnet", [](Breaker &b) { return outsideRange(b, true); }},
        {"reservation-octet", "another last octet", &otherOctet},
        {"reservation-name-mismatch", "under another name", &otherName},
        {"reservation-missing", "removed", &noReservation},
        {"lease-mismatch", "another address than reserved", &otherLease},
    };
}

} // namespace tropo::generator
