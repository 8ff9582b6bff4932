#pragma once

#include "models/source.h"

namespace tropo {

/// Places in documents in the order in which they are compared by eye: machine by machine, guests before
/// hypervisors; of a guest its file, what runs inside, then the live and the persistent XML; of a hypervisor
/// what runs, then what is declared, then what bridges and neighbours say; at last the fleet file. Machines
/// keep the order in which they come, the lines of one document stand together, and none stands twice.
QList<Source> inReadingOrder(const QList<Source> &sources);

} // namespace tropo
