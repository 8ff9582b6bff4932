#include "ssh/apply/live_actions.h"
#include "ssh/apply/plan_reverts.h"

namespace tropo {

LiveExecutor::LiveExecutor(ApplyOptions options) : m_reach(std::make_unique<Reach>(std::move(options)))
{
}

LiveExecutor::~LiveExecutor() = default;

Result<void> LiveExecutor::lock(const Plan &plan, const std::stop_token &stop)
{
    m_reach->reverts().know(plan);
    return m_reach->locks().take(plan.touches, stop);
}

Result<void> LiveExecutor::perform(const Action &action, const std::stop_token &stop)
{
    if (const auto held = m_reach->locks().keep(stop); !held)
        return held;
    m_reach->reverts().goOn(*m_reach, stop);
    return performLive(*m_reach, action, stop);
}

Result<Observation> LiveExecutor::observe(const Condition &condition, const std::stop_token &stop)
{
    return observeLive(*m_reach, condition, stop);
}

} // namespace tropo
