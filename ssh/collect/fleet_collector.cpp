#include "ssh/collect/fleet_collector.h"

namespace tropo {

FleetCollector::~FleetCollector()
{
    if (!m_collection)
        return;
    m_collection->cancel();
    m_collection->waitForThreads(std::chrono::seconds(1));
}

/// From any thread. A collection calls nothing after cancel() has returned, so this object still lives.
template <typename Call> void FleetCollector::post(quint64 generation, const Call &call)
{
    QMetaObject::invokeMethod(
        this,
        [this, generation, call] {
            if (generation == m_generation)
                call();
        },
        Qt::QueuedConnection);
}

void FleetCollector::start(const Policy &policy, const CollectScope &scope,
                           const MachineReaderFactory &factory)
{
    if (m_collection)
        m_collection->cancel();
    const quint64 generation = ++m_generation;
    m_running = true;
    CollectEvents events;
    events.harvested = [this, generation](const Harvest &harvest) {
        post(generation, [this, harvest] { Q_EMIT harvested(harvest); });
    };
    events.progressed = [this, generation](const SourceProgress &progress) {
        post(generation, [this, progress] { Q_EMIT progressed(progress); });
    };
    events.finished = [this, generation](const CollectSummary &summary) {
        post(generation, [this, summary] {
            m_running = false;
            Q_EMIT finished(summary);
        });
    };
    m_collection = Collection::start(policy, scope, factory, events);
}

void FleetCollector::cancel()
{
    if (m_collection)
        m_collection->cancel();
}

} // namespace tropo
