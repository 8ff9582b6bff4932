#pragma once

#include "models/fleet/container.h"

namespace tropo {

/// What ps and inspect say of the same containers, joined by id (ps may cut it to 12 digits), in ps's order;
/// containers that only inspect has follow. State and status are ps's, which belong together; labels, times,
/// ports and the whole id and command are inspect's where it tells them. The source is ps's.
QList<Container> mergeContainers(const QList<Container> &psList, const QList<Container> &inspectList);
/// What `service ls` and `service inspect` say of the same services, joined by id (ls cuts it to 12 digits),
/// in ls's order; services that only inspect has follow. Of inspect are the whole id and the state of the
/// last update; the source is ls's.
QList<Service> mergeServices(const QList<Service> &listed, const QList<Service> &inspected);

} // namespace tropo
