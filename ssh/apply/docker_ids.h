#pragma once

#include "models/fixes/place.h"
#include "models/result.h"

namespace tropo {

/// An id of docker's: letters and digits. An engine's answers are a guest's own words: one that begins with a
/// dash would be an option to the next command. Errors: Format.
Result<void> dockerId(const QString &id, const VmPlace &vm);

} // namespace tropo
