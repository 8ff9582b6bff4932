#pragma once

#include "models/fleet/interface_config.h"

#include <QByteArray>

#include <optional>

namespace tropo {

/// A static address as a file of its own shall configure it.
struct AddressSettings
{
    QString device;                ///< the interface inside the guest: "ens5"
    std::optional<MacAddress> mac; ///< the NIC that the file is bound to; nothing: bound by name
    Ipv4 address;
    int prefix = 24;             ///< bits
    std::optional<Ipv4> gateway; ///< of the default route
    bool onBoot = true;

    bool operator==(const AddressSettings &) const = default;
};

/// A file as it shall stand on a guest.
struct GuestFile
{
    ConfigFormat format = ConfigFormat::Ifcfg;
    QString path; ///< on the guest
    QByteArray text;
    int mode = 0644;

    bool operator==(const GuestFile &) const = default;
};

/// Which of the interfaces that a text configures an edit means.
struct InterfaceEntry
{
    ConfigFormat format = ConfigFormat::Ifcfg;
    QString device; ///< InterfaceConfig::device; empty where the entry names none
    int line = 0;   ///< InterfaceConfig::source.first; 0: by device alone, which must then be the only one

    bool operator==(const InterfaceEntry &) const = default;
    static InterfaceEntry of(const InterfaceConfig &config)
    {
        return {config.format, config.device, config.source.first};
    }
};

/// One static address becomes another.
struct AddressChange
{
    Ipv4 from;
    Ipv4 to;
    int prefix = 24;             ///< bits, of `to`
    std::optional<Ipv4> gateway; ///< nothing: what the file says stays, if it lies in the new network

    bool operator==(const AddressChange &) const = default;
};

} // namespace tropo
