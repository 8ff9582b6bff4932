#pragma once

#include "models/fixes/plan_run.h"
#include "models/fixes/reading_changes.h"

namespace tropo {

/// A plan as it was carried out, for an incident note: Markdown with its steps, what became of each, their
/// commands, and what differs between the readings before and after, where they were compared. Text from
/// machines is escaped.
QString planNote(const Plan &plan, const RunResult &result, const std::optional<ReadingChanges> &compared,
                 bool simulation);

} // namespace tropo
