#pragma once

#include "models/fleet/interface.h"

#include <QByteArray>

namespace tropo {

/// `bridge -j link`. Entries that are no port of a bridge are passed over.
Parsed<QList<BridgePort>> parseBridgeLinkJson(const QByteArray &text, const QString &document);
/// `bridge -j fdb show`. An entry that the bridge learned but has not seen of late ("stale") counts as
/// learned.
Parsed<QList<FdbEntry>> parseBridgeFdbJson(const QByteArray &text, const QString &document);
/// `brctl show`. A bridge without ports has an entry without port.
Parsed<QList<BridgePort>> parseBrctlShow(const QByteArray &text, const QString &document);

} // namespace tropo
