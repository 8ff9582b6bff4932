#pragma once

#include "app/fixing/fix_run.h"
#include "models/fixes/simulated_fleet.h"
#include "models/snapshot.h"

namespace tropo {

/// A fleet in memory on which plans are tried: the demo's, or a capture's. What the reading lacks is assumed
/// and said (simulation_start.h).
struct Simulation
{
    QStringList assumed;
    std::shared_ptr<SimulatedFleet> fleet;
    Policy policy;

    /// The simulated fleet as it stands, judged, and marked as simulated.
    SnapshotPtr snapshot(SnapshotKind kind, const QString &origin) const;
};

Simulation simulationOf(const Snapshot &snapshot);

/// Carries a plan out on it; leaves no journal. A plan made for a simulation bears what was assumed as
/// warnings.
FixJob simulatedJob(const Simulation &simulation, const Plan &plan);
void addAssumptions(const Simulation &simulation, Plan &plan);

} // namespace tropo
