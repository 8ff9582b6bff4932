#include "models/fixes/stoppable_wait.h"

#include <condition_variable>
#include <mutex>

namespace tropo {

Result<void> stoppableWait(std::chrono::milliseconds time, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
    if (stop.stop_requested())
        return failure(ErrorKind::Cancelled, {}, QStringLiteral("stopped"));
    return {};
}

} // namespace tropo
