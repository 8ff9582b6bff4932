#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// reachability.json: whether floats answered when they were probed, [{"float", "address", "answered",
/// "tried"}].
Parsed<QList<Reachability>> parseReachability(const QByteArray &text, const QString &document);

} // namespace tropo
