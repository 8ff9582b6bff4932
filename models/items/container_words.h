#pragma once

#include "models/fleet/container.h"
#include "models/items/tree_node.h"
#include "models/swarm/swarm_table.h"

namespace tropo {

// What containers and their verdicts are called on screen. Texts of machines are as read.

QString stateText(ContainerState state);
QString healthText(Health health); ///< empty where not known
NodeState nodeStateOf(const Container &container);
/// "Up 5 days (healthy)"; the state's word where there is no status.
QString statusText(const Container &container);
/// "0.0.0.0:80 → 80/tcp, 8080/tcp"
QString portsText(const Container &container);
/// "as wanted", "runs too often", …
QString verdictText(SwarmVerdict verdict);

} // namespace tropo
