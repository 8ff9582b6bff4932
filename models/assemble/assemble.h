#pragma once

#include "models/fleet/fleet.h"
#include "models/policy/policy.h"

namespace tropo {

/// Makes the fleet of the evidence: every known document through its parser, joined by hypervisor, domain and
/// network name. The hypervisors are those of the policy, in its order, then any others that the evidence
/// has.
Fleet assemble(const Evidence &evidence, const Policy &policy);

} // namespace tropo
