#pragma once

#include "models/address/ip_address.h"
#include "models/fleet/sourced.h"
#include "models/result.h"
#include "models/severity.h"

#include <QDate>
#include <QMap>
#include <QStringList>

namespace tropo {

struct HypervisorPolicy
{
    QString name;
    QString uri; ///< libvirt's; default qemu+ssh://NAME/system
    QString ssh; ///< host, user@host or user@host:port; default NAME
    std::optional<MacRange> macs;
    std::optional<Subnet> subnet;
    Source source;

    bool operator==(const HypervisorPolicy &) const = default;
};

struct GuestPolicy
{
    QString name; ///< NAME, or HYPERVISOR/NAME
    std::optional<Ipv4> address;
    QString user; ///< empty: as [guests] says
    Source source;

    bool operator==(const GuestPolicy &) const = default;
};

struct FloatPolicy
{
    QString name;
    Ipv4 address;
    MacAddress mac;
    Source source;

    bool operator==(const FloatPolicy &) const = default;
};

struct AcceptedFinding
{
    QString rule;
    QString subject;
    QString reason;
    std::optional<QDate> until; ///< last day that it is accepted
    Source source;

    bool operator==(const AcceptedFinding &) const = default;
};

/// What ought to be: the fleet file (`fleet-file.md`). Sources point into "fleet.toml".
struct Policy
{
    QString name;
    QList<HypervisorPolicy> hypervisors;
    QString guestUser;
    bool guestSudo = false;
    QList<GuestPolicy> guests;
    QString floatNetwork; ///< empty: floats may hang anywhere
    std::optional<Subnet> floatSubnet;
    std::optional<Ipv4> floatGateway;
    QList<FloatPolicy> floats;
    QStringList expectedNetworks;
    bool reservationOctet = false;
    QString declaredRepository; ///< empty: none
    QString declaredPath;       ///< with {hypervisor}
    bool declaredLocal = false;
    int connectSeconds = 10;
    int commandSeconds = 20;
    int parallel = 32;
    int stalePackagesDays = 365;
    QMap<QString, std::optional<Severity>> severities; ///< by rule; nothing: off
    QList<AcceptedFinding> accepted;

    bool operator==(const Policy &) const = default;
    const HypervisorPolicy *hypervisor(QStringView name) const;
    const FloatPolicy *floatWith(MacAddress mac) const;
    const FloatPolicy *floatWith(Ipv4 address) const;
    /// The guest's own entry: HYPERVISOR/NAME first, then NAME.
    const GuestPolicy *guest(QStringView hypervisor, QStringView domain) const;
};

} // namespace tropo
