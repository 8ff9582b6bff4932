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

/// Whether what a plan rests on was read since then, not only tried: libvirt of the hypervisors that it asks
/// or changes, and the inside of its VMs. Errors (Refused): what was not.
Result<void> restsOnFresh(const Snapshot &snapshot, const Plan &plan, const QDateTime &since);

/// Journals of plans of which something may stand by half, and that no program is at; those that cannot be
/// read are problems. Reads all of them.
Parsed<QList<JournalEntry>> openPlans();

} // namespace tropo
