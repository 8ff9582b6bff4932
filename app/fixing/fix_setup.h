#pragma once

#include "models/fixes/journal.h"
#include "models/fixes/planner.h"
#include "models/snapshot.h"

namespace tropo {

/// $XDG_STATE_HOME/troposcope/journal, else ~/.local/state/troposcope/journal.
QString journalFolder();
/// user@machine
QString whoActs();
/// The plan's journal file without folder and ending: letters, digits and dashes.
QString planIdOf(const QString &journal);

PlanInput planInput(const Snapshot &snapshot);

/// A plan is made from a reading no older than this.
constexpr std::chrono::seconds oldestReading(60);

/// Whether each of these hypervisors, or all where none is named, was read or tried since then. What is not
/// live does not age.
bool isFresh(const Snapshot &snapshot, const QDateTime &since, const QStringList &hypervisors = {});

/// Journals of plans that were cut off and that no program is at; those that cannot be read are problems.
Parsed<QList<JournalEntry>> cutOffPlans();

} // namespace tropo
