#pragma once

#include "models/fleet/interface.h"

#include <QByteArray>

namespace tropo {

/// `ip -j route`. A route over several next hops is one Route each; one that leads nowhere (blackhole,
/// unreachable, …) has neither gateway nor device.
Parsed<QList<Route>> parseIpRouteJson(const QByteArray &text, const QString &document);
/// `ip route`.
Parsed<QList<Route>> parseIpRouteText(const QByteArray &text, const QString &document);

} // namespace tropo
