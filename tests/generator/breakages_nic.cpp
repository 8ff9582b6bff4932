#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

bool hasPrivateNic(const HostVm &one)
{
    return one.vm->liveNic(privateBridge) != nullptr && one.vm->nextNic(privateBridge) != nullptr;
}

bool sameMacInTwoVms(Breaker &b)
{
    auto first = b.vm([](const HostVm &one) { return hasPrivateNic(one); });
    auto second = first ? b.vm([](const HostVm &one) { return hasPrivateNic(one); }) : std::nullopt;
    if (!second)
        return false;
    const MacAddress mac = first->vm->nextNic(privateBridge)->mac;
    changeMac(*second, second->vm->nextNic(privateBridge)->mac, mac);
    b.expect(u"nic-mac-duplicate"_s, qMin(first->subject(), second->subject()) + u"/nic/"_s + mac.toString());
    return true;
}

bool clonedNatNic(Breaker &b)
{
    auto first = b.guest();
    auto second = first ? b.guest([&](const HostVm &one) { return one.host == first->host; }) : std::nullopt;
    if (!second)
        return false;
    const MacAddress mac = first->vm->nextNic(natNetwork)->mac;
    const Ipv4 address = linkWith(*first->vm, mac)->addresses.first().address;
    const MacAddress old = second->vm->nextNic(natNetwork)->mac;
    WorldLink *link = linkWith(*second->vm, old);
    WorldFile *file = second->vm->guest->file(link->name);
    changeMac(*second, old, mac);
    // DHCP gives both the address that is reserved for the MAC.
    if (file->dhcp)
        link->addresses = {{address, 24}};
    second->host->network(natNetwork)->leases.removeIf([old](const WorldLease &one) {
        return one.mac == old;
    });
    b.expect(u"nic-mac-duplicate"_s, qMin(first->subject(), second->subject()) + u"/nic/"_s + mac.toString());
    return true;
}

bool attachedTwice(Breaker &b)
{
    auto place = b.guest(&hasPrivateNic);
    if (!place)
        return false;
    const MacAddress mac = place->vm->nextNic(privateBridge)->mac;
    attachInterface(b.world, *place->host, *place->vm, privateBridge, mac);
    b.expect(u"nic-mac-duplicate"_s, place->nic(mac));
    return true;
}

bool liveOnly(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    const int number = b.world.nextPrivate++;
    const QString link = attachInterface(b.world, *place->host, *place->vm, privateBridge,
                                         b.world.privateMac(number), Affect::Live);
    configureStatic(*place->vm->guest, link, {b.world.privateAddress(number), b.world.privatePrefix}, {},
                    b.dice);
    b.expect(u"nic-config-drift"_s, place->subject());
    return true;
}

bool persistentElsewhere(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->running && hasPrivateNic(one); });
    if (!place)
        return false;
    WorldNic *nic = place->vm->nextNic(privateBridge);
    nic->bridge.clear();
    nic->network = publicNetwork;
    b.expect(u"nic-config-drift"_s, place->subject());
    return true;
}

bool persistentMacChanged(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->running && hasPrivateNic(one); });
    if (!place)
        return false;
    place->vm->nextNic(privateBridge)->mac = b.world.privateMac(b.world.nextPrivate++);
    b.expect(u"nic-config-drift"_s, place->subject());
    return true;
}

/// A guest with a file that is bound to a MAC, and which of its interfaces that is.
std::optional<HostVm> boundGuest(Breaker &b, const QString &place, QString &device)
{
    auto found = b.guest(
        [&](const HostVm &one) { return hasMacOf(one.vm->guest->os.form) && one.vm->liveNic(place); });
    if (!found)
        return {};
    WorldLink *link = linkOf(*found->vm, *found->vm->liveNic(place));
    if (!link || !found->vm->guest->file(link->name))
        return {};
    device = link->name;
    return found;
}

bool wrongHwaddr(Breaker &b, const QString &network, bool restarted)
{
    QString device;
    auto place = boundGuest(b, network, device);
    if (!place)
        return false;
    WorldLink *link = place->vm->guest->link(device);
    MacAddress wrong = mistyped(*link->mac, b.dice);
    if (wrong == *link->mac)
        return false;
    place->vm->guest->file(device)->hwaddr = wrong;
    if (restarted) { // the guest ignores the file
        link->addresses.clear();
        link->up = false;
        place->vm->guest->defaults.removeIf([&](const WorldRoute &one) { return one.device == device; });
    }
    b.expect(u"nic-mac-unknown-inside"_s, place->interface(device));
    return true;
}

