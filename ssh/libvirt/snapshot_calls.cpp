#include "ssh/libvirt/snapshot_calls.h"

#include "ssh/libvirt/libvirt_error.h"
#include "ssh/libvirt/listing.h"
#include "ssh/libvirt/storage_xml.h"

#include <QDateTime>
#include <QJsonObject>

#include <tuple>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView snapshotsPath("libvirt/snapshots.json");
constexpr unsigned int noFlags = 0;

} // namespace

void SnapshotCalls::list(const DomainHandle &domain)
{
    if (m_reading.taken())
        return;
    virDomainSnapshotPtr *raw = nullptr;
    m_reading.countCalls(1);
    const int count = virDomainListAllSnapshots(domain.get(), &raw, noFlags);
    if (count < 0) {
        const std::lock_guard lock(m_mutex);
        if (lastIsUnsupported())
            m_unsupported = true;
        else if (!lastIsGone())
            m_failures.add(lastLibvirtError({}, u"list the snapshots of %1"_s.arg(nameOf(domain))).message);
        return;
    }
    auto snapshots = ownedAll<SnapshotHandle>(raw, count);
    const std::lock_guard lock(m_mutex);
    for (SnapshotHandle &snapshot : *snapshots)
        m_rows.push_back({nameOf(domain), std::move(snapshot), {}});
}

void SnapshotCalls::finish(Reading::Clock::time_point started)
{
    if (m_unsupported)
        return;
    // By name until the times are known: which ones are beyond the bound must not change from time to time.
    std::sort(m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) {
        return std::tuple(a.domain, nameOf(a.handle)) < std::tuple(b.domain, nameOf(b.handle));
    });
    std::vector<std::function<void()>> jobs;
    for (std::size_t i = 0; i < std::min(m_rows.size(), mostTimes); ++i)
        jobs.push_back([this, i] { readTime(m_rows[i]); });
    if (!jobs.empty())
        m_pool.run(std::move(jobs));
    m_reading.store(snapshotsPath, jsonText(array()), Reading::since(started));
    m_failures.tell(m_reading, snapshotsPath);
}

/// Each row is its own job's alone.
void SnapshotCalls::readTime(Row &row)
{
    if (m_reading.taken())
        return;
    m_reading.countCalls(1);
    const LibvirtText xml(virDomainSnapshotGetXMLDesc(row.handle.get(), noFlags));
    m_reading.answered();
    if (xml)
        row.created = creationTime(xml.get());
    else if (lastIsGone())
        row.handle.reset();
    else
        m_failures.add(
            lastLibvirtError({}, u"read the snapshot %1 of %2"_s.arg(nameOf(row.handle), row.domain))
                .message);
}

/// By domain, the oldest first.
QJsonArray SnapshotCalls::array() const
{
    std::vector<const Row *> rows;
    for (const Row &row : m_rows)
        if (row.handle)
            rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(), [](const Row *a, const Row *b) {
        return std::tie(a->domain, a->created) < std::tie(b->domain, b->created);
    });
    QJsonArray array;
    for (const Row *row : rows) {
        QJsonObject object{{u"domain"_s, row->domain}, {u"name"_s, nameOf(row->handle)}};
        if (row->created)
            object.insert(u"created"_s,
                          QDateTime::fromSecsSinceEpoch(*row->created, Qt::UTC).toString(Qt::ISODate));
        array.append(object);
    }
    return array;
}

} // namespace tropo
