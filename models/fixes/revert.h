#pragma once

#include "models/fixes/planner.h"

namespace tropo {

// A plan that takes itself back: timers on the machines that it changes, armed before anything else and
// disarmed by its last step. While the plan goes on their time begins anew with each step; it runs out where
// the program, its machine or the link is gone, or where nobody says that the change is to be kept.

/// Seconds that a plan may be silent. No single step takes as long as the least.
constexpr int leastRevertSeconds = 180;
constexpr int usualRevertSeconds = 300;
constexpr int mostRevertSeconds = 3600;

/// What the option "revert" says: seconds, or nothing where it is not given. Errors: Usage.
Result<std::optional<int>> revertSeconds(const PlanRequest &request);

/// Puts the timers around the plan's steps. Errors: Refused where a step's way back is nothing that a timer
/// could do.
Result<void> addRevert(const PlanInput &input, int seconds, Plan &plan);

/// Whether the plan's last step waits for somebody to say that the change is kept.
bool asksToKeep(const Plan &plan);

} // namespace tropo
