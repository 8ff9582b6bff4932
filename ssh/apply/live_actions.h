#pragma once

#include "ssh/apply/reach.h"

namespace tropo {

/// Carries out one action on the fleet. No error means accepted: what came of it is read back by observeLive.
Result<void> performLive(LiveExecutor::Reach &reach, const Action &action, const std::stop_token &stop);

/// Reads a condition from the machines. An error: not known.
Result<Observation> observeLive(LiveExecutor::Reach &reach, const Condition &condition,
                                const std::stop_token &stop);

} // namespace tropo
