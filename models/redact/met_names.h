#pragma once

#include "models/redact/name_masks.h"
#include "models/snapshot.h"

namespace tropo {

/// Meets the names that a fleet and its documents tell: of the fleet, its hypervisors, VMs, guests and nodes,
/// floats, the domains of the DNS that they are in, registries and images, and people: who logs in, whose
/// home is spoken of, whose mail. `errors`: what else was said of the reading.
void meetNames(NameMasks &names, const Snapshot &snapshot, const QList<QByteArray> &errors);

/// Meets the names that a text of the author's tells: homes, logins, mail addresses, and domains behind a
/// name that is known. Whom he says to log in where needs no name that is whole or known, unlike in
/// documents.
void meetNamesSaid(NameMasks &names, QByteArrayView said);

} // namespace tropo
