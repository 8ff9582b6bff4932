#pragma once

#include "models/assemble/document_reader.h"
#include "models/fleet/container.h"

namespace tropo {

/// A Docker engine of its documents in `folder` ("trop02/guests/Eterathiel/docker").
Engine assembleEngine(DocumentReader &reader, const QString &folder);

} // namespace tropo
