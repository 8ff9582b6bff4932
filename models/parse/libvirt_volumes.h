#pragma once

#include "models/fleet/fleet.h"

#include <QByteArray>

namespace tropo {

/// volumes.json of a capture: objects with "pool", "name", "path", "format" and "backing".
Parsed<QList<Volume>> parseVolumesJson(const QByteArray &text, const QString &document);

} // namespace tropo
