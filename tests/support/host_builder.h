#pragma once

// Hypervisors by hand for tests, whole and healthy, in the seed's addresses: trop0N with br0 and br1, the
// networks bridged and default as declared, two VMs with reservations, leases and disks of their own.

#include "tests/support/fleet_builder.h"

namespace tropo::build {

inline QString numbered(const char *pattern, int a, int b = 0)
{
    return QString::fromLatin1(pattern).arg(a).arg(b, 2, 16, QLatin1Char('0'));
}

inline MacAddress natMacOf(int host, int octet)
{
    return *MacAddress::fromString(numbered("52:54:00:02:0%1:%2", host, octet));
}

inline Ipv4 natIpOf(int host, int octet)
{
    return *Ipv4::fromString(QStringLiteral("192.168.20%1.%2").arg(host).arg(octet));
}

inline Source lines(const char *document, int host, int first)
{
    return {QStringLiteral("trop0%1/%2").arg(host).arg(str(document)), first, first};
}

// Networks

inline Reservation reservation(int host, int octet, const char *name)
{
    return {natMacOf(host, octet), natIpOf(host, octet), str(name), lines("network.xml", host, octet)};
}

inline Lease lease(int host, int octet, const char *name)
{
    return {natMacOf(host, octet), natIpOf(host, octet), str(name),
            QDateTime({2023, 7, 18}, {17, 0}, Qt::UTC), lines("leases.json", host, octet)};
}

/// The seed's default network, with its eight reservations.
inline Network hostNatNetwork(int host)
{
    Network made = network("default", "nat", "virbr0");
    made.autostart = made.persistent = true;
    made.source = lines("net-list.txt", host, 4);
    NetworkForm &form = *made.form;
    form.source = lines("network.xml", host, 1);
    form.uuid = QStringLiteral("ec02324c-b22a-47a3-995d-f75c12cf3e85");
    form.mac = natMacOf(host, 1);
    form.address = InterfaceAddress{natIpOf(host, 1), 24};
    form.ranges = {{natIpOf(host, 8), natIpOf(host, 15)}};
    const char *const names[] = {"Araybwyn", "Lothigometh", "Ulov",    "Dwiema",
                                 "Ibalehar", "Eterathiel",  "Siamond", "Acilamwen"};
    for (int i = 0; i < 8; ++i)
        form.reservations.append(reservation(host, 8 + i, qPrintable(str(names[i]) + QString::number(host))));
    made.declared = form;
    made.declared->uuid.clear();
    made.declared->source = lines("declared.xml", host, 1);
    made.leases = QList<Lease>{lease(host, 8, "Araybwyn"), lease(host, 9, "Lothigometh")};
    return made;
}

inline Network bridgedNetwork(int host)
{
    Network made = network("bridged", "bridge", "br0");
    made.autostart = made.persistent = true;
    made.source = lines("net-list.txt", host, 3);
    made.form->source = lines("bridged.xml", host, 1);
    made.declared = made.form;
    made.declared->source = lines("declared-bridged.xml", host, 1);
    return made;
}

// The host's own interfaces

/// As `ip -d addr` shows one.
inline Interface netdev(const char *name, const char *macText, const char *kind = "", const char *master = "",
                        const char *address = nullptr)
{
    Interface made = inside(name, macText, address);
    made.kind = str(kind);
    made.master = str(master);
    made.carrier = true;
    made.source.document = QStringLiteral("ip-addr.json");
    return made;
}

inline InterfaceConfig stanza(const char *device, const char *address, const char *gateway,
                              const QStringList &ports)
{
    InterfaceConfig made;
    made.format = ConfigFormat::DebianInterfaces;
    made.device = str(device);
    made.onBoot = true;
    made.source = {QStringLiteral("interfaces"), 5, 12};
    made.method = address ? AddressMethod::Static : AddressMethod::None;
    if (address)
        made.addresses.append({{ip(address), 24}, made.source});
    if (gateway)
        made.gateway = Sourced<Ipv4>{ip(gateway), made.source};
    for (const QString &port : ports)
        made.bridgePorts.append({port, made.source});
    if (!ports.isEmpty())
        made.settings.append({QStringLiteral("bridge_ports"), ports.join(u' '), made.source});
    return made;
}

/// br0 with eno1, br1 with eno2, libvirt's own bridge with taps of two VMs.
inline Machine hostSystem(int host)
{
    Machine made;
    const QByteArray public0 = QStringLiteral("129.215.175.%1").arg(95 + host).toLatin1();
    const QByteArray private1 = QStringLiteral("192.168.137.%1").arg(231 + host).toLatin1();
    const QByteArray mac0 =
        QStringLiteral("0c:c4:7a:35:12:%1").arg(2 * host, 2, 16, QLatin1Char('0')).toLatin1();
    const QByteArray mac1 =
        QStringLiteral("0c:c4:7a:35:12:%1").arg(2 * host + 1, 2, 16, QLatin1Char('0')).toLatin1();
    made.interfaces = InterfaceList{
        {netdev("lo", nullptr, "", "", "127.0.0.1"), netdev("eno1", mac0.constData(), "", "br0"),
         netdev("eno2", mac1.constData(), "", "br1"),
         netdev("br0", mac0.constData(), "bridge", "", public0.constData()),
         netdev("br1", mac1.constData(), "bridge", "", private1.constData()),
         netdev("virbr0", qPrintable(natMacOf(host, 1).toString()), "bridge", "",
                qPrintable(natIpOf(host, 1).toString())),
         netdev("vnet0", qPrintable(natMacOf(host, 8).withFirstOctet(0xfe).toString()), "tun", "virbr0"),
         netdev("vnet1", qPrintable(natMacOf(host, 9).withFirstOctet(0xfe).toString()), "tun", "virbr0")},
        false};
    made.bridgePorts = QList<BridgePort>{
        {str("br0"), str("eno1"), str("forwarding"), lines("bridge-link.json", host, 1)},
        {str("br1"), str("eno2"), str("forwarding"), lines("bridge-link.json", host, 2)},
        {str("virbr0"), str("vnet0"), str("forwarding"), lines("bridge-link.json", host, 3)},
        {str("virbr0"), str("vnet1"), str("forwarding"), lines("bridge-link.json", host, 4)}};
    made.routes = QList<Route>{
        {std::nullopt, ip("129.215.175.126"), str("br0"), std::nullopt, lines("ip-route.json", host, 1)},
        {Subnet{ip("129.215.175.0"), 24}, std::nullopt, str("br0"), std::nullopt,
         lines("ip-route.json", host, 2)}};
    made.clock = Sourced<QDateTime>{QDateTime({2023, 7, 18}, {16, 0}, Qt::UTC), lines("date.txt", host, 1)};
    made.clockRead = made.clock->value;
    return made;
}

inline QList<InterfaceConfig> interfacesOf(int host)
{
    InterfaceConfig loopback = stanza("lo", nullptr, nullptr, {});
    loopback.method = AddressMethod::Unknown;
    return {loopback,
            stanza("br0", qPrintable(QStringLiteral("129.215.175.%1").arg(95 + host)), "129.215.175.126",
                   {QStringLiteral("eno1")}),
            stanza("br1", qPrintable(QStringLiteral("192.168.137.%1").arg(231 + host)), nullptr,
                   {QStringLiteral("eno2")})};
}

// Domains

inline Disk disk(const char *path, const QStringList &backing = {})
{
    Disk made;
    made.device = str("disk");
    made.type = str("file");
    made.format = str("qcow2");
    made.path = str(path);
    made.target = str("vda");
    made.backing = backing;
    made.source = {QStringLiteral("domain.xml"), 20, 28};
    return made;
}

inline Disk drive(const char *path)
{
    Disk made = disk(path);
    made.device = str("cdrom");
    made.target = str("sda");
    made.readOnly = true;
    return made;
}

/// A running VM on its hypervisor's NAT network, with a disk on the common base image.
inline Domain natVm(int host, int octet, const char *name)
{
    const QByteArray macText = natMacOf(host, octet).toString().toLatin1();
    Domain made = vm(name, form({liveNat(macText.constData(), octet - 8, 3)}),
                     form({persistent(macText.constData(), "default", 3)}), guest({}, {}));
    made.autostart = true;
    made.uuid = QStringLiteral("5f3a3a5e-0000-4000-8000-0000000000%1")
                    .arg(16 * host + octet, 2, 10, QLatin1Char('0'));
    made.source = lines("list.txt", host, octet);
    for (auto *form : {&made.live, &made.inactive}) {
        (*form)->uuid = made.uuid;
        (*form)->disks.append(
            disk(qPrintable(QStringLiteral("/libvirt/storage/live/%1.qcow2").arg(made.name))));
    }
    made.live->disks.first().backing.append(QStringLiteral("/var/lib/libvirt/images/base/fedora-28.qcow2"));
    made.guest->system.machineId =
        Sourced<QString>{QStringLiteral("%1").arg(1000 * host + octet, 32, 16, QLatin1Char('a')),
                         {made.name + QStringLiteral("/machine-id.txt"), 1, 1}};
    made.guest->system.clock = Sourced<QDateTime>{QDateTime({2023, 7, 18}, {16, 0}, Qt::UTC),
                                                  {made.name + QStringLiteral("/date.txt"), 1, 1}};
    made.guest->system.clockRead = made.guest->system.clock->value;
    return made;
}

/// trop0N, everything read and everything right.
inline Hypervisor host(int number = 2)
{
    Hypervisor made;
    made.name = QStringLiteral("trop0%1").arg(number);
    made.host = hostSystem(number);
    made.interfacesFile = made.declaredInterfaces = interfacesOf(number);
    made.libvirtVersion = str("9.0.0");
    made.qemuVersion = str("7.2.2");
    made.versionSource = lines("version.txt", number, 0);
    made.networks = QList<Network>{bridgedNetwork(number), hostNatNetwork(number)};
    made.domains = QList<Domain>{natVm(number, 8, qPrintable(QStringLiteral("Araybwyn%1").arg(number))),
                                 natVm(number, 9, qPrintable(QStringLiteral("Lothigometh%1").arg(number)))};
    return made;
}

inline Network &networkIn(Hypervisor &hypervisor, const char *name)
{
    for (Network &network : *hypervisor.networks)
        if (network.name == QLatin1String(name))
            return network;
    Q_ASSERT(false);
    return hypervisor.networks->first();
}

inline Interface &linkIn(Hypervisor &hypervisor, const char *name)
{
    for (Interface &interface : hypervisor.host.interfaces->items)
        if (interface.name == QLatin1String(name))
            return interface;
    Q_ASSERT(false);
    return hypervisor.host.interfaces->items.first();
}

/// Leaves the interface, but takes it off its bridge.
inline void unplug(Hypervisor &hypervisor, const char *name)
{
    linkIn(hypervisor, name).master.clear();
    hypervisor.host.bridgePorts->removeIf(
        [&](const BridgePort &port) { return port.port == QLatin1String(name); });
}

inline void plug(Hypervisor &hypervisor, const char *name, const char *bridge)
{
    linkIn(hypervisor, name).master = str(bridge);
    hypervisor.host.bridgePorts->append(
        {str(bridge), str(name), str("forwarding"), {QStringLiteral("bridge-link.json"), 9, 9}});
}

/// The seed's policy for as many hypervisors, with its networks; its floats, of which nothing is said here,
/// left out.
inline Policy hostPolicy(int hypervisors = 1)
{
    QStringList names;
    for (int i = 0; i < hypervisors; ++i)
        names.append(QStringLiteral("trop0%1").arg(hypervisors == 1 ? 2 : i + 1));
    Policy made = policy(names);
    made.expectedNetworks = {QStringLiteral("bridged"), QStringLiteral("default")};
    made.reservationOctet = true;
    made.floats.clear();
    return made;
}

} // namespace tropo::build
