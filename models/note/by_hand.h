#pragma once

#include "models/evidence/evidence.h"
#include "models/policy/policy.h"

namespace tropo {

/// The command that shows by hand what stands in a document (capture-format.md), as one would type it; empty
/// for one that no command shows.
QString commandShowing(const QString &document, const Policy &policy);

} // namespace tropo
