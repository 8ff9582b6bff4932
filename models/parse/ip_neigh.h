#pragma once

#include "models/fleet/interface.h"

#include <QByteArray>

namespace tropo {

/// `ip -j neigh`: the IPv4 entries; IPv6 neighbours are passed over.
Parsed<QList<Neighbour>> parseIpNeighJson(const QByteArray &text, const QString &document);
/// `ip neigh`.
Parsed<QList<Neighbour>> parseIpNeighText(const QByteArray &text, const QString &document);

} // namespace tropo
