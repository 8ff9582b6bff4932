#pragma once

#include "models/swarm/swarm_evidence.h"
#include "models/swarm/swarm_table.h"

namespace tropo {

/// Decides what to say of one place of a service, whose copies have their verdicts already. Where nothing
/// runs and nothing is wanted, nothing is said.
void decideRow(SwarmRow &row, const SwarmService &service, const SwarmEvidence &evidence);

} // namespace tropo
