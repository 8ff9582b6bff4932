#pragma once

#include "models/assemble/document_reader.h"
#include "models/fleet/machine.h"

namespace tropo {

/// A system of its documents in `folder` ("trop02/host", "trop02/guests/Acilamwen/guest"). Where the same
/// thing was read in several forms the richer one counts: JSON, then the tool's text, then the older tool's.
Machine assembleMachine(DocumentReader &reader, const QString &folder);

} // namespace tropo
