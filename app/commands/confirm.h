#pragma once

#include "models/fixes/plan.h"

namespace tropo {

/// Asks on the terminal for the yes to a plan that was shown whole: where it cuts off a service, the VM's
/// name. `yes`: it was given beforehand. Errors: Usage (no terminal), Cancelled (another answer).
Result<void> confirmed(const Plan &plan, bool yes);

/// Asks on the terminal whether a change that was made is to be kept. False: another answer, none before that
/// time, or no terminal.
bool isToBeKept(const QDateTime &until);

} // namespace tropo
