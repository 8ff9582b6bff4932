#pragma once

#include "models/swarm/engine_view.h"

namespace tropo {

/// Engines of one Swarm.
struct SwarmGroup
{
    QString clusterId; ///< empty where no manager was read
    /// Engines that are certainly of one Swarm: they share a cluster, a node, a service or a task by its id.
    /// Several such parts are joined where they share a service's name and nothing says that they are two
    /// Swarms; then it is likely, not certain.
    QList<QList<const EngineView *>> parts;

    QList<const EngineView *> engines() const; ///< of all parts, by VM
};

/// Engines by Swarm, in an order that does not depend on the fleet's. Engines that nothing ties to a Swarm
/// are left out.
QList<SwarmGroup> swarmGroups(const QList<EngineView> &engines);

} // namespace tropo
