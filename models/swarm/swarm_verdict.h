#pragma once

#include "models/swarm/swarm_evidence.h"
#include "models/swarm/swarm_table.h"

namespace tropo {

/// Decides the verdicts of a service's rows and copies, with a sentence and sources each, and its surplus.
/// Places of which nothing runs and nothing is wanted are left out.
void decide(SwarmService &service, const SwarmEvidence &evidence);

} // namespace tropo
