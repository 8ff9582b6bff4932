#pragma once

#include "ssh/collect/remote.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace tropo {

/// A lock on a machine that goes with this object, this program or the connection: a command there holds it
/// (flock) and ends soon after nobody listens to it any more.
class HeldLock
{
public:
    struct Claim
    {
        QString name;
        QString planId; ///< its own timers (plan_reverts.h) do not stand in its way
        QString who;    ///< for people
    };
    /// Takes it, waiting some seconds for one that is just ending. Errors: Refused where another has it, with
    /// who; Unreachable; Timeout.
    static Result<std::unique_ptr<HeldLock>> take(const std::shared_ptr<RemoteMachine> &machine,
                                                  const Claim &claim, const std::stop_token &stop);
    ~HeldLock();
    HeldLock(const HeldLock &) = delete;
    HeldLock &operator=(const HeldLock &) = delete;

    /// False once the connection that held it is gone.
    bool holds() const;

private:
    HeldLock() = default;
    void hold(const std::shared_ptr<RemoteMachine> &machine, const QByteArray &line);

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    QByteArray m_said;
    bool m_ended = false;
    std::optional<Error> m_error;
    std::jthread m_thread; ///< last: joined before the rest goes
};

} // namespace tropo
