#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

bool otherFloatsMac(Breaker &b)
{
    auto place = b.holder([](const HostVm &one) { return hasMacOf(one.vm->guest->os.form); });
    WorldFloat *other = place ? b.freeFloat() : nullptr;
    if (!other)
        return false;
    const MacAddress own = b.world.floatOf(place->vm->name)->mac;
    const QString name = linkWith(*place->vm, own)->name;
    changeMac(*place, own, other->mac);
    if (WorldFile *file = place->vm->guest->file(name))
        file->hwaddr = other->mac;
    b.expect(u"float-mac-ip-mismatch"_s, place->interface(name));
    return true;
}

bool addressAddedByHand(Breaker &b)
{
    auto place = b.holder();
    WorldFloat *other = place ? b.freeFloat() : nullptr;
    if (!other)
        return false;
    WorldLink *link = linkWith(*place->vm, b.world.floatOf(place->vm->name)->mac);
    link->addresses.append({other->address, b.world.publicPrefix});
    place->vm->guest->listing = WorldGuest::Listing::Json;
    b.expect(u"float-mac-ip-mismatch"_s, place->interface(link->name));
    return true;
}

bool addressOnTheNatNic(Breaker &b)
{
    auto place = b.bystander([](const HostVm &one) { return one.vm->liveNic(natNetwork) != nullptr; });
    WorldFloat *floating = place ? b.freeFloat() : nullptr;
    if (!floating)
        return false;
    WorldLink *link = linkOf(*place->vm, *place->vm->liveNic(natNetwork));
    WorldFile *file = place->vm->guest->file(link->name);
    const InterfaceAddress address{floating->address, b.world.publicPrefix};
    file->dhcp = false;
    file->address = address;
    file->gateway = b.world.publicGateway;
    link->addresses = {address};
    place->vm->guest->defaults = {{b.world.publicGateway, link->name, {}}};
    b.expect(u"float-mac-ip-mismatch"_s, place->interface(link->name));
    return true;
}

bool attachedAgain(Breaker &b, Affect affect)
{
    auto place = b.holder();
    if (!place)
        return false;
    const MacAddress mac = b.world.floatOf(place->vm->name)->mac;
    for (int times = b.dice.between(1, 3); times > 0; --times)
        attachInterface(b.world, *place->host, *place->vm, publicNetwork, mac, affect);
    b.expect(u"float-duplicate-nic"_s, place->subject());
    return true;
}

bool fileOnAnotherVm(Breaker &b)
{
    auto owner = b.holder();
    auto other = owner ? b.bystander() : std::nullopt;
    if (!other)
        return false;
    const WorldFloat *floating = b.world.floatOf(owner->vm->name);
    WorldFile file;
    file.name = file.device = u"ens29"_s;
    file.address = InterfaceAddress{floating->address, b.world.publicPrefix};
    if (hasMacOf(other->vm->guest->os.form))
        file.hwaddr = floating->mac;
    other->vm->guest->files.append(file);
    b.expect(u"float-claimed-twice"_s, u"float/"_s + floating->name);
    // The other VM has half of it: another fact, to be mended there.
    b.expect(u"float-half-assigned"_s, other->interface(u"ens29"_s));
    return true;
}

bool assignedTwice(Breaker &b)
{
    auto owner = b.holder();
    auto other = owner ? b.bystander() : std::nullopt;
    if (!other)
        return false;
    WorldFloat *floating = b.world.floatOf(owner->vm->name);
    assignFloat(b.world, *other->host, *other->vm, *floating, b.dice);
    floating->holder = owner->vm->name;
    b.expect(u"float-claimed-twice"_s, u"float/"_s + floating->name);
    return true;
}

bool hypervisorHasIt(Breaker &b)
{
    auto owner = b.holder();
    WorldHypervisor *host = owner ? b.host() : nullptr;
    if (!host)
        return false;
    const WorldFloat *floating = b.world.floatOf(owner->vm->name);
    // Set up by the hand that manages the hypervisor: its files say so too.
    for (WorldFile *file : {host->file(u"br0"_s), host->declaredFile(u"br0"_s)})
        file->address->address = floating->address;
    host->link(u"br0"_s)->addresses = {{floating->address, b.world.publicPrefix}};
    b.expect(u"float-claimed-twice"_s, u"float/"_s + floating->name);
    return true;
}

bool nicDetached(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    const MacAddress mac = b.world.floatOf(place->vm->name)->mac;
    const QString name = linkWith(*place->vm, mac)->name;
    detachInterface(*place->vm, mac);
    b.expect(u"float-half-assigned"_s, place->interface(name));
    return true;
}

bool nothingInside(Breaker &b)
{
    auto place = b.bystander();
    WorldFloat *floating = place ? b.freeFloat() : nullptr;
    if (!floating)
        return false;
    attachInterface(b.world, *place->host, *place->vm, publicNetwork, floating->mac);
    b.expect(u"float-half-assigned"_s, place->nic(floating->mac));
    return true;
}

