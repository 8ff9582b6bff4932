#pragma once

#include "models/evidence/evidence.h"
#include "models/fleet/fleet.h"
#include "models/policy/policy.h"

namespace tropo {

/// A reading as a simulation begins with. A capture may lack what every machine has and a plan must know:
/// then the plainest thing that fits what was read is assumed in its place, and said.
struct SimulationStart
{
    Evidence evidence;
    Policy policy;
    Fleet fleet;
    QStringList assumed; ///< sentences; empty: everything was read
};

/// Assumes, only where it was not read: that networks run as they are declared; that a running domain has a
/// UUID, the devices that its fragment shows, a NIC on the network that reserves an address under its name,
/// and a persistent description like its live one; that a listing with lines left out lacks the interface
/// which a file configures; that interfaces with one MAC sit in the order of their names; and that changes
/// inside guests are allowed.
SimulationStart simulationStart(const Evidence &evidence, const Policy &policy);

} // namespace tropo
