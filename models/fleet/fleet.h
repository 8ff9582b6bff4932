#pragma once

#include "models/evidence/evidence.h"
#include "models/fleet/container.h"
#include "models/fleet/network.h"
#include "models/fleet/nic.h"

namespace tropo {

enum class DomainState { Unknown, Running, Paused, Suspended, ShutOff, ShuttingDown, Crashed };

/// A guest seen from inside.
struct Guest
{
    Machine system;
    QList<InterfaceConfig> configs;
    bool configsRead =
        false; ///< whether its interface files were looked at, so that an empty list means none
    std::optional<QList<PackageTransaction>> packages; ///< newest first
    Engine engine;

    bool operator==(const Guest &) const = default;
};

/// A snapshot that libvirt keeps of a domain.
struct DomainSnapshot
{
    QString name;
    QDateTime created;
    Source source;

    bool operator==(const DomainSnapshot &) const = default;
};

struct Domain
{
    QString name;
    QString uuid; ///< empty where no document says
    DomainState state = DomainState::Unknown;
    std::optional<bool> autostart;
    std::optional<bool> persistent;
    std::optional<DomainForm> live;
    std::optional<DomainForm> inactive; ///< what the next start uses
    std::optional<Guest> guest;         ///< nothing where nothing inside was read
    std::optional<QList<DomainSnapshot>> snapshots;
    Source source; ///< of the list that names it, else of its XML

    bool operator==(const Domain &) const = default;
    bool isRunning() const { return state == DomainState::Running; }
    bool isOff() const { return state == DomainState::ShutOff || state == DomainState::Crashed; }
    /// The form that describes it now: live where it runs, else persistent.
    const DomainForm *current() const { return live ? &*live : inactive ? &*inactive : nullptr; }
};

/// A volume of an active storage pool.
struct Volume
{
    QString pool;
    QString name;
    QString path;
    QString format;  ///< qcow2, raw, iso
    QString backing; ///< path of its backing volume; empty where none
    Source source;

    bool operator==(const Volume &) const = default;
};

struct Hypervisor
{
    QString name;
    Machine host;
    QString libvirtVersion;
    QString qemuVersion;
    Source versionSource; ///< of both versions
    std::optional<QList<Network>> networks;
    std::optional<QList<Domain>> domains;
    std::optional<QList<Volume>> volumes;                     ///< of every active pool
    std::optional<QList<InterfaceConfig>> declaredInterfaces; ///< of the declared configuration
    std::optional<QList<InterfaceConfig>>
        interfacesFile; ///< /etc/network/interfaces as it stands on the host
    QList<SourceError> errors;

    bool operator==(const Hypervisor &) const = default;
    const Domain *domain(QStringView name) const;
    const Network *network(QStringView name) const;
};

/// Whether a float's address answered when it was probed (only where the operator turned probing on).
struct Reachability
{
    Ipv4 address;
    bool answered = false;
    QString tried; ///< what was tried and how it ended: "tcp 80 and 443: no answer in 3 s"
    Source source;

    bool operator==(const Reachability &) const = default;
};

/// The whole fleet as one value, parsed from evidence. What was not read is nothing, not empty.
struct Fleet
{
    QString name;
    QDateTime taken;
    QList<Hypervisor> hypervisors;
    QList<Reachability> reachability;
    QList<Problem> problems; ///< of every document, in the order of their paths

    bool operator==(const Fleet &) const = default;
    const Hypervisor *hypervisor(QStringView name) const;
};

} // namespace tropo
