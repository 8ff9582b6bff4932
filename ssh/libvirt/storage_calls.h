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

/// The calls that read the volumes of a hypervisor's active storage pools into volumes.json. They come last
/// and have a limit of their own: a pool whose server has gone hangs them. A pool or volume that cannot be
/// read is an error of the document; a hypervisor without a storage driver has no such document.
class StorageCalls
{
public:
    static constexpr std::size_t mostVolumes = 4000;

    StorageCalls(virConnectPtr connection, Reading &reading, CallPool &pool)
        : m_connection(connection), m_reading(reading), m_pool(pool)
    {
    }
    void readAll();

private:
    struct Row
    {
        QString pool;
        VolumeHandle handle; ///< nothing: it has gone since
        QString path;
        QString format;
        QString backing;
    };

    std::optional<std::vector<PoolHandle>> listPools();
    void listVolumes(const PoolHandle &pool);
    QString typeOf(const PoolHandle &pool);
    void readVolume(Row &row);
    QJsonArray array() const;

    virConnectPtr m_connection;
    Reading &m_reading;
    CallPool &m_pool;
    Failures m_failures;
    std::mutex m_mutex; ///< of the rows while the pools are listed
    std::vector<Row> m_rows;
};

} // namespace tropo
