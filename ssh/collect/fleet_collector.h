#pragma once

#include "ssh/collect/collection.h"

#include <QObject>

namespace tropo {

/// A collection for the window and the command line: its events as signals on this object's own thread, which
/// never waits. One collection at a time: a new start cancels the one under way and drops what it still has
/// to say, its `finished` included.
class FleetCollector : public QObject
{
    Q_OBJECT
public:
    explicit FleetCollector(QObject *parent = nullptr) : QObject(parent) {}
    /// Cancels, and gives the threads a second to end.
    ~FleetCollector() override;

    void start(const Policy &policy, const CollectScope &scope, const MachineReaderFactory &factory);
    /// Ends the collection under way: its sources become Cancelled, and `finished` follows.
    void cancel();
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void harvested(const tropo::Harvest &harvest);
    void progressed(const tropo::SourceProgress &progress);
    void finished(const tropo::CollectSummary &summary);

private:
    template <typename Call> void post(quint64 generation, const Call &call);

    std::shared_ptr<Collection> m_collection;
    quint64 m_generation = 0; ///< of the collection whose events count; this object's thread alone reads it
    bool m_running = false;
};

} // namespace tropo
