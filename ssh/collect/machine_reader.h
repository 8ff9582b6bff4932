#pragma once

#include "models/collect/progress.h"
#include "models/evidence/harvest.h"
#include "ssh/collect/guest_place.h"
#include "ssh/collect/machine_cost.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace tropo {

/// What a reading under way may tell, from its own thread.
struct ReadTask
{
    std::stop_token stop;
    /// Connecting or Reading, with what it does as a sentence.
    std::function<void(SourceState, const QString &)> report;
    /// A first part of the harvest that will be returned.
    std::function<void(const Harvest &)> part;
};

/// Reads one hypervisor and the guests on it: the seam between the collector, which knows threads and order,
/// and the connections. Every call blocks, on a thread of its own, and several run at once; each returns
/// within a second of `stop`. Failures are in the harvest: `answered` false, and an error that says what to
/// do.
class MachineReader
{
public:
    virtual ~MachineReader() = default;

    virtual Harvest readLibvirt(const ReadTask &task) = 0;
    virtual Harvest readHost(const ReadTask &task) = 0;
    virtual Harvest readGuest(const GuestPlace &guest, const ReadTask &task) = 0;
    /// What it has cost so far; may be asked at any time.
    virtual QList<MachineCost> costs() const = 0;
};

using MachineReaderFactory = std::function<std::shared_ptr<MachineReader>(const HypervisorPolicy &)>;

} // namespace tropo
