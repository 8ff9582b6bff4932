#pragma once

#include "models/address/pci_address.h"
#include "models/result.h"

#include <QByteArray>
#include <QList>

namespace tropo {

/// The PCI addresses of a domain, as one of its descriptions has them (formatdomain, "Controllers" and
/// "Device Addresses"): what is taken, and where a NIC can be plugged in.
struct PciSlots
{
    QList<PciAddress> taken;
    QList<PciAddress> free; ///< ascending; on a PCI root bus its slots, on PCI Express one a free root port

    bool operator==(const PciSlots &) const = default;
};

/// Errors (Format): the description cannot be read.
Result<PciSlots> pciSlotsOf(const QByteArray &domainXml);

/// The lowest slot that is free in both descriptions, so that the NIC has the same name inside after a
/// restart. Nothing where there is none.
std::optional<PciAddress> commonFreeSlot(const PciSlots &live, const PciSlots &persistent);

} // namespace tropo
