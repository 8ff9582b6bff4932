#include "tests/generator/healthy_world.h"

#include "tests/generator/operations.h"

#include <QSet>

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

Ipv4 publicAddress(int number)
{
    const quint32 net = 0x81d7'af00U; // 129.215.175.0
    if (number <= 4)
        return Ipv4(net + 95 + static_cast<quint32>(number));
    if (number <= 99)
        return Ipv4(net + static_cast<quint32>(number) - 4);
    if (number <= 190)
        return Ipv4(net + 61 + static_cast<quint32>(number));
    return Ipv4(0x81d7'b400U + static_cast<quint32>(number)); // 129.215.180.0 and on
}

void addFloats(World &world, Dice &dice)
{
    const int count = qMin(qMax(4, static_cast<int>(world.hypervisors.size())) + dice.below(3), 50);
    for (int i = 0; i < count; ++i) {
        // .126 is the gateway.
        const quint32 last = 100U + static_cast<quint32>(i < 26 ? i : i + 1);
        world.floats.append({u"float%1"_s.arg(i + 1),
                             Ipv4(0x81d7'af00U + last),
                             MacAddress(0x5254'0000'0100ULL + static_cast<quint64>(i)),
                             {}});
    }
}

void assignFloats(World &world, Dice &dice)
{
    QList<WorldFloat *> free;
    for (WorldFloat &floating : world.floats)
        free.append(&floating);
    const qsizetype keep = 1 + dice.below(2); // some stay free
    for (WorldHypervisor &host : world.hypervisors)
        for (WorldVm &vm : host.vms)
            if (free.size() > keep && vm.guest && dice.chance(45))
                assignFloat(world, host, vm, *dice.take(free), dice);
}

void addPrivateNics(World &world, Dice &dice)
{
    for (WorldHypervisor &host : world.hypervisors) {
        for (WorldVm &vm : host.vms) {
            if (!dice.chance(40))
                continue;
            const int number = world.nextPrivate++;
            const QString link = attachInterface(world, host, vm, privateBridge, world.privateMac(number));
            if (!link.isEmpty())
                configureStatic(*vm.guest, link, {world.privateAddress(number), world.privatePrefix}, {},
                                dice);
        }
    }
}

/// What differs between the live and the persistent form without being wrong.
void varyForms(World &world, Dice &dice)
{
    for (WorldHypervisor &host : world.hypervisors) {
        for (WorldVm &vm : host.vms) {
            for (WorldNic &nic : vm.live)
                nic.plainBridge = nic.network == publicNetwork && dice.chance(20);
            if (vm.next.size() > 1 && dice.chance(15))
                vm.next.last().pci = vm.freePci();
        }
    }
}

} // namespace

World healthyWorld(quint64 seed, WorldSize size)
{
    Dice dice(seed);
    World world;
    world.seed = seed;
    world.taken =
        QDateTime(QDate(2023, 7, 18).addDays(dice.below(60)), QTime(15, dice.below(60), 48), Qt::UTC);
    world.publicGateway = Ipv4(0x81d7'af7eU);
    world.publicPrefix = size.hypervisors > 190 ? 16 : 24;
    const bool small = size.hypervisors <= 20 && size.hypervisors * size.vms <= 150;
    world.privateBase = Ipv4(small ? 0xc0a8'8900U : 0xac14'0000U);
    world.privatePrefix = small ? 24 : 16;
    world.nextPrivate = small ? 10 : 2000;
    for (int number = 1; number <= size.hypervisors; ++number)
        addHypervisor(world, number, dice);
    addFloats(world, dice);
    QSet<QString> names;
    for (WorldHypervisor &host : world.hypervisors) {
        const int count = qMax(1, size.varied ? size.vms + dice.between(-1, 1) : size.vms);
        for (int i = 0; i < count; ++i) {
            QString name = dice.name();
            while (names.contains(name))
                name += QString::number(dice.below(10));
            names.insert(name);
            addVm(world, host, name, dice);
        }
    }
    addEngines(world, dice);
    addPrivateNics(world, dice);
    assignFloats(world, dice);
    varyForms(world, dice);
    return world;
}

World healthyWorld(quint64 seed)
{
    Dice dice(seed ^ 0x9e37'79b9'7f4a'7c15ULL);
    return healthyWorld(seed, {dice.between(2, 4), dice.between(2, 4), true});
}

namespace {

WorldFile stanza(const QString &device, InterfaceAddress address, const QString &port)
{
    WorldFile file;
    file.device = device;
    file.address = address;
    file.bridgePorts = {port};
    const Subnet net = Subnet::of(address.address, *address.prefix);
    file.network = net.base.toString();
    file.broadcast = net.broadcast().toString();
    file.extra = {{u"bridge_fd"_s, u"0"_s}, {u"bridge_stp"_s, u"off"_s}, {u"bridge_maxwait"_s, u"0"_s}};
    return file;
}

WorldLink bridge(const QString &name, MacAddress mac, InterfaceAddress address)
{
    WorldLink link;
    link.name = name;
    link.mac = mac;
    link.addresses = {address};
    link.kind = u"bridge"_s;
    return link;
}

WorldLink port(const QString &name, MacAddress mac, const QString &master)
{
    WorldLink link;
    link.name = name;
    link.mac = mac;
    link.master = master;
    link.masterKind = u"bridge"_s;
    return link;
}

WorldNetwork bridgedNetwork(Dice &dice)
{
    WorldNetwork network;
    network.name = publicNetwork;
    network.uuid = dice.uuid();
    network.forward = u"bridge"_s;
    network.bridge = u"br0"_s;
    return network;
}

WorldNetwork nat(const WorldHypervisor &host, Dice &dice)
{
    WorldNetwork network;
    network.name = natNetwork;
    network.uuid = dice.uuid();
    network.forward = u"nat"_s;
    network.bridge = u"virbr0"_s;
    network.mac = host.mac(1);
    network.address = InterfaceAddress{host.natAddress(1), 24};
    network.rangeStart = host.natAddress(8);
    network.rangeEnd = host.natAddress(8 + 30);
    return network;
}

} // namespace

void addHypervisor(World &world, int number, Dice &dice)
{
    WorldHypervisor host;
    host.number = number;
    host.name = u"trop%1"_s.arg(number, 2, 10, QLatin1Char('0'));
    host.os = hypervisorSystem();
    host.machineId = dice.hex(32);
    host.sshKeys = {u"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA"_s + dice.hex(44) + u" root@"_s + host.name};
    host.filesystems = filesystems(dice);
    host.textForms = dice.chance(15);
    host.tableForms = dice.chance(10);
    const quint64 card = 0x0cc4'7a35'1204ULL + 2 * static_cast<quint64>(number - 1);
    const InterfaceAddress outer{publicAddress(number), world.publicPrefix};
    const InterfaceAddress inner{world.privateAddress(world.privatePrefix == 24 ? 231 + number : number),
                                 world.privatePrefix};
    const QStringList ports = dice.of(
        QList<QStringList>{{u"eth0"_s, u"eth1"_s}, {u"eno1"_s, u"eno2"_s}, {u"enp3s0f0"_s, u"enp3s0f1"_s}});
    host.gateway = world.publicGateway;
    host.links = {
        port(ports[0], MacAddress(card), u"br0"_s), port(ports[1], MacAddress(card + 1), privateBridge),
        bridge(u"br0"_s, MacAddress(card), outer), bridge(privateBridge, MacAddress(card + 1), inner)};
    host.interfaces = {stanza(u"br0"_s, outer, ports[0]), stanza(privateBridge, inner, ports[1])};
    host.interfaces[0].gateway = world.publicGateway;
    host.interfaces[0].extra.prepend({u"dns-search"_s, u"roe.ac.uk"_s});
    host.interfaces[0].extra.prepend({u"dns-nameservers"_s, u"195.194.120.1 195.194.120.2"_s});
    host.networks = {bridgedNetwork(dice), nat(host, dice)};
    host.links.append(bridge(u"virbr0"_s, host.mac(1), *host.networks[1].address));
    host.declaredInterfaces = host.interfaces;
    host.declaredNetworks = host.networks;
    world.hypervisors.append(host);
}

} // namespace tropo::generator
