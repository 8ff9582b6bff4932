#pragma once

#include "models/fleet/interface.h"

namespace tropo {

/// `bridge -j link`: the ports of bridges.
Parsed<QList<BridgePort>> parseBridgeLinkJson(const QByteArray &text, const QString &document);
/// `bridge -j fdb show`: the forwarding tables.
Parsed<QList<FdbEntry>> parseBridgeFdbJson(const QByteArray &text, const QString &document);
/// `brctl show`: bridges and their ports; a bridge without ports gives one entry with an empty port.
Parsed<QList<BridgePort>> parseBrctlShow(const QByteArray &text, const QString &document);

} // namespace tropo
