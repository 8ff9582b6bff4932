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

/// A running system seen from inside: a hypervisor's own or a guest's. What was not read is nothing, not
/// empty.
struct Machine
{
    std::optional<Sourced<QString>> hostname;
    std::optional<Sourced<QDateTime>> clock;
    std::optional<OsRelease> os;
    std::optional<InterfaceList> interfaces;
    std::optional<QList<Route>> routes;
    std::optional<QList<Neighbour>> neighbours;
    std::optional<QList<BridgePort>> bridgePorts;
    std::optional<QList<FdbEntry>> fdb;

    bool operator==(const Machine &) const = default;
    bool isEmpty() const { return *this == Machine{}; }
};

} // namespace tropo
