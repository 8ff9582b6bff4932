#pragma once

#include "models/policy/policy.h"
#include "ssh/collect/machine_reader.h"
#include "ssh/collect/slots.h"

#include <QMap>

#include <condition_variable>
#include <mutex>
#include <tuple>

namespace tropo {

/// What to read: all, one hypervisor with its guests, or one guest (with its hypervisor's libvirt, which
/// tells the way to it).
struct CollectScope
{
    QString hypervisor; ///< empty: all
    QString guest;      ///< empty: all of the hypervisor; needs `hypervisor`

    bool operator==(const CollectScope &) const = default;
};

/// How a collection went.
struct CollectSummary
{
    bool cancelled = false;
    std::chrono::milliseconds wall{0};
    QList<MachineCost> costs; ///< by hypervisor, then guest
};

/// Called on worker threads, one at a time, and never after `finished`. They must not call the collection.
struct CollectEvents
{
    std::function<void(const Harvest &)> harvested;
    std::function<void(const SourceProgress &)> progressed;
    std::function<void(const CollectSummary &)> finished;
};

/// One reading of a fleet. Each hypervisor has a thread, on which libvirt is read while another reads the
/// host itself; then each running guest has one, as many at once as the fleet file's `parallel` allows. No
/// lock is held while anything is read, so a machine that hangs costs the others nothing.
///
/// A harvest comes when its source ends; a guest's may come twice: first with what it printed before its
/// Docker began to answer (see probeHarvest's firstPart), as that alone can last a minute, then whole.
class Collection : public std::enable_shared_from_this<Collection>
{
public:
    static std::shared_ptr<Collection> start(const Policy &policy, const CollectScope &scope,
                                             const MachineReaderFactory &factory,
                                             const CollectEvents &events);

    /// At once: every source that has not ended is Cancelled, `finished` is called, and what still comes in
    /// is dropped. The threads end by themselves, within a second.
    void cancel();
    /// Waits for the last thread; false after `limit`.
    bool waitForThreads(std::chrono::milliseconds limit);

private:
    using Milliseconds = std::chrono::milliseconds;
    using Clock = std::chrono::steady_clock;

    struct SourceKey
    {
        QString hypervisor;
        QString source;
        bool operator<(const SourceKey &other) const
        {
            return std::tie(hypervisor, source) < std::tie(other.hypervisor, other.source);
        }
    };
    struct SourceEntry
    {
        SourceProgress progress;
        Clock::time_point started;
    };

    Collection(const Policy &policy, const CollectScope &scope, const CollectEvents &events);
    void run(const HypervisorPolicy &hypervisor, const MachineReaderFactory &factory);
    void readHost(MachineReader &reader, const HypervisorPolicy &hypervisor);
    void readDeclaredHere(const HypervisorPolicy &hypervisor);
    void readGuests(const std::shared_ptr<MachineReader> &reader, const Harvest &libvirt);
    void readGuest(MachineReader &reader, const GuestPlace &guest, Slots::Place &place);
    void tellWithoutReading(const SourceKey &key, const QString &why);
    bool guestInScope(const QString &name) const;

    ReadTask taskFor(const SourceKey &key, Slots::Place *place = nullptr);
    void expect(const SourceKey &key, SourceState state);
    void report(const SourceKey &key, SourceState state, const QString &message);
    void deliverPart(const SourceKey &key, const Harvest &harvest);
    void deliver(const SourceKey &key, const Harvest &harvest);
    void end(SourceEntry &entry, SourceState state, const QString &message);
    void hypervisorEnded(MachineReader &reader);
    void finish(bool cancelled);

    const Policy m_policy;
    const CollectScope m_scope;
    const CollectEvents m_events;
    const Clock::time_point m_started = Clock::now();
    std::stop_source m_stop;
    std::shared_ptr<Slots> m_slots;

    std::mutex m_mutex; ///< of all below; held while events are called, so that they come in order
    std::condition_variable m_threadEnded;
    QMap<SourceKey, SourceEntry> m_sources;
    QList<MachineCost> m_costs;
    int m_reading = 0; ///< hypervisors that have not ended
    int m_threads = 0;
    bool m_finished = false;
};

} // namespace tropo
