#pragma once

#include "ssh/apply/reach.h"

namespace tropo {

/// The timers by which a plan takes itself back (models/fixes/revert.h), as they run on the machines: by the
/// revert script (resources/change/revert.sh). From one thread.
class PlanReverts
{
public:
    using Reach = LiveExecutor::Reach;

    /// The timers that the plan has steps for: where it was begun before, they may run already.
    void know(const Plan &plan);

    /// Errors: Refused where the machine cannot carry a timer.
    Result<void> arm(Reach &reach, const ArmRevert &arm, const std::stop_token &stop);
    Result<void> disarm(Reach &reach, const RevertPlace &place, const std::stop_token &stop);
    Result<Observation> observe(Reach &reach, const RevertArmed &condition, const std::stop_token &stop);
    /// Lets the time of all that run begin anew, now and then. A machine that is not reached runs its timer
    /// out: that is what it is for. Waits for one that is at its work.
    void goOn(Reach &reach, const std::stop_token &stop);

private:
    Result<QString> ask(Reach &reach, const RevertPlace &place, const QStringList &words,
                        const QByteArray &input, const std::stop_token &stop);

    QList<RevertPlace> m_places;
    std::chrono::steady_clock::time_point m_last{};
};

} // namespace tropo
