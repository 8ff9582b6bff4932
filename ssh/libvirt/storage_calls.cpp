#include "ssh/libvirt/storage_calls.h"

#include "ssh/libvirt/libvirt_error.h"
#include "ssh/libvirt/listing.h"
#include "ssh/libvirt/storage_xml.h"

#include <QJsonObject>

#include <tuple>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView volumesPath("libvirt/volumes.json");
constexpr unsigned int noFlags = 0;

/// Pools whose volumes are no files: their XML says no more than the list, and makes the hypervisor open each
/// image over the network.
bool hasPlainVolumes(const QString &type)
{
    return type == "rbd"_L1 || type == "sheepdog"_L1;
}

} // namespace

void StorageCalls::readAll()
{
    const auto started = Reading::Clock::now();
    const auto pools = listPools();
    if (!pools)
        return;
    std::vector<std::function<void()>> jobs;
    for (const PoolHandle &pool : *pools)
        jobs.push_back([this, pool] { listVolumes(pool); });
    m_pool.run(std::move(jobs));
    std::sort(m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) {
        return std::tuple(a.pool, nameOf(a.handle)) < std::tuple(b.pool, nameOf(b.handle));
    });
    if (m_rows.size() > mostVolumes) {
        m_failures.add(u"the active pools have %1 volumes; only the first %2 were read"_s.arg(m_rows.size())
                           .arg(mostVolumes));
        m_rows.resize(mostVolumes);
    }
    jobs.clear();
    for (Row &row : m_rows)
        if (row.format.isEmpty())
            jobs.push_back([this, &row] { readVolume(row); });
    m_pool.run(std::move(jobs));
    m_reading.store(volumesPath, jsonText(array()), Reading::since(started));
    m_failures.tell(m_reading, volumesPath);
}

std::optional<std::vector<PoolHandle>> StorageCalls::listPools()
{
    virStoragePoolPtr *raw = nullptr;
    m_reading.countCalls(1);
    const int count =
        virConnectListAllStoragePools(m_connection, &raw, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
    if (count < 0 && !lastIsUnsupported())
        m_reading.fail(volumesPath, lastLibvirtError({}, u"list the storage pools"_s).message);
    return ownedAll<PoolHandle>(raw, count);
}

void StorageCalls::listVolumes(const PoolHandle &pool)
{
    if (m_reading.taken())
        return;
    virStorageVolPtr *raw = nullptr;
    m_reading.countCalls(1);
    const int count = virStoragePoolListAllVolumes(pool.get(), &raw, noFlags);
    if (count < 0) {
        if (!lastIsGone())
            m_failures.add(lastLibvirtError({}, u"list the volumes of pool %1"_s.arg(nameOf(pool))).message);
        return;
    }
    auto volumes = *ownedAll<VolumeHandle>(raw, count);
    const bool plain = !volumes.empty() && hasPlainVolumes(typeOf(pool));
    const std::lock_guard lock(m_mutex);
    for (VolumeHandle &volume : volumes) {
        Row row{nameOf(pool), std::move(volume), {}, {}, {}};
        if (plain) {
            row.path = QString::fromUtf8(virStorageVolGetKey(row.handle.get()));
            row.format = u"raw"_s;
        }
        m_rows.push_back(std::move(row));
    }
}

QString StorageCalls::typeOf(const PoolHandle &pool)
{
    m_reading.countCalls(1);
    const LibvirtText xml(virStoragePoolGetXMLDesc(pool.get(), noFlags));
    return xml ? poolType(xml.get()) : QString();
}

/// Each row is its own job's alone.
void StorageCalls::readVolume(Row &row)
{
    if (m_reading.taken())
        return;
    m_reading.countCalls(1);
    const LibvirtText xml(virStorageVolGetXMLDesc(row.handle.get(), noFlags));
    if (!xml && lastIsGone()) {
        row.handle.reset();
        return;
    }
    const QString what = u"read the volume %1 of pool %2"_s.arg(nameOf(row.handle), row.pool);
    if (!xml) {
        m_failures.add(lastLibvirtError({}, what).message);
        return;
    }
    const auto parts = volumeParts(xml.get());
    if (!parts) {
        m_failures.add(u"cannot %1: libvirt's answer is no volume's XML"_s.arg(what));
        return;
    }
    row.path = parts->path;
    row.format = parts->format;
    row.backing = parts->backing;
}

QJsonArray StorageCalls::array() const
{
    QJsonArray array;
    for (const Row &row : m_rows)
        if (row.handle)
            array.append(QJsonObject{{u"pool"_s, row.pool},
                                     {u"name"_s, nameOf(row.handle)},
                                     {u"path"_s, row.path},
                                     {u"format"_s, row.format},
                                     {u"backing"_s, row.backing}});
    return array;
}

} // namespace tropo
