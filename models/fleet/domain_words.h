#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// A domain's state as virsh says it: "running", "shut off"; empty where it is not known.
QString domainStateText(DomainState state);

} // namespace tropo
