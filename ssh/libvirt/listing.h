#pragma once

#include "ssh/libvirt/handles.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QString>

#include <algorithm>
#include <optional>
#include <vector>

namespace tropo {

inline QString nameOf(const DomainHandle &domain)
{
    return QString::fromUtf8(virDomainGetName(domain.get()));
}

inline QString nameOf(const NetworkHandle &network)
{
    return QString::fromUtf8(virNetworkGetName(network.get()));
}

inline QString nameOf(const SnapshotHandle &snapshot)
{
    return QString::fromUtf8(virDomainSnapshotGetName(snapshot.get()));
}

inline QString nameOf(const PoolHandle &pool)
{
    return QString::fromUtf8(virStoragePoolGetName(pool.get()));
}

inline QString nameOf(const VolumeHandle &volume)
{
    return QString::fromUtf8(virStorageVolGetName(volume.get()));
}

/// Handles from one of libvirt's list calls, made ours, by name: libvirt's own order changes from call to
/// call. Nothing when the call failed.
template <typename Handle, typename Raw> std::optional<std::vector<Handle>> ownedAll(Raw *raw, int count)
{
    if (count < 0)
        return {};
    std::vector<Handle> handles;
    for (int i = 0; i < count; ++i)
        handles.push_back(owned(raw[i]));
    free(raw);
    std::sort(handles.begin(), handles.end(),
              [](const Handle &a, const Handle &b) { return nameOf(a) < nameOf(b); });
    return handles;
}

inline QByteArray jsonText(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Indented);
}

} // namespace tropo
