#pragma once

#include "models/fixes/action.h"

namespace tropo {

// What must be so on a machine, before or after a step; always read from the machine. All are written so that
// they can be asked at any time and change nothing (AddressSilent sends ARP probes).

/// The NIC is in that form, at that slot, with that MAC; or is not.
struct NicIs
{
    NicPlace nic;
    bool present = true;
    bool operator==(const NicIs &) const = default;
};

/// The NICs of one form that have a MAC are exactly these many.
struct NicCount
{
    VmPlace vm;
    NicForm form = NicForm::Live;
    MacAddress mac;
    int count = 1;
    bool operator==(const NicCount &) const = default;
};

/// Over all hypervisors named, exactly these VMs have a NIC with the MAC, in either form.
struct HoldersAre
{
    MacAddress mac;
    QStringList hypervisors; ///< to be asked
    QStringList subjects;    ///< "trop02/vm/Acilamwen", sorted
    bool operator==(const HoldersAre &) const = default;
};

/// No bridge of these hypervisors has just learned the MAC behind a tap: no VM sends with it, whatever its
/// description says.
struct NobodySends
{
    MacAddress mac;
    QStringList hypervisors;
    bool operator==(const NobodySends &) const = default;
};

struct SlotIsFree
{
    VmPlace vm;
    NicForm form = NicForm::Live;
    PciAddress pci;
    bool operator==(const SlotIsFree &) const = default;
};

/// The domain runs and is not paused: a detach on a suspended guest reports success and does nothing.
struct DomainRuns
{
    VmPlace vm;
    bool operator==(const DomainRuns &) const = default;
};

struct NicLinkIs
{
    NicPlace nic;
    bool up = true;
    bool operator==(const NicLinkIs &) const = default;
};

/// What the guest sees of the cable of the NIC at that slot.
struct CarrierInside
{
    VmPlace vm;
    PciAddress pci;
    bool up = true;
    bool operator==(const CarrierInside &) const = default;
};

/// Tells which of the interfaces inside have no carrier. Always holds: it is asked for what it tells.
struct CarriersInside
{
    VmPlace vm;
    QStringList devices;
    bool operator==(const CarriersInside &) const = default;
};

/// The file has that checksum; an empty one: it does not exist.
struct GuestFileIs
{
    VmPlace vm;
    QString path;
    QString sha256;
    bool operator==(const GuestFileIs &) const = default;
};

/// An interface inside has the address now, on the NIC at that slot where one is given; or none has it.
struct GuestAddressIs
{
    VmPlace vm;
    Ipv4 address;
    std::optional<PciAddress> pci;
    bool present = true;
    bool operator==(const GuestAddressIs &) const = default;
};

/// A way into the guest that is not the float itself.
struct GuestReachable
{
    VmPlace vm;
    bool operator==(const GuestReachable &) const = default;
};

/// Nobody answers ARP for the address on the bridge, as seen from that hypervisor.
struct AddressSilent
{
    QString hypervisor;
    QString bridge;
    Ipv4 address;
    bool operator==(const AddressSilent &) const = default;
};

/// Somebody answers ARP for the address on the bridge with that MAC, as seen from that hypervisor.
struct AddressAnswers
{
    QString hypervisor;
    QString bridge;
    Ipv4 address;
    MacAddress mac;
    bool operator==(const AddressAnswers &) const = default;
};

/// The bridge has learned the MAC behind the tap of the NIC at that slot.
struct BridgeLearned
{
    NicPlace nic; ///< live
    QString bridge;
    bool operator==(const BridgeLearned &) const = default;
};

struct DomainAutostartIs
{
    VmPlace vm;
    bool on = true;
    bool operator==(const DomainAutostartIs &) const = default;
};
struct NetworkAutostartIs
{
    NetworkPlace network;
    bool on = true;
    bool operator==(const NetworkAutostartIs &) const = default;
};
struct NetworkActiveIs
{
    NetworkPlace network;
    bool active = true;
    bool operator==(const NetworkActiveIs &) const = default;
};

struct NetworkDefined
{
    NetworkPlace network;
    bool defined = true;
    bool operator==(const NetworkDefined &) const = default;
};

/// The running network hands this reservation out, or has none such.
struct ReservationIs
{
    NetworkPlace network;
    std::optional<MacAddress> mac;
    std::optional<Ipv4> address;
    QString name;
    bool present = true;
    bool operator==(const ReservationIs &) const = default;
};

/// The network's description means the same as this one (order and what libvirt adds aside).
struct NetworkIs
{
    NetworkPlace network;
    QByteArray xml;
    bool persistent = false; ///< of the description; else of what runs
    bool operator==(const NetworkIs &) const = default;
};

enum class ContainerPhase { Running, Stopped, Absent };
/// The container with that id is in that phase, and still of that task.
struct ContainerIs
{
    ContainerPlace container;
    ContainerPhase phase = ContainerPhase::Running;
    bool operator==(const ContainerIs &) const = default;
};

/// The Swarm does not want the container's task to run: it does not know it, or wants it shut down.
struct TaskUnwanted
{
    VmPlace manager;
    ContainerPlace container;
    bool operator==(const TaskUnwanted &) const = default;
};

struct ServiceReplicasAre
{
    VmPlace manager;
    QString serviceId;
    QString name;
    int desired = 0;
    std::optional<int> running; ///< nothing: however many run
    bool operator==(const ServiceReplicasAre &) const = default;
};

/// The timer runs, and its time is not over; or it does not run any more and will not.
struct RevertArmed
{
    RevertPlace place;
    bool armed = true;
    bool operator==(const RevertArmed &) const = default;
};

using Condition =
    std::variant<NicIs, NicCount, HoldersAre, NobodySends, SlotIsFree, DomainRuns, NicLinkIs, CarrierInside,
                 CarriersInside, GuestFileIs, GuestAddressIs, GuestReachable, AddressSilent, AddressAnswers,
                 BridgeLearned, DomainAutostartIs, NetworkAutostartIs, NetworkActiveIs, NetworkDefined,
                 ReservationIs, NetworkIs, ContainerIs, TaskUnwanted, ServiceReplicasAre, RevertArmed>;

/// What CarriersInside tells: "inside, ens8 has no carrier".
QString carrierWords(const QStringList &without);

/// The condition as a sentence: "Acilamwen's live NIC 52:54:00:00:01:01 at 0000:00:08.0 is there".
QString conditionText(const Condition &condition);

} // namespace tropo
