#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A MAC as the other hypervisor numbers them, with its reservation, as somebody copies a line.
bool neighboursMac(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->nextNic(natNetwork) != nullptr; });
    WorldHypervisor *other = place ? b.host() : nullptr;
    if (!other)
        return false;
    const MacAddress old = place->vm->nextNic(natNetwork)->mac;
    const MacAddress mac = other->mac(old.octet(5) + 100);
    changeMac(*place, old, mac);
    const Ipv4 address = place->host->network(natNetwork)->reservation(old)->address;
    for (WorldNetwork *network : {place->host->network(natNetwork), place->host->declared(natNetwork)}) {
        network->reservations.removeIf([old](const WorldReservation &one) { return one.mac == old; });
        network->reservations.append({mac, address, place->vm->name});
        for (WorldLease &one : network->leases)
            if (one.mac == old)
                one.mac = mac;
    }
    b.expect(u"nic-mac-out-of-range"_s, place->nic(mac));
    b.allow(u"reservation-octet"_s);
    return true;
}

/// As virt-install gives one, without a reservation.
bool randomMac(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->nextNic(natNetwork) != nullptr; });
    if (!place)
        return false;
    const MacAddress old = place->vm->nextNic(natNetwork)->mac;
    const MacAddress mac(0x5254'00a0'0000ULL + static_cast<quint64>(b.dice.below(0xffff)));
    changeMac(*place, old, mac);
    for (WorldNetwork *network : {place->host->network(natNetwork), place->host->declared(natNetwork)}) {
        network->reservations.removeIf([old](const WorldReservation &one) { return one.mac == old; });
        for (WorldLease &one : network->leases)
            if (one.mac == old)
                one.mac = mac;
    }
    b.expect(u"nic-mac-out-of-range"_s, place->nic(mac));
    b.allow(u"reservation-missing"_s); // true as well, and only info
    return true;
}

bool staticElsewhere(Breaker &b)
{
    auto place = b.bystander();
    WorldHypervisor *other = place ? b.host() : nullptr;
    if (!other)
        return false;
    const MacAddress mac = place->vm->nextNic(natNetwork)->mac;
    WorldLink *link = linkWith(*place->vm, mac);
    const InterfaceAddress address{other->natAddress(77), 24};
    WorldFile *file = place->vm->guest->file(link->name);
    file->dhcp = false;
    file->address = address;
    link->addresses = {address};
    place->vm->guest->defaults.clear();
    place->host->network(natNetwork)->leases.removeIf([mac](const WorldLease &one) {
        return one.mac == mac;
    });
    b.expect(u"nic-ip-out-of-range"_s, place->interface(link->name));
    return true;
}

WorldLink *privateLink(const HostVm &one)
{
    WorldNic *nic = one.vm->liveNic(privateBridge);
    return nic ? linkOf(*one.vm, *nic) : nullptr;
}

void setAddress(const HostVm &place, WorldLink &link, Ipv4 address)
{
    link.addresses[0].address = address;
    place.vm->guest->file(link.name)->address->address = address;
}

bool sameAddress(Breaker &b)
{
    auto first = b.guest([](const HostVm &one) { return privateLink(one) != nullptr; });
    auto second =
        first ? b.guest([](const HostVm &one) { return privateLink(one) != nullptr; }) : std::nullopt;
    if (!second)
        return false;
    WorldLink *link = privateLink(*second);
    setAddress(*second, *link, privateLink(*first)->addresses[0].address);
    b.expectOneOf(u"ip-duplicate"_s,
                  {first->interface(privateLink(*first)->name), second->interface(link->name)});
    return true;
}

bool hypervisorsAddress(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) { return privateLink(one) != nullptr; });
    WorldHypervisor *host = place ? b.host() : nullptr;
    if (!host)
        return false;
    WorldLink *link = privateLink(*place);
    setAddress(*place, *link, host->link(privateBridge)->addresses[0].address);
    b.expectOneOf(u"ip-duplicate"_s,
                  {place->interface(link->name), host->name + u"/bridge/"_s + privateBridge,
                   host->name + u"/if/"_s + privateBridge});
    return true;
}

bool sameNatAddress(Breaker &b)
{
    auto first = b.bystander();
    auto second =
        first ? b.bystander([&](const HostVm &one) { return one.host == first->host; }) : std::nullopt;
    if (!second)
        return false;
    WorldLink *theirs = linkWith(*first->vm, first->vm->nextNic(natNetwork)->mac);
    const MacAddress mac = second->vm->nextNic(natNetwork)->mac;
    WorldLink *link = linkWith(*second->vm, mac);
    WorldFile *file = second->vm->guest->file(link->name);
    file->dhcp = false;
    file->address = theirs->addresses[0];
    file->gateway = second->host->natAddress(1);
    link->addresses = theirs->addresses;
    second->host->network(natNetwork)->leases.removeIf([mac](const WorldLease &one) {
        return one.mac == mac;
    });
    b.expectOneOf(u"ip-duplicate"_s, {first->interface(theirs->name), second->interface(link->name)});
    return true;
}

} // namespace

QList<Breakage> addressBreakages()
{
    return {
        {"nic-mac-out-of-range", "a MAC of another hypervisor's range", &neighboursMac},
        {"nic-mac-out-of-range", "a random MAC", &randomMac},
        {"nic-ip-out-of-range", "a static address of another subnet", &staticElsewhere},
        {"ip-duplicate", "two VMs on the private segment", &sameAddress},
        {"ip-duplicate", "a VM with a hypervisor's address", &hypervisorsAddress},
        {"ip-duplicate", "two VMs on one NAT network", &sameNatAddress},
    };
}

} // namespace tropo::generator
