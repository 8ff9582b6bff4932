#pragma once

#include "models/fixes/executor.h"
#include "models/fixes/find.h"
#include "ssh/apply/libvirt_control.h"
#include "ssh/collect/kept_links.h"

#include <map>

namespace tropo {

/// How a running guest is reached: from its hypervisor, at an address that is no float.
struct ApplyWays
{
    QMap<QString, GuestWay> guests; ///< by subject
};

struct ApplyOptions
{
    Policy policy;
    ApplyWays ways;
    QByteArray changeScript; ///< resources/change/change.sh
    QByteArray revertScript; ///< resources/change/revert.sh
    QString planId;          ///< names copies that are kept on guests: letters, digits, '.', '_', '-'
    QString keepFolder;      ///< on this machine: for containers' descriptions and logs
    RemoteConnector connect;
};

/// Carries out a plan on the fleet itself: libvirt through one writable connection a hypervisor, guests by
/// the change script over SSH through their hypervisor. It lives as long as the plan runs, and holds a lock
/// on each VM and hypervisor that the plan touches, so that no other Troposcope is at them, on this machine
/// or another.
class LiveExecutor : public Executor
{
public:
    explicit LiveExecutor(ApplyOptions options);
    ~LiveExecutor() override;
    LiveExecutor(const LiveExecutor &) = delete;
    LiveExecutor &operator=(const LiveExecutor &) = delete;

    /// Takes the locks of a plan, on the hypervisors: before the first `perform`. Errors: Refused where
    /// another holds one, with who.
    Result<void> lock(const Plan &plan, const std::stop_token &stop);

    Result<void> perform(const Action &action, const std::stop_token &stop) override;
    Result<Observation> observe(const Condition &condition, const std::stop_token &stop) override;
    bool isSimulation() const override { return false; }

    /// Everything that actions and conditions reach machines by.
    class Reach;

private:
    std::unique_ptr<Reach> m_reach;
};

} // namespace tropo
