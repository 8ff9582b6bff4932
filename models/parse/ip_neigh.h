#pragma once

#include "models/fleet/interface.h"

namespace tropo {

/// `ip -j neigh`; IPv6 neighbours are passed over.
Parsed<QList<Neighbour>> parseIpNeighJson(const QByteArray &text, const QString &document);

} // namespace tropo
