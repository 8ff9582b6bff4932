#pragma once

#include "models/address/ip_address.h"
#include "models/fixes/place.h"

#include <chrono>
#include <variant>

namespace tropo {

// What a step does to a machine. Values only: what they mean to a real fleet stands in ssh/apply, what they
// mean to a simulated one in simulated_fleet.

/// Takes a NIC from one form of a domain: by its exact description, with MAC and PCI address.
struct DetachNic
{
    NicPlace nic;
    QByteArray xml; ///< the <interface> element as it was read
    bool operator==(const DetachNic &) const = default;
};

struct AttachNic
{
    NicPlace nic;    ///< with the slot that it is to have
    QString network; ///< libvirt network, or
    QString bridge;  ///< host bridge, where no network stands for it
    QByteArray xml;  ///< the <interface> element
    bool operator==(const AttachNic &) const = default;
};

/// Plugs a live NIC's cable, or pulls it: the gentlest proof that it is the right one.
struct SetNicLink
{
    NicPlace nic;
    bool up = true;
    QByteArray xml; ///< the <interface> element as it was read
    bool operator==(const SetNicLink &) const = default;
};

struct SetDomainAutostart
{
    VmPlace vm;
    bool on = true;
    bool operator==(const SetDomainAutostart &) const = default;
};

struct NetworkPlace
{
    QString hypervisor;
    QString name;
    bool operator==(const NetworkPlace &) const = default;
};

struct SetNetworkAutostart
{
    NetworkPlace network;
    bool on = true;
    bool operator==(const SetNetworkAutostart &) const = default;
};

struct SetNetworkActive
{
    NetworkPlace network;
    bool active = true; ///< start, or destroy
    bool operator==(const SetNetworkActive &) const = default;
};

/// Replaces the persistent description; the running one follows at its next start.
struct DefineNetwork
{
    NetworkPlace network;
    QByteArray xml;
    bool operator==(const DefineNetwork &) const = default;
};

/// Forgets a network that does not run.
struct UndefineNetwork
{
    NetworkPlace network;
    bool operator==(const UndefineNetwork &) const = default;
};

/// Adds or removes a DHCP reservation, in the running network and in its description, without a restart.
struct ChangeReservation
{
    NetworkPlace network;
    bool add = true;
    std::optional<MacAddress> mac;
    std::optional<Ipv4> address;
    QString name;
    bool operator==(const ChangeReservation &) const = default;
};

/// Writes a file inside a guest. What stands there before must have the checksum that was read.
struct WriteGuestFile
{
    VmPlace vm;
    QString path;
    QByteArray content;
    QString oldSha256; ///< hex; empty: the file must not exist
    int mode = 0644;   ///< of a new file; an old one keeps its own
    bool operator==(const WriteGuestFile &) const = default;
};

/// Removes a file inside a guest; a copy is kept there.
struct RemoveGuestFile
{
    VmPlace vm;
    QString path;
    QString oldSha256;
    bool operator==(const RemoveGuestFile &) const = default;
};

/// Brings an interface inside a guest up by its file, or down.
struct SetGuestInterface
{
    VmPlace vm;
    QString device;                ///< as named now; where it is not known before the NIC is attached:
    std::optional<PciAddress> pci; ///< the live NIC's slot tells it
    QString path; ///< of the file that configures it; empty: none, only the address comes or goes
    bool up = true;
    QString address; ///< that goes or comes with it: "129.215.175.100/24"
    bool operator==(const SetGuestInterface &) const = default;
};

/// Gratuitous ARP from inside, both forms, several rounds 2 s apart.
struct AnnounceAddress
{
    VmPlace vm;
    std::optional<PciAddress> pci; ///< of the live NIC
    QString device;
    Ipv4 address;
    MacAddress mac;
    int rounds = 3;
    bool operator==(const AnnounceAddress &) const = default;
};

/// A container of one engine; by full id, never by name.
struct ContainerPlace
{
    VmPlace vm;
    QString id;
    QString name;   ///< for people
    QString taskId; ///< its Swarm task; empty: none
    bool operator==(const ContainerPlace &) const = default;
};

/// Keeps `docker inspect` and the last 200 log lines beside the journal.
struct SaveContainer
{
    ContainerPlace container;
    bool operator==(const SaveContainer &) const = default;
};

/// Stops, starts again or removes one container: no force, no volumes. A Swarm's task is never started.
struct StopContainer
{
    ContainerPlace container;
    bool operator==(const StopContainer &) const = default;
};
struct StartContainer
{
    ContainerPlace container;
    bool operator==(const StartContainer &) const = default;
};
struct RemoveContainer
{
    ContainerPlace container;
    bool operator==(const RemoveContainer &) const = default;
};

struct ScaleService
{
    VmPlace manager;
    QString serviceId;
    QString name;
    int replicas = 0;
    bool operator==(const ScaleService &) const = default;
};

/// Nothing, for a while: what is in progress may end by itself.
struct Wait
{
    std::chrono::milliseconds time{0};
    bool operator==(const Wait &) const = default;
};

/// A timer that takes a part of the plan back unless it is disarmed: it outlives this program. Its time
/// begins anew with everything else that the plan does.
struct ArmRevert
{
    RevertPlace place;
    int seconds = 300;
    QByteArray script; ///< for sh, as root: what it runs
    bool operator==(const ArmRevert &) const = default;
};
/// Keeps what the plan did.
struct DisarmRevert
{
    QList<RevertPlace> places;
    bool operator==(const DisarmRevert &) const = default;
};

/// Writes a file on the operator's own machine: a patch for the declared repository.
struct WriteLocalFile
{
    QString path;
    QByteArray content;
    bool operator==(const WriteLocalFile &) const = default;
};

using Action =
    std::variant<DetachNic, AttachNic, SetNicLink, SetDomainAutostart, SetNetworkAutostart, SetNetworkActive,
                 DefineNetwork, UndefineNetwork, ChangeReservation, WriteGuestFile, RemoveGuestFile,
                 SetGuestInterface, AnnounceAddress, SaveContainer, StopContainer, StartContainer,
                 RemoveContainer, ScaleService, Wait, ArmRevert, DisarmRevert, WriteLocalFile>;

} // namespace tropo
