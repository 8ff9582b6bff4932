#pragma once

#include "models/result.h"

#include <chrono>
#include <stop_token>

namespace tropo {

/// Waits on this thread. Errors: Cancelled, at once when stopped.
Result<void> stoppableWait(std::chrono::milliseconds time, const std::stop_token &stop);

} // namespace tropo
