#pragma once

#include "ssh/libvirt/call_pool.h"
#include "ssh/libvirt/failures.h"
#include "ssh/libvirt/handles.h"
#include "ssh/libvirt/reading.h"

#include <QJsonArray>

#include <mutex>
#include <optional>
#include <vector>

namespace tropo {

/// The calls that read the snapshots of a hypervisor's domains into snapshots.json: a list a domain, then
/// when each was made. A domain that cannot be asked is an error of the document; a driver without snapshots
/// has none.
class SnapshotCalls
{
public:
    static constexpr std::size_t mostTimes = 2000; ///< beyond them a snapshot's name alone is read

    SnapshotCalls(Reading &reading, CallPool &pool) : m_reading(reading), m_pool(pool) {}

    /// Called for every domain, from any thread.
    void list(const DomainHandle &domain);
    /// After all lists, which began at `started`.
    void finish(Reading::Clock::time_point started);

private:
    struct Row
    {
        QString domain;
        SnapshotHandle handle;
        std::optional<qint64> created; ///< seconds since 1970
    };

    void readTime(Row &row);
    QJsonArray array() const;

    Reading &m_reading;
    CallPool &m_pool;
    Failures m_failures;
    std::mutex m_mutex; ///< of all below, while domains are listed
    std::vector<Row> m_rows;
    bool m_unsupported = false;
};

} // namespace tropo
