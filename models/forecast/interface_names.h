#pragma once

#include "models/address/mac_address.h"
#include "models/address/pci_address.h"

#include <QString>

namespace tropo {

/// How a guest's system names an interface (systemd.net-naming-scheme(7)), as far as its name and its place
/// tell. An interface that an own rule renamed (udev, netplan's set-name) fits none of these.
enum class NamedBy {
    Unknown,
    Slot,  ///< ens7: the hotplug slot, which on the first PCI bus is the device's number
    Path,  ///< enp1s0: the PCI address
    Order, ///< eth0: counted as the kernel finds them
    Mac,   ///< enx525400000101
};

NamedBy namedBy(const QString &name, const std::optional<PciAddress> &pci,
                const std::optional<MacAddress> &mac);

/// The name at that place; empty where the way does not tell (Unknown, Order, a slot on another bus).
QString nameFor(NamedBy how, const std::optional<PciAddress> &pci, const std::optional<MacAddress> &mac);

} // namespace tropo
