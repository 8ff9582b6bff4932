#pragma once

#include "models/address/ip_address.h"
#include "models/address/pci_address.h"
#include "models/fleet/sourced.h"

namespace tropo {

/// A network interface as its own kernel shows it (`ip addr`, `ifconfig`), on a hypervisor or inside a guest.
struct Interface
{
    QString name;
    std::optional<MacAddress> mac;
    QList<InterfaceAddress> addresses;
    QList<InterfaceAddress6> addresses6;
    std::optional<bool> up;      ///< administratively up
    std::optional<bool> carrier; ///< has a link (LOWER_UP, RUNNING)
    std::optional<int> mtu;      ///< bytes
    QString kind;                ///< linkinfo kind: "bridge", "tun", "veth", …; empty where not said
    QString master;              ///< the bridge it is a port of; empty where none or not said
    std::optional<Sourced<PciAddress>> pci; ///< from interface-pci.txt
    Source source;

    bool operator==(const Interface &) const = default;
    bool isLoopback() const { return name == QLatin1String("lo"); }
};

/// What a listing of interfaces holds. A listing pasted by hand may leave lines out ("...."): then what is
/// absent from it is not known to be absent.
struct InterfaceList
{
    QList<Interface> items;
    bool elided = false;

    bool operator==(const InterfaceList &) const = default;
    const Interface *find(QStringView name) const
    {
        for (const Interface &item : items)
            if (item.name == name)
                return &item;
        return nullptr;
    }
};

struct Route
{
    std::optional<Subnet> destination; ///< nothing: the default route
    std::optional<Ipv4> gateway;
    QString device;
    std::optional<int> metric;
    Source source;
    bool multipath = false; ///< one of several next hops of one route, which share its traffic on purpose

    bool operator==(const Route &) const = default;
};

/// An entry of the ARP table (`ip neigh`).
struct Neighbour
{
    Ipv4 address;
    std::optional<MacAddress> mac;
    QString device;
    QString state; ///< REACHABLE, STALE, FAILED, …
    Source source;

    bool operator==(const Neighbour &) const = default;
};

/// A port of a bridge (`bridge link`, `brctl show`).
struct BridgePort
{
    QString bridge;
    QString port;  ///< empty where brctl shows a bridge without ports
    QString state; ///< forwarding, disabled, …; empty where not said
    Source source;

    bool operator==(const BridgePort &) const = default;
};

/// An entry of a bridge's forwarding table (`bridge fdb`): behind which port a MAC was seen.
struct FdbEntry
{
    MacAddress mac;
    QString port;
    QString bridge; ///< "master" of the entry; empty where not said
    QString state;  ///< "permanent", "static" or empty for learned
    std::optional<int> vlan;
    Source source;

    bool operator==(const FdbEntry &) const = default;
    bool isLearned() const { return state.isEmpty(); }
};

} // namespace tropo
