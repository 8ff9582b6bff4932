#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// An interface inside a guest as a simulation takes it to be.
struct AssumedInterface
{
    Interface interface;
    std::optional<PciAddress> pci;
};

/// The interfaces of a guest with the slots that they sit in, worked out from its whole live description;
/// `reserved` are the addresses that its networks reserve for its MACs.
QList<AssumedInterface> assumedInterfaces(const Domain &domain, const QMap<MacAddress, Ipv4> &reserved);

/// As `ip -j addr` and the probe's list of PCI addresses print them.
QByteArray ipAddrText(const QList<AssumedInterface> &interfaces);
QByteArray interfacePciText(const QList<AssumedInterface> &interfaces);

} // namespace tropo
