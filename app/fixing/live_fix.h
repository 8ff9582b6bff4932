#pragma once

#include "app/fixing/fix_run.h"
#include "ssh/session/ssh_session.h"

namespace tropo {

/// A run of a plan on the fleet itself, from one reading of it.
FixJob liveJob(const Snapshot &snapshot, const Plan &plan, const HostKeyAsker &asker);

/// The same of a plan that was begun before, by its journal.
FixJob begunJob(const Snapshot &snapshot, const JournalEntry &begun, FixDirection direction,
                const HostKeyAsker &asker);

/// Takes the locks of a begun plan and reads again what its journal left open: what stands is known before
/// anything else is done. Blocks. Errors: another is at it, or a machine is not reached.
Result<void> readAgain(FixJob &job, const std::stop_token &stop);

} // namespace tropo
