#pragma once

#include "models/fixes/plan_run.h"

namespace tropo {

/// A plan as it was carried out, for an incident note: Markdown with its steps, what became of each, their
/// commands, and what differs between the readings before and after. Text from machines is escaped.
QString planNote(const Plan &plan, const RunResult &result, const QStringList &changes, bool simulation);

} // namespace tropo
