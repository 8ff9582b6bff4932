#pragma once

#include "ssh/apply/held_lock.h"

#include <functional>
#include <map>

namespace tropo {

/// The locks of one plan: one for each VM or network that it touches, on the hypervisor where that lies. From
/// one thread.
class PlanLocks
{
public:
    using HubOf = std::function<Result<std::shared_ptr<RemoteMachine>>(const QString &hypervisor,
                                                                       const std::stop_token &)>;
    /// `planId`: whose timers (plan_reverts.h) do not stand in the way.
    PlanLocks(QString planId, HubOf hubOf) : m_planId(std::move(planId)), m_hubOf(std::move(hubOf)) {}

    /// A lock's name on the machine: letters and digits, whatever the VM is called.
    static QString nameOf(const QString &subject);

    /// All or none. Errors: Refused where another has one, with who; or the hypervisor is not reached.
    Result<void> take(const QStringList &subjects, const std::stop_token &stop);
    /// Takes again those that went with a lost connection. Errors: as `take`; Usage where none was taken
    /// before.
    Result<void> keep(const std::stop_token &stop);

private:
    const QString m_planId;
    const HubOf m_hubOf;
    bool m_taken = false;
    std::map<QString, std::unique_ptr<HeldLock>> m_held; ///< by subject: everyone takes them in one order
};

} // namespace tropo
