#pragma once

#include "models/fleet/interface.h"

namespace tropo {

/// `ip -j route` and `ip route`. IPv4 only, as those print.
Parsed<QList<Route>> parseIpRouteJson(const QByteArray &text, const QString &document);
Parsed<QList<Route>> parseIpRouteText(const QByteArray &text, const QString &document);

} // namespace tropo
