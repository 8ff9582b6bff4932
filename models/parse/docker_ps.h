#pragma once

#include "models/fleet/container.h"

namespace tropo {

/// `docker ps -a --no-trunc --format '{{json .}}'` (20.10 to 28; before 20.10 without State, which Status
/// tells).
Parsed<QList<Container>> parseDockerPsJson(const QByteArray &text, const QString &document);

/// `docker ps` as printed: a column reaches from its heading to the next one, counted in characters. Lines
/// before the heading are problems; where the document has no heading at all, all of it is.
Parsed<QList<Container>> parseDockerPsTable(const QByteArray &text, const QString &document);

} // namespace tropo
