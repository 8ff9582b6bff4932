#pragma once

#include "models/fleet/container.h"

namespace tropo {

/// `docker info --format '{{json .}}'`: an Engine with version, Swarm's state, node, cluster and whether it
/// is a manager. An engine that the client could not reach is a problem.
Parsed<Engine> parseDockerInfo(const QByteArray &text, const QString &document);

} // namespace tropo
