#pragma once

#include "models/swarm/swarm_table.h"

namespace tropo {

/// The services of a Swarm with their places, tasks and containers put together, not judged yet. `certain`
/// are the engines that are certainly of this manager's Swarm.
QList<SwarmService> swarmServices(const QList<const EngineView *> &engines, const ManagerView &manager);

} // namespace tropo
