#pragma once

#include "models/fixes/reading_changes.h"
#include "models/snapshot.h"

namespace tropo {

/// What differs between two readings of one fleet, before and after a plan. Seconds for thousands of VMs.
ReadingChanges changesBetween(const Snapshot &before, const Snapshot &after);

/// Adds it to the plan's journal, for its note. Errors as JournalFile has them.
Result<void> keepChanges(const QString &journal, const ReadingChanges &changes);

} // namespace tropo
