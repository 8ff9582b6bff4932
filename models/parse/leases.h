#pragma once

#include "models/fleet/network.h"

#include <QByteArray>

namespace tropo {

/// NAME.leases.json of a capture: objects with "mac", "ip", "hostname" and "expires" (RFC 3339, or seconds
/// since 1970). A lease of an IPv6 address has no `address`.
Parsed<QList<Lease>> parseLeasesJson(const QByteArray &text, const QString &document);
/// `virsh net-dhcp-leases`; its times are local to where virsh ran, and read as local here.
Parsed<QList<Lease>> parseLeasesTable(const QByteArray &text, const QString &document);

} // namespace tropo
