#include "tests/generator/operations.h"

#include <algorithm>

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

/// As udev names a device by its slot.
QString predictableName(const WorldVm &vm, const PciAddress &pci)
{
    return vm.q35 ? u"enp%1s0"_s.arg(pci.bus) : u"ens%1"_s.arg(pci.slot);
}

QString newName(const WorldVm &vm, const PciAddress &pci)
{
    const QString name = predictableName(vm, pci);
    const bool numbered = std::any_of(vm.guest->links.begin(), vm.guest->links.end(),
                                      [](const WorldLink &one) { return one.name.startsWith(u"eth"); });
    if (!numbered)
        return name;
    for (int number = 0;; ++number)
        if (const QString eth = u"eth%1"_s.arg(number);
            std::none_of(vm.guest->links.begin(), vm.guest->links.end(),
                         [&](const WorldLink &one) { return one.name == eth; }))
            return eth;
}

int nextTap(const WorldHypervisor &host)
{
    int next = 0;
    const auto see = [&next](const QString &name) {
        if (name.startsWith(u"vnet"))
            next = qMax(next, name.sliced(4).toInt() + 1);
    };
    for (const WorldVm &vm : host.vms)
        for (const WorldNic &nic : vm.live)
            see(nic.tap);
    for (const WorldLink &link : host.links)
        see(link.name);
    return next;
}

int nextAlias(const WorldVm &vm)
{
    int next = 0;
    for (const WorldNic &nic : vm.live)
        next = qMax(next, nic.alias.sliced(3).toInt() + 1);
    return next;
}

WorldFile &newFile(WorldGuest &guest, const WorldLink &link, Dice &dice)
{
    WorldFile file;
    file.name = link.name;
    file.device = link.name;
    // Debian's interfaces cannot bind a stanza to a MAC.
    if (guest.os.form != FileForm::Debian && dice.chance(70))
        file.hwaddr = link.mac;
    guest.files.append(file);
    return guest.files.last();
}

void bringUp(WorldGuest &guest, const QString &name, InterfaceAddress address, std::optional<Ipv4> gateway)
{
    WorldLink *link = guest.link(name);
    link->addresses.append(address);
    link->up = true;
    link->carrier = true;
    if (gateway)
        guest.defaults = {{*gateway, name, {}}};
}

} // namespace

QString attachInterface(World &world, WorldHypervisor &host, WorldVm &vm, const QString &place,
                        MacAddress mac, Affect affect)
{
    Q_UNUSED(world)
    WorldNic nic;
    nic.mac = mac;
    nic.pci = vm.freePci();
    (place.startsWith(u"br") && place != publicNetwork ? nic.bridge : nic.network) = place;
    if (affect != Affect::Live)
        vm.next.append(nic);
    if (affect == Affect::Config || !vm.running)
        return {};
    nic.tap = u"vnet%1"_s.arg(nextTap(host));
    nic.alias = u"net%1"_s.arg(nextAlias(vm));
    vm.live.append(nic);
    if (!vm.guest)
        return {};
    WorldLink link;
    link.name = newName(vm, nic.pci);
    link.mac = mac;
    link.pci = nic.pci;
    link.up = false;
    link.carrier = false;
    vm.guest->links.append(link);
    return link.name;
}

void detachInterface(WorldVm &vm, MacAddress mac, Affect affect)
{
    const auto has = [mac](const WorldNic &nic) { return nic.mac == mac; };
    if (affect != Affect::Live)
        vm.next.removeIf(has);
    if (affect == Affect::Config)
        return;
    for (const WorldNic &nic : vm.live) {
        const WorldLink *link = has(nic) ? linkOf(vm, nic) : nullptr;
        if (!link)
            continue;
        const QString name = link->name;
        vm.guest->defaults.removeIf([&](const WorldRoute &route) { return route.device == name; });
        vm.guest->links.removeIf([&](const WorldLink &one) { return one.name == name; });
    }
    vm.live.removeIf(has);
}

WorldFile &configureStatic(WorldGuest &guest, const QString &link, InterfaceAddress address,
                           std::optional<Ipv4> gateway, Dice &dice)
{
    WorldFile &file = newFile(guest, *guest.link(link), dice);
    file.address = address;
    file.gateway = gateway;
    bringUp(guest, link, address, gateway);
    return file;
}

WorldFile &configureDhcp(WorldGuest &guest, const QString &link, InterfaceAddress address, Dice &dice)
{
    WorldFile &file = newFile(guest, *guest.link(link), dice);
    file.dhcp = true;
    bringUp(guest, link, address, {});
    return file;
}

void assignFloat(World &world, WorldHypervisor &host, WorldVm &vm, WorldFloat &floating, Dice &dice)
{
    floating.holder = vm.name;
    const QString link = attachInterface(world, host, vm, publicNetwork, floating.mac);
    if (link.isEmpty())
        return;
    // One default route: by the float. The NAT interface then has an address only.
    for (WorldFile &file : vm.guest->files) {
        file.defaultRoute = false;
        if (file.dhcp && vm.guest->os.form == FileForm::Debian) {
            file.dhcp = false;
            file.address = vm.guest->link(file.device)->addresses.first();
        }
        file.gateway.reset();
    }
    configureStatic(*vm.guest, link, {floating.address, world.publicPrefix}, world.publicGateway, dice);
}

WorldLink *linkOf(WorldVm &vm, const WorldNic &nic)
{
    if (!vm.guest)
        return nullptr;
    for (WorldLink &link : vm.guest->links)
        if (link.pci == nic.pci)
            return &link;
    return nullptr;
}

WorldLink *linkWith(WorldVm &vm, MacAddress mac)
{
    if (!vm.guest)
        return nullptr;
    for (WorldLink &link : vm.guest->links)
        if (link.mac == mac && link.pci)
            return &link;
    return nullptr;
}

} // namespace tropo::generator
