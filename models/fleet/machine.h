#pragma once

#include "models/fleet/interface.h"
#include "models/fleet/interface_config.h"

#include <QDateTime>

namespace tropo {

/// What os-release or redhat-release says.
struct OsRelease
{
    QString id;      ///< lower case as in os-release: "fedora", "centos", "debian"
    QString version; ///< VERSION_ID: "28", "7", "12"
    QString pretty;  ///< as printed: "Fedora release 28 (Twenty Eight)"
    Source source;

    bool operator==(const OsRelease &) const = default;
};

/// A transaction of the package manager. Newest first in a history.
struct PackageTransaction
{
    int id = 0; ///< 0 where the form has none (dpkg.log)
    QString command;
    QDateTime time; ///< local time of the machine, minutes or seconds
    QString action;
    Source source;

    bool operator==(const PackageTransaction &) const = default;
};

/// A public SSH host key (ssh_host_*_key.pub).
struct SshHostKey
{
    QString type; ///< "ssh-ed25519"
    QString key;  ///< base64 as it stands
    Source source;

    bool operator==(const SshHostKey &) const = default;
};

/// A mounted file system (`df -kP`).
struct Filesystem
{
    QString device;
    QString mount;
    qint64 kib = 0; ///< size, KiB
    qint64 usedKib = 0;
    qint64 availableKib = 0; ///< for users other than root
    Source source;

    bool operator==(const Filesystem &) const = default;
    /// As df's Capacity column: used of what users can have, in per cent; nothing for an empty one.
    std::optional<double> usedPercent() const
    {
        const qint64 all = usedKib + availableKib;
        return all > 0 ? std::optional(100.0 * static_cast<double>(usedKib) / static_cast<double>(all))
                       : std::nullopt;
    }
};

/// A name that udev keeps for a MAC (70-persistent-net.rules).
struct PersistentName
{
    MacAddress mac;
    QString name;
    Source source;

    bool operator==(const PersistentName &) const = default;
};

/// A running system seen from inside: a hypervisor's own or a guest's. What was not read is nothing, not
/// empty.
struct Machine
{
    std::optional<Sourced<QString>> hostname;
    std::optional<Sourced<QDateTime>> clock;
    QDateTime clockRead; ///< when the clock was read, by the collector's clock; invalid where not known
    std::optional<Sourced<QString>> kernel;    ///< uname -r
    std::optional<Sourced<QString>> machineId; ///< 32 hex digits
    std::optional<OsRelease> os;
    std::optional<InterfaceList> interfaces;
    std::optional<QList<Route>> routes;
    std::optional<QList<Neighbour>> neighbours;
    std::optional<QList<BridgePort>> bridgePorts;
    std::optional<QList<FdbEntry>> fdb;
    std::optional<QList<SshHostKey>> sshHostKeys;
    std::optional<QList<Filesystem>> filesystems;
    std::optional<QList<PersistentName>> persistentNames;

    bool operator==(const Machine &) const = default;
    bool isEmpty() const { return *this == Machine{}; }
};

} // namespace tropo
