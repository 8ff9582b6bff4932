#pragma once

#include "models/evidence/evidence.h"
#include "models/fleet/nic.h"
#include "models/result.h"

namespace tropo {

/// The <interface> element of a NIC as it can be given back to libvirt: what it says of itself alone (tap,
/// alias, port, the bridge behind a network) is left out, everything a person set is kept. One line. Errors:
/// the document or the element is not there (a capture by hand).
Result<QByteArray> interfaceXml(const Evidence &evidence, const Nic &nic);

/// The same, plugged in or out.
QByteArray withLink(const QByteArray &interfaceXml, bool up);
/// The same at another slot.
QByteArray withSlot(const QByteArray &interfaceXml, const PciAddress &pci);

/// A new virtio NIC. `place` is a libvirt network where `isNetwork`, else a bridge of the host.
QByteArray newInterfaceXml(const MacAddress &mac, const QString &place, bool isNetwork,
                           const PciAddress &pci);

/// A description's element as several indented lines, for people.
QString readableXml(const QByteArray &xml);

} // namespace tropo
