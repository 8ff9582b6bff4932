#pragma once

#include "models/address/ip_address.h"
#include "models/fleet/sourced.h"

namespace tropo {

enum class ConfigFormat { Ifcfg, Keyfile, Netplan, DebianInterfaces };
enum class AddressMethod { Unknown, Static, Dhcp, None };

/// One key of a configuration file as it stands, quotes removed.
struct Setting
{
    QString key;
    QString value;
    Source source;

    bool operator==(const Setting &) const = default;
};

/// One interface as a file configures it: an ifcfg file, a NetworkManager keyfile, an interface of a netplan
/// file, a stanza of Debian's interfaces.
struct InterfaceConfig
{
    ConfigFormat format = ConfigFormat::Ifcfg;
    QString device; ///< the interface it names; empty where it is bound otherwise
    std::optional<Sourced<MacAddress>>
        hwaddr; ///< the NIC it is bound to (HWADDR, mac-address, match.macaddress)
    std::optional<Sourced<MacAddress>>
        macaddr; ///< the MAC it sets (MACADDR, cloned-mac-address, macaddress, hwaddress)
    QList<Sourced<InterfaceAddress>> addresses;
    std::optional<Sourced<Ipv4>> gateway;
    AddressMethod method = AddressMethod::Unknown;
    std::optional<bool> onBoot;
    std::optional<Sourced<QString>> master; ///< the bridge it becomes a port of
    QList<Sourced<QString>> bridgePorts;    ///< where it configures a bridge itself
    QList<Setting> settings;                ///< every key, in the file's order; secrets as "<withheld>"
    Source source;

    bool operator==(const InterfaceConfig &) const = default;
    bool configuresAddress() const { return !addresses.isEmpty() || method == AddressMethod::Dhcp; }
};

} // namespace tropo
