#pragma once

#include "models/fleet/network.h"

namespace tropo {

/// NAME.leases.json of a capture; "expires" is an RFC 3339 time or seconds since 1970.
Parsed<QList<Lease>> parseLeasesJson(const QByteArray &text, const QString &document);
/// The table of `virsh net-dhcp-leases`; IPv6 leases are passed over.
Parsed<QList<Lease>> parseLeasesTable(const QByteArray &text, const QString &document);

} // namespace tropo