bool nothingInside(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    const QString link = attachInterface(b.world, *place->host, *place->vm, privateBridge,
                                         b.world.privateMac(b.world.nextPrivate++));
    b.expect(u"nic-unconfigured-inside"_s, place->interface(link));
    return true;
}

bool nullMac(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return hasPrivateNic(one); });
    if (!place)
        return false;
    changeMac(*place, place->vm->nextNic(privateBridge)->mac, MacAddress());
    b.expect(u"nic-invalid-mac"_s, place->nic(MacAddress()));
    return true;
}

bool multicastMac(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return hasPrivateNic(one); });
    if (!place)
        return false;
    const MacAddress old = place->vm->nextNic(privateBridge)->mac;
    const MacAddress odd = old.withFirstOctet(0x53);
    changeMac(*place, old, odd);
    b.expect(u"nic-invalid-mac"_s, place->nic(odd));
    return true;
}

bool otherModel(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return hasPrivateNic(one); });
    if (!place)
        return false;
    const QString model = b.dice.of(QStringList{u"e1000"_s, u"rtl8139"_s, u"e1000e"_s});
    const MacAddress mac = place->vm->nextNic(privateBridge)->mac;
    for (QList<WorldNic> *nics : {&place->vm->live, &place->vm->next})
        for (WorldNic &nic : *nics)
            if (nic.mac == mac)
                nic.model = model;
    b.expect(u"nic-model"_s, place->nic(mac));
    return true;
}

bool tapLeftBehind(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    WorldLink tap;
    tap.name = u"vnet77"_s;
    tap.mac = host->mac(0x5f).withFirstOctet(0xfe);
    tap.kind = u"tun"_s;
    tap.master = b.dice.chance(50) ? u"virbr0"_s : u"br0"_s;
    tap.masterKind = u"bridge"_s;
    tap.carrier = false;
    host->links.append(tap);
    b.expectOneOf(u"nic-tap-mismatch"_s,
                  {host->name, host->name + u"/tap/vnet77"_s, host->name + u"/bridge/"_s + tap.master,
                   host->name + u"/if/vnet77"_s});
    return true;
}

bool tapWithOtherMac(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->running && one.vm->liveNic(natNetwork); });
    if (!place)
        return false;
    WorldNic *nic = place->vm->liveNic(natNetwork);
    nic->tapMac = MacAddress(0xfe54'0099'0000ULL + static_cast<quint64>(b.dice.below(0xffff)));
    b.expect(u"nic-tap-mismatch"_s, place->nic(nic->mac));
    return true;
}

} // namespace

QList<Breakage> nicBreakages()
{
    return {
        {"nic-mac-duplicate", "two VMs with one MAC on the private bridge", &sameMacInTwoVms},
        {"nic-mac-duplicate", "a VM cloned with its NAT NIC's MAC", &clonedNatNic},
        {"nic-mac-duplicate", "attach-interface typed twice", &attachedTwice},
        {"nic-config-drift", "attached without --config", &liveOnly},
        {"nic-config-drift", "persistent NIC edited to another network", &persistentElsewhere},
        {"nic-config-drift", "persistent NIC edited to another MAC", &persistentMacChanged},
        {"nic-mac-unknown-inside", "HWADDR mistyped, not yet restarted",
         [](Breaker &b) { return wrongHwaddr(b, natNetwork, false); }},
        {"nic-mac-unknown-inside", "HWADDR mistyped, restarted since",
         [](Breaker &b) { return wrongHwaddr(b, natNetwork, true); }},
        {"nic-mac-unknown-inside", "HWADDR of the private NIC mistyped",
         [](Breaker &b) { return wrongHwaddr(b, privateBridge, true); }},
        {"nic-mac-unknown-inside", "a float's HWADDR mistyped",
         [](Breaker &b) { return wrongHwaddr(b, publicNetwork, true); }},
        {"nic-unconfigured-inside", "attached, nothing configured inside", &nothingInside},
        {"nic-invalid-mac", "all zeros", &nullMac},
        {"nic-invalid-mac", "the multicast bit set", &multicastMac},
        {"nic-model", "not virtio", &otherModel},
        {"nic-tap-mismatch", "a tap that no domain has", &tapLeftBehind},
        {"nic-tap-mismatch", "a tap with another MAC", &tapWithOtherMac},
    };
}

} // namespace tropo::generator
