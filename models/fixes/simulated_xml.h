#pragma once

#include "models/address/pci_address.h"
#include "models/fleet/network.h"
#include "models/result.h"

#include <QByteArray>

namespace tropo {

// A description as libvirt would print it after a change; everything else stays as it was. Errors: Format
// (no well-formed domain), Refused (no such interface).

/// What libvirt adds to a NIC when it is plugged into a running domain.
struct PluggedWords
{
    QString tap;
    QString alias;
    QString bridge;         ///< where it ends up on the host
    bool isBridged = false; ///< its network forwards to that bridge: the live form's type is "bridge"
};

/// `interfaceXml` behind the other devices.
Result<QByteArray> withInterface(const QByteArray &domainXml, const QByteArray &interfaceXml);
Result<QByteArray> withoutInterface(const QByteArray &domainXml, MacAddress mac, const PciAddress &pci);
Result<QByteArray> withInterfaceLink(const QByteArray &domainXml, MacAddress mac, const PciAddress &pci,
                                     bool up);

/// A network's description with a reservation more, or without it.
Result<QByteArray> withReservation(const QByteArray &networkXml, const Reservation &one);
Result<QByteArray> withoutReservation(const QByteArray &networkXml, const Reservation &one);

/// A NIC's element as a running domain shows it.
QByteArray pluggedXml(const QByteArray &interfaceXml, const PluggedWords &words);

} // namespace tropo
