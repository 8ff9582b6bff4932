#pragma once

#include "models/address/ip_address.h"
#include "models/address/pci_address.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QStringList>

#include <optional>

namespace tropo::generator {

// A fleet as it stands, before any tool has printed anything of it. What follows from the rest (taps,
// forwarding tables, neighbours, routes to connected networks) is worked out where it is rendered.

/// A network interface as its own kernel has it.
struct WorldLink
{
    QString name;
    std::optional<MacAddress> mac;
    QList<InterfaceAddress> addresses;
    QString kind;       ///< "bridge", "tun", "veth", "vlan", "bond"; empty for a device
    QString master;     ///< bridge or bond that it is a port of
    QString masterKind; ///< "bridge" or "bond"
    std::optional<PciAddress> pci;
    bool up = true;
    bool carrier = true;
};

/// An interface as a file configures it: on a hypervisor or inside a guest.
struct WorldFile
{
    QString name; ///< of the file, where each interface has one
    QString device;
    std::optional<MacAddress> hwaddr;
    std::optional<MacAddress> macaddr;
    bool dhcp = false;
    std::optional<InterfaceAddress> address;
    std::optional<Ipv4> gateway;
    bool onBoot = true;
    bool defaultRoute = true; ///< takes the default route that DHCP offers
    QStringList bridgePorts;
    QString network;   ///< NETWORK= or network, where it is not what follows from address and mask
    QString broadcast; ///< the same of the broadcast address
    QList<QPair<QString, QString>> extra; ///< further keys, as the form writes them
};

enum class FileForm { Ifcfg, Keyfile, Netplan, Debian };

struct WorldOs
{
    QString id;
    QString name;
    QString version;
    QString pretty;
    QString kernel;
    FileForm form = FileForm::Debian; ///< how its interfaces are configured
};

struct WorldPort
{
    int host = 0;
    int container = 0;
};

struct WorldContainer
{
    QString id;
    QString name;
    QString image;
    QStringList command; ///< path and arguments
    QString state = QStringLiteral("running");
    QString health; ///< "healthy", "unhealthy"; empty where it has no check
    QDateTime created;
    QDateTime started;
    QList<WorldPort> ports;
    QMap<QString, QString> labels;
    std::optional<WorldOs> os; ///< nothing: an image without os-release
    QString network = QStringLiteral("bridge");
};

struct WorldService
{
    QString id;
    QString name;
    QString mode = QStringLiteral("replicated");
    QString image;
    int running = 1;
    int desired = 1;
    QString update; ///< state in UpdateStatus; empty: never updated
};

struct WorldTask
{
    QString id;
    QString name; ///< "ft_gillian.1"
    QString image;
    QString node; ///< host name
    QString desired = QStringLiteral("Running");
    QString current; ///< "Running 4 weeks ago"
    QString error;
};

struct WorldNode
{
    QString id;
    QString hostname;
    QString status = QStringLiteral("Ready");
    QString availability = QStringLiteral("Active");
    QString manager; ///< Leader, Reachable or empty
};

/// A Swarm, as its managers see it.
struct WorldSwarm
{
    QString cluster;
    QString stack;
    QList<WorldService> services;
    QList<WorldTask> tasks;
    QList<WorldNode> nodes;

    bool exists() const { return !cluster.isEmpty(); }
};

struct WorldEngine
{
    QString version;
    QString node; ///< its node in the Swarm; empty: in none
    bool manager = false;
    QList<WorldContainer> containers;
    bool asTable = false; ///< only `docker ps` was copied
};

struct WorldFilesystem
{
    QString device;
    QString mount;
    qint64 kib = 0;
    qint64 usedKib = 0;
};

struct WorldRoute
{
    Ipv4 gateway;
    QString device;
    std::optional<int> metric;
};

/// The inside of a running VM.
struct WorldGuest
{
    QString hostname;
    WorldOs os;
    qint64 clockAhead = 0; ///< seconds
    QString machineId;
    QStringList sshKeys; ///< "ssh-ed25519 AAAA… root@NAME"
    QList<WorldFilesystem> filesystems;
    QList<QPair<MacAddress, QString>> udevNames;
    QDateTime lastPackage;
    QList<WorldLink> links;
    QList<WorldFile> files;
    QList<WorldRoute> defaults; ///< default routes that stand
    std::optional<WorldEngine> engine;
    enum class Listing { Json, Text, Ifconfig } listing = Listing::Json;
    bool elided = false; ///< its listing was pasted with lines left out

