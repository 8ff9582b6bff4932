#pragma once

#include "models/redact/name_masks.h"
#include "models/snapshot.h"

namespace tropo {

/// Meets the names that a fleet and its documents tell: of the fleet, its hypervisors, VMs, guests and nodes,
/// floats, the domains of the DNS that they are in, registries and images, and people: who logs in, whose
/// home is spoken of, whose mail. `alsoSaid`: what else goes into a note.
void meetNames(NameMasks &names, const Snapshot &snapshot, const QList<QByteArray> &alsoSaid);

} // namespace tropo
