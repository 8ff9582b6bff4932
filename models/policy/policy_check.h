#pragma once

#include "models/policy/policy.h"
#include "models/policy/toml_reader.h"

namespace tropo {

/// What a fleet file says that cannot all be true: names or floats twice, ranges that overlap. Places are the
/// lines of the later of the two.
QList<TomlProblem> contradictionsIn(const Policy &policy);

} // namespace tropo