bool wrongNetwork(Breaker &b, const QString &wrong)
{
    auto place = b.bystander();
    WorldFloat *floating = place ? b.freeFloat() : nullptr;
    if (!floating)
        return false;
    assignFloat(b.world, *place->host, *place->vm, *floating, b.dice);
    for (QList<WorldNic> *nics : {&place->vm->live, &place->vm->next}) {
        for (WorldNic &nic : *nics) {
            if (nic.mac != floating->mac)
                continue;
            nic.network = wrong == natNetwork ? wrong : QString();
            nic.bridge = wrong == natNetwork ? QString() : wrong;
        }
    }
    b.expect(u"float-wrong-network"_s, place->nic(floating->mac));
    return true;
}

bool attachedLiveAlone(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    const MacAddress mac = b.world.floatOf(place->vm->name)->mac;
    const QString name = linkWith(*place->vm, mac)->name;
    detachInterface(*place->vm, mac, Affect::Config);
    b.expect(u"float-not-persistent"_s, place->interface(name));
    return true;
}

bool fileDeleted(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    const QString name = linkWith(*place->vm, b.world.floatOf(place->vm->name)->mac)->name;
    place->vm->guest->files.removeIf([&](const WorldFile &file) { return file.device == name; });
    b.expect(u"float-not-persistent"_s, place->interface(name));
    return true;
}

bool attachedConfigAlone(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    const MacAddress mac = b.world.floatOf(place->vm->name)->mac;
    const QString name = linkWith(*place->vm, mac)->name;
    detachInterface(*place->vm, mac, Affect::Live);
    place->vm->live.removeIf([mac](const WorldNic &nic) { return nic.mac == mac; });
    b.expect(u"float-not-live"_s, place->interface(name));
    return true;
}

bool interfaceDown(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    WorldLink *link = linkWith(*place->vm, b.world.floatOf(place->vm->name)->mac);
    link->addresses.clear();
    link->up = false;
    place->vm->guest->defaults.clear();
    b.expect(u"float-not-live"_s, place->interface(link->name));
    return true;
}

bool noAnswer(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    const WorldFloat *floating = b.world.floatOf(place->vm->name);
    b.world.probes.append({floating->address, false});
    b.expect(u"float-unreachable"_s, u"float/"_s + floating->name);
    return true;
}

bool released(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    WorldFloat *floating = b.world.floatOf(place->vm->name);
    const QString name = linkWith(*place->vm, floating->mac)->name;
    detachInterface(*place->vm, floating->mac);
    place->vm->guest->files.removeIf([&](const WorldFile &file) { return file.device == name; });
    floating->holder.clear();
    b.keep(*floating);
    for (const WorldHypervisor &host : b.world.hypervisors)
        for (const WorldVm &vm : host.vms)
            if (vm.running && vm.live.isEmpty())
                return false; // not every NIC is known
    b.expect(u"float-unassigned"_s, u"float/"_s + floating->name);
    return true;
}

} // namespace

QList<Breakage> floatBreakages()
{
    return {
        {"float-mac-ip-mismatch", "NIC and file have another float's MAC", &otherFloatsMac},
        {"float-mac-ip-mismatch", "another float's address added by hand", &addressAddedByHand},
        {"float-mac-ip-mismatch", "the float's address on the NAT NIC", &addressOnTheNatNic},
        {"float-duplicate-nic", "attach-interface typed again",
         [](Breaker &b) { return attachedAgain(b, Affect::Both); }},
        {"float-duplicate-nic", "attached again, live alone",
         [](Breaker &b) { return attachedAgain(b, Affect::Live); }},
        {"float-duplicate-nic", "attached again, persistent alone",
         [](Breaker &b) { return attachedAgain(b, Affect::Config); }},
        {"float-claimed-twice", "its file copied to another VM", &fileOnAnotherVm},
        {"float-claimed-twice", "assigned to a second VM", &assignedTwice},
        {"float-claimed-twice", "a hypervisor has its address", &hypervisorHasIt},
        {"float-half-assigned", "NIC detached, file left", &nicDetached},
        {"float-half-assigned", "NIC attached, nothing inside", &nothingInside},
        {"float-wrong-network", "on the NAT network", [](Breaker &b) { return wrongNetwork(b, natNetwork); }},
        {"float-wrong-network", "on the private bridge",
         [](Breaker &b) { return wrongNetwork(b, privateBridge); }},
        {"float-not-persistent", "attached without --config", &attachedLiveAlone},
        {"float-not-persistent", "its file deleted", &fileDeleted},
        {"float-not-live", "attached without --live", &attachedConfigAlone},
        {"float-not-live", "its interface taken down", &interfaceDown},
        {"float-unreachable", "no answer to a probe", &noAnswer},
        {"float-unassigned", "released", &released},
    };
}

} // namespace tropo::generator
