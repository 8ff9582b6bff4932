#pragma once

// Fleets by hand for tests: small functions that make one part each, in the seed's addresses. Every part gets
// a source of its own, so that findings have something to stand on.

#include "models/fleet/fleet.h"
#include "models/policy/policy.h"

#include <QString>

namespace tropo::build {

inline MacAddress mac(const char *text)
{
    const auto read = MacAddress::fromString(QString::fromLatin1(text));
    Q_ASSERT(read);
    return *read;
}

inline Ipv4 ip(const char *text)
{
    const auto read = Ipv4::fromString(QString::fromLatin1(text));
    Q_ASSERT(read);
    return *read;
}

inline QString str(const char *text)
{
    return QString::fromUtf8(text);
}

inline PciAddress slot(int number)
{
    return {0, 0, static_cast<std::uint8_t>(number), 0};
}

inline const char *const float1Mac = "52:54:00:00:01:00";
inline const char *const float2Mac = "52:54:00:00:01:01";
inline const char *const float1Ip = "129.215.175.100";
inline const char *const float2Ip = "129.215.175.101";
inline const char *const natMac = "52:54:00:02:02:0f";
inline const char *const natIp = "192.168.202.15";

// NICs

inline Nic nic(NicKind kind, const char *macText, int slotNumber)
{
    Nic nic;
    nic.kind = kind;
    nic.mac = mac(macText);
    nic.model = str("virtio");
    if (slotNumber >= 0)
        nic.pci = slot(slotNumber);
    nic.source = {QStringLiteral("domain.xml"), 10 + slotNumber, 14 + slotNumber};
    return nic;
}

/// As libvirt 9 writes a running NIC on the bridged network.
inline Nic liveBridged(const char *macText, int number, int slotNumber)
{
    Nic made = nic(NicKind::Bridge, macText, slotNumber);
    made.network = str("bridged");
    made.bridge = str("br0");
    made.target = QStringLiteral("vnet%1").arg(number);
    made.alias = QStringLiteral("net%1").arg(number);
    return made;
}

/// As older libvirt writes it: the bridge alone.
inline Nic liveBridgeOnly(const char *macText, int number, int slotNumber)
{
    Nic made = liveBridged(macText, number, slotNumber);
    made.network.clear();
    return made;
}

inline Nic liveNat(const char *macText, int number, int slotNumber)
{
    Nic made = liveBridged(macText, number, slotNumber);
    made.kind = NicKind::Network;
    made.network = str("default");
    made.bridge = str("virbr0");
    return made;
}

inline Nic persistent(const char *macText, const char *network, int slotNumber)
{
    Nic made = nic(NicKind::Network, macText, slotNumber);
    made.network = str(network);
    made.source.document = QStringLiteral("domain-inactive.xml");
    return made;
}

inline DomainForm form(const QList<Nic> &nics)
{
    DomainForm made;
    made.uuid = QStringLiteral("5f3a3a5e-0000-4000-8000-000000000001");
    made.nics = nics;
    made.agentChannel = true;
    made.agentConnected = true;
    made.source = {QStringLiteral("domain.xml"), 1, 60};
    return made;
}

/// A fragment, as xmllint cuts it out of a domain.
inline DomainForm fragment(const QList<Nic> &nics)
{
    DomainForm made = form(nics);
    made.uuid.clear();
    made.partial = true;
    return made;
}

// What bridges and neighbours say

inline FdbEntry learnedOn(const char *macText, const char *port, const char *bridge, int line)
{
    FdbEntry entry;
    entry.mac = mac(macText);
    entry.port = str(port);
    entry.bridge = str(bridge);
    entry.source = {QStringLiteral("fdb.json"), line, line};
    return entry;
}

inline Neighbour holds(const char *address, const char *macText, int line)
{
    Neighbour neighbour;
    neighbour.address = ip(address);
    if (macText)
        neighbour.mac = mac(macText);
    neighbour.state = macText ? QStringLiteral("STALE") : QStringLiteral("FAILED");
    neighbour.source = {QStringLiteral("neigh.json"), line, line};
    return neighbour;
}

// Inside a guest

inline Interface inside(const char *name, const char *macText, const char *address = nullptr,
                        int slotNumber = -1)
{
    Interface made;
    made.name = str(name);
    if (macText)
        made.mac = mac(macText);
    if (address)
        made.addresses.append({ip(address), 24});
    made.up = true;
    made.source = {QStringLiteral("ip-addr.json"), 1, 9};
    if (slotNumber >= 0)
        made.pci = Sourced<PciAddress>{slot(slotNumber),
                                       {QStringLiteral("interface-pci.txt"), slotNumber, slotNumber}};
    return made;
}

inline InterfaceConfig ifcfg(const char *device, const char *hwaddr, const char *address = nullptr)
{
    InterfaceConfig made;
    made.device = str(device);
    made.source = {QStringLiteral("ifcfg/ifcfg-") + made.device, 1, 12};
    if (hwaddr)
        made.hwaddr = Sourced<MacAddress>{mac(hwaddr), {made.source.document, 8, 8}};
    if (address) {
        made.addresses.append({{ip(address), 24}, {made.source.document, 12, 12}});
        made.method = AddressMethod::Static;
    } else {
        made.method = AddressMethod::Dhcp;
    }
    made.onBoot = true;
    return made;
}

inline Guest guest(const QList<Interface> &interfaces, const QList<InterfaceConfig> &configs)
{
    Guest made;
    made.system.interfaces = InterfaceList{interfaces, false};
    made.configs = configs;
    made.configsRead = true;
    return made;
}

/// A line of an ifcfg file, beside what ifcfg() makes of it.
inline void set(InterfaceConfig &config, const char *key, const char *value, int line = 5)
{
    config.settings.append({str(key), str(value), {config.source.document, line, line}});
}

/// A file of another format for the same.
inline InterfaceConfig configOf(ConfigFormat format, const char *file, const char *device,
                                const char *address = nullptr)
{
    InterfaceConfig made = ifcfg(device, nullptr, address);
    made.format = format;
    made.source.document = str(file);
    for (auto &one : made.addresses)
        one.source.document = made.source.document;
    made.onBoot.reset();
    return made;
}

inline Sourced<Ipv4> gateway(const char *text)
{
    return {ip(text), {QStringLiteral("ifcfg"), 11, 11}};
}

// Domains, hypervisors, fleets

inline Domain vm(const char *name, DomainState state = DomainState::Running)
{
    Domain made;
    made.name = str(name);
    made.state = state;
    made.persistent = true;
    made.source = {QStringLiteral("domains.txt"), 3, 3};
    return made;
}

inline Domain vm(const char *name, const DomainForm &live, const DomainForm &inactive, const Guest &in)
{
    Domain made = vm(name);
    made.live = live;
    made.inactive = inactive;
    made.live->name = made.inactive->name = made.name;
    made.guest = in;
    return made;
}

inline Network network(const char *name, const char *forward, const char *bridge)
{
    Network made;
    made.name = str(name);
    made.active = true;
    made.form = NetworkForm{};
    made.form->name = made.name;
    made.form->forward = str(forward);
    made.form->bridge = str(bridge);
    made.source = {QStringLiteral("networks.txt"), 3, 3};
    made.form->source = {QStringLiteral("network.xml"), 1, 6};
    return made;
}

/// The NAT network of hypervisor trop0N with its address, range and this reservation.
inline Network natNetwork(int number, const char *reservedMac = nullptr, const char *reservedFor = nullptr)
{
    Network made = network("default", "nat", "virbr0");
    made.form->address = InterfaceAddress{ip(natIp), 24};
    made.form->address->address = Ipv4((ip("192.168.200.1").bits()) + (static_cast<unsigned>(number) << 8));
    if (reservedMac)
        made.form->reservations.append(
            {mac(reservedMac), {}, str(reservedFor), {QStringLiteral("network.xml"), 14, 14}});
    return made;
}

/// An interface of a hypervisor.
inline Interface onHost(const char *name, const char *macText, const char *address = nullptr,
                        const char *kind = "")
{
    Interface made = inside(name, macText, address);
    made.kind = str(kind);
    made.source.document = QStringLiteral("host-ip-addr.json");
    return made;
}

inline Hypervisor hypervisor(const char *name, const QList<Domain> &domains)
{
    Hypervisor made;
    made.name = str(name);
    made.networks = QList<Network>{network("bridged", "bridge", "br0"), network("default", "nat", "virbr0")};
    made.domains = domains;
    return made;
}

inline Fleet fleet(const QList<Hypervisor> &hypervisors)
{
    Fleet made;
    made.name = QStringLiteral("tropo");
    made.taken = QDateTime({2023, 7, 18}, {16, 0}, Qt::UTC);
    made.hypervisors = hypervisors;
    return made;
}

inline Fleet fleetOf(const Domain &domain)
{
    return fleet({hypervisor("trop02", {domain})});
}

/// The seed's policy: four floats and four hypervisors; only those of `names` are expected.
inline Policy policy(const QStringList &names = {QStringLiteral("trop02")})
{
    Policy made;
    made.name = QStringLiteral("tropo");
    made.floatNetwork = QStringLiteral("bridged");
    made.floatSubnet = Subnet::fromString(u"129.215.175.0/24");
    for (int i = 0; i < 4; ++i)
        made.floats.append({QStringLiteral("float%1").arg(i + 1),
                            Ipv4(ip(float1Ip).bits() + static_cast<unsigned>(i)),
                            MacAddress(mac(float1Mac).bits() + static_cast<unsigned>(i)),
                            {QStringLiteral("fleet.toml"), 24 + 5 * i, 27 + 5 * i}});
    for (const QString &name : names) {
        const QString number = name.right(1);
        HypervisorPolicy one;
        one.name = name;
        one.macs = MacRange::fromString(QStringLiteral("52:54:00:02:0%1:00/40").arg(number));
        one.subnet = Subnet::fromString(QStringLiteral("192.168.20%1.0/24").arg(number));
        made.hypervisors.append(one);
    }
    return made;
}

// Containers

inline Container container(const char *id, const char *name, const char *image)
{
    Container made;
    made.id = str(id);
    made.name = str(name);
    made.image = str(image);
    made.state = ContainerState::Running;
    made.status = QStringLiteral("Up 4 weeks");
    made.source = {QStringLiteral("ps.txt"), 2, 2};
    return made;
}

/// A task of a replicated service.
inline Container task(const char *service, int slotNumber, const char *taskId, const char *image,
                      const char *serviceId = "")
{
    Container made = container(taskId, "", image);
    made.name = QStringLiteral("%1.%2.%3").arg(str(service), QString::number(slotNumber), str(taskId));
    made.task = SwarmTaskLabel{str(service), str(serviceId), str(taskId), slotNumber, {}};
    return made;
}

/// A task of a global service.
inline Container nodeTask(const char *service, const char *nodeId, const char *taskId)
{
    Container made = container(taskId, "", "agent:1");
    made.name = QStringLiteral("%1.%2.%3").arg(str(service), str(nodeId), str(taskId));
    made.task = SwarmTaskLabel{str(service), {}, str(taskId), {}, str(nodeId)};
    return made;
}

/// A healthy VM with one NAT NIC, whose MAC is in trop02's range and tells its address, and these containers.
inline Domain dockerHost(const char *name, const char *macText, const QList<Container> &containers,
                         const char *cluster = "")
{
    const QByteArray address = "192.168.202." + QByteArray::number(mac(macText).octet(5));
    Domain made = vm(name, form({liveNat(macText, 0, 3)}), form({persistent(macText, "default", 3)}),
                     guest({inside("ens3", macText, address.constData(), 3)}, {ifcfg("ens3", nullptr)}));
    made.guest->engine.containers = containers;
    made.guest->engine.clusterId = str(cluster);
    return made;
}

} // namespace tropo::build