    WorldLink *link(const QString &name);
    WorldFile *file(const QString &device);
};

struct WorldNic
{
    MacAddress mac;
    QString network; ///< libvirt network; empty where it is typed as a bridge
    QString bridge;  ///< where it is typed as a bridge
    PciAddress pci;
    QString model = QStringLiteral("virtio");
    QString tap;                      ///< live only
    QString alias;                    ///< live only
    bool plainBridge = false;         ///< live form as older libvirt prints it: the bridge alone
    std::optional<MacAddress> tapMac; ///< where it is not the MAC with the first octet fe
};

struct WorldDisk
{
    QString device = QStringLiteral("disk");
    QString format = QStringLiteral("qcow2");
    QString path; ///< empty for an empty drive
    QString target;
    bool readOnly = false;
    bool shareable = false;
    QStringList backing; ///< nearest first
};

struct WorldSnapshot
{
    QString name;
    QDateTime created;
};

struct WorldVm
{
    QString name;
    QString uuid;
    bool running = true;
    bool autostart = true;
    bool persistent = true;
    bool q35 = false;
    int id = 0;
    QList<WorldNic> live;
    QList<WorldNic> next; ///< NICs of the persistent description
    QList<WorldDisk> disks;
    bool agentChannel = true;
    bool agentConnected = true;
    QList<WorldSnapshot> snapshots;
    std::optional<WorldGuest> guest;

    WorldNic *liveNic(const QString &place); ///< on this network or bridge
    WorldNic *nextNic(const QString &place);
    /// A PCI address that nothing of the VM has.
    PciAddress freePci() const;
};

struct WorldReservation
{
    MacAddress mac;
    Ipv4 address;
    QString name;
};

struct WorldLease
{
    MacAddress mac;
    Ipv4 address;
    QString hostname;
};

struct WorldNetwork
{
    QString name;
    QString uuid;
    bool active = true;
    bool autostart = true;
    QString forward;
    QString bridge;
    std::optional<MacAddress> mac;
    std::optional<InterfaceAddress> address;
    Ipv4 rangeStart;
    Ipv4 rangeEnd;
    QList<WorldReservation> reservations;
    QList<WorldLease> leases;

    WorldReservation *reservation(MacAddress wanted);
};

struct WorldVolume
{
    QString path;
    QString format;
    QString backing;
};

struct WorldHypervisor
{
    QString name;
    int number = 0; ///< from 1
    WorldOs os;
    qint64 clockAhead = 0;
    QString libvirt = QStringLiteral("9.0.0");
    QString qemu = QStringLiteral("7.2.4");
    QString machineId;
    QStringList sshKeys;
    QList<WorldFilesystem> filesystems;
    QList<WorldLink> links; ///< without the taps of running VMs
    std::optional<Ipv4> gateway;
    QList<WorldFile> interfaces; ///< /etc/network/interfaces
    QList<WorldFile> declaredInterfaces;
    QList<WorldNetwork> networks;
    QList<WorldNetwork> declaredNetworks;
    QList<WorldVolume> volumes; ///< beside the disks of its VMs
    QList<WorldVm> vms;
    bool textForms = false;  ///< ip, brctl and virsh as people type them
    bool tableForms = false; ///< virsh's tables in place of the lists
    QStringList missing;     ///< documents that were not read, below its folder

    WorldLink *link(const QString &name);
    WorldNetwork *network(const QString &name);
    WorldNetwork *declared(const QString &name);
    WorldFile *file(const QString &device);
    WorldFile *declaredFile(const QString &device);
    QString subject() const { return name; }
    QString vmSubject(const WorldVm &vm) const { return QString(name + QStringLiteral("/vm/") + vm.name); }
    /// The bridge that a NIC hangs on; empty where its network is not there.
    QString bridgeOf(const WorldNic &nic) const;
    MacAddress mac(int octet) const; ///< of its range
    Ipv4 natAddress(int octet) const;
};

struct WorldFloat
{
    QString name;
    Ipv4 address;
    MacAddress mac;
    QString holder; ///< name of the VM; empty: free
};

struct WorldError
{
    QString hypervisor;
    QString source;
    QString text;
};

struct WorldProbe
{
    Ipv4 address;
    bool answered = true;
};

struct World
{
    quint64 seed = 0;
    QDateTime taken;
    QList<WorldHypervisor> hypervisors;
    QList<WorldFloat> floats;
    WorldSwarm swarm;
    Ipv4 publicGateway;
    int publicPrefix = 24;
    Ipv4 privateBase;
    int privatePrefix = 24;
    int nextPrivate = 10; ///< next free address and MAC of the private segment
    QList<WorldError> errors;
    QList<WorldProbe> probes;

    /// A MAC and an address of the private segment that nobody has.
    MacAddress privateMac(int number) const;
    Ipv4 privateAddress(int number) const { return Ipv4(privateBase.bits() + static_cast<quint32>(number)); }
    WorldFloat *floatOf(const QString &vm);
};

/// The network and bridges of the notes.
inline const QString natNetwork = QStringLiteral("default");
inline const QString publicNetwork = QStringLiteral("bridged");
inline const QString privateBridge = QStringLiteral("br1");

} // namespace tropo::generator
