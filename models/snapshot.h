#pragma once

#include "models/evidence/evidence.h"
#include "models/fleet/fleet.h"
#include "models/floats/float_row.h"
#include "models/policy/policy.h"
#include "models/rules/finding.h"
#include "models/rules/not_known.h"
#include "models/rules/sightings.h"
#include "models/story/story.h"

#include <memory>

namespace tropo {

enum class SnapshotKind { Live, Capture, Demo };

/// All that a screen or a report shows at one moment: evidence, what it means, and what is wrong with it.
/// Immutable; a refresh makes a new one.
struct Snapshot
{
    SnapshotKind kind = SnapshotKind::Capture;
    QString origin; ///< the fleet file or capture it came from, as the operator named it
    /// A plan was tried on it in memory: what it shows was not read so from any machine.
    bool isSimulated = false;
    Evidence evidence;
    Policy policy;
    Fleet fleet;
    QList<Finding> findings; ///< worst first, then by subject; accepted ones included
    QList<Story> stories;    ///< of those findings that share a cause
    QList<FloatRow> floats;
    QList<NotKnown> notKnown; ///< what was not read
    Sightings sightings;      ///< what the next judgement of this source is to know of them
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// The same, as what it is where a simulation made it.
inline SnapshotPtr simulatedSnapshot(Snapshot snapshot)
{
    snapshot.isSimulated = true;
    return std::make_shared<const Snapshot>(std::move(snapshot));
}

} // namespace tropo
