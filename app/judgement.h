#pragma once

#include "models/rules/end_of_life.h"
#include "models/snapshot.h"

namespace tropo {

/// The bundled table of systems' ends of life.
EndOfLifeTable bundledEndOfLife();

/// Assembles and judges evidence: the one way from evidence to what is shown, for the window and the command
/// line alike. Takes a moment on large fleets: in the window, call it on a worker. `earlier`: what earlier
/// readings of the same source saw once.
SnapshotPtr makeSnapshot(SnapshotKind kind, const QString &origin, Evidence evidence, const Policy &policy,
                         const EndOfLifeTable &endOfLife, const Sightings &earlier = {});

/// The same of a fleet that is more than its evidence tells: a simulation's.
SnapshotPtr judgedFleet(SnapshotKind kind, const QString &origin, Evidence evidence, Fleet fleet,
                        const Policy &policy, const EndOfLifeTable &endOfLife, const Sightings &earlier = {});

/// A capture with the policy that it holds (fleet.toml), or without one. Errors: as readCapture, and a
/// fleet.toml that is wrong is listed as a problem, since the rest can still be shown.
Result<SnapshotPtr> openCapture(const QString &path, const EndOfLifeTable &endOfLife);
Result<SnapshotPtr> openDemo(const EndOfLifeTable &endOfLife);

/// A fleet file from disk, with its text for the evidence.
struct FleetFile
{
    Policy policy;
    QByteArray text;
};
Result<FleetFile> readFleetFile(const QString &path);

} // namespace tropo
