#pragma once

#include "models/assemble/document_reader.h"
#include "models/fleet/fleet.h"

namespace tropo {

/// A guest of its documents in `folder` ("trop02/guests/Acilamwen"); nothing where there are none.
std::optional<Guest> assembleGuest(DocumentReader &reader, const QString &folder);

} // namespace tropo
