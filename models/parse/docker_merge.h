#pragma once

#include "models/fleet/container.h"

namespace tropo {

/// What ps and inspect say of the same containers, joined by id (ps may cut it to 12 digits), in ps's order;
/// containers that only inspect has follow. State and status are ps's, which belong together; labels, times,
/// ports and the whole id and command are inspect's where it tells them. The source is ps's.
QList<Container> mergeContainers(const QList<Container> &psList, const QList<Container> &inspectList);

} // namespace tropo
