#pragma once

#include "models/address/ip_address.h"
#include "models/fleet/sourced.h"

#include <QDateTime>

namespace tropo {

/// A DHCP reservation: <host> in a network's XML.
struct Reservation
{
    std::optional<MacAddress> mac;
    std::optional<Ipv4> address;
    QString name;
    Source source;

    bool operator==(const Reservation &) const = default;
};

struct Lease
{
    MacAddress mac;
    std::optional<Ipv4> address;
    QString hostname;
    QDateTime expires;
    Source source;

    bool operator==(const Lease &) const = default;
};

struct DhcpRange
{
    Ipv4 start;
    Ipv4 end;

    bool operator==(const DhcpRange &) const = default;
};

/// One description of a libvirt network (formatnetwork): running or declared.
struct NetworkForm
{
    QString name;
    QString uuid;
    QString forward; ///< "nat", "bridge", "route", …; empty for an isolated network
    QString bridge;
    std::optional<MacAddress> mac;
    std::optional<InterfaceAddress> address; ///< first IPv4 address of the network
    QList<DhcpRange> ranges;
    QList<Reservation> reservations;
    Source source;

    bool operator==(const NetworkForm &) const = default;
    std::optional<Subnet> subnet() const
    {
        if (!address || !address->prefix)
            return {};
        return Subnet::of(address->address, *address->prefix);
    }
};

struct Network
{
    QString name;
    std::optional<bool> active;
    std::optional<bool> autostart;
    std::optional<bool> persistent;
    std::optional<NetworkForm> form;     ///< what libvirt says
    std::optional<NetworkForm> declared; ///< what the declared configuration says
    std::optional<QList<Lease>> leases;
    Source source; ///< of the list that names it

    bool operator==(const Network &) const = default;
    /// What is known of its shape: what runs, else what is declared.
    const NetworkForm *known() const { return form ? &*form : declared ? &*declared : nullptr; }
};

} // namespace tropo
