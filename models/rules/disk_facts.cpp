#include "models/rules/disk_facts.h"

#include "models/rules/known_list.h"

#include <QDir>

#include <algorithm>

namespace tropo {

namespace {

/// "server:/export", "//server/share": a file system of another machine, whose name counts there.
bool isShared(const Filesystem &filesystem)
{
    return filesystem.device.contains(QLatin1String(":/")) ||
           filesystem.device.startsWith(QLatin1String("//"));
}

/// Links that udev names for the disk itself or the target it is reached at, so they mean the same
/// everywhere.
bool isWorldWide(const QString &path)
{
    static const QStringList prefixes{
        QStringLiteral("/dev/disk/by-id/wwn-"),           QStringLiteral("/dev/disk/by-id/scsi-3"),
        QStringLiteral("/dev/disk/by-id/nvme-eui."),      QStringLiteral("/dev/disk/by-id/nvme-uuid."),
        QStringLiteral("/dev/disk/by-id/dm-uuid-mpath-"), QStringLiteral("/dev/disk/by-path/ip-")};
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const QString &prefix) { return path.startsWith(prefix); });
}

bool isBelow(const QString &path, const QString &mount)
{
    return path == mount || mount == QLatin1String("/") || path.startsWith(QString(mount + u'/'));
}

} // namespace

ImageIndex::ImageIndex(const Fleet &fleet)
{
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        Storage &storage = m_storages[&hypervisor];
        for (const Volume &volume : readOf(hypervisor.volumes)) {
            storage.byPath.insert(QDir::cleanPath(volume.path), &volume);
            storage.byName.insert(QString(volume.pool + u'/' + volume.name), &volume);
        }
        for (const Filesystem &filesystem : readOf(hypervisor.host.filesystems))
            storage.mounts.append(&filesystem);
        // The innermost counts: a local file system may be mounted below a shared one.
        std::stable_sort(storage.mounts.begin(), storage.mounts.end(),
                         [](const auto *a, const auto *b) { return a->mount.size() > b->mount.size(); });
    }
}

QString ImageIndex::keyOfPath(const Hypervisor &hypervisor, const QString &path) const
{
    if (path.isEmpty())
        return {};
    const QString clean = QDir::cleanPath(path);
    if (isWorldWide(clean))
        return QLatin1String("device ") + clean;
    if (clean.startsWith(u'/')) {
        const auto &mounts = storageOf(hypervisor).mounts;
        const auto mount = std::find_if(mounts.begin(), mounts.end(),
                                        [&](const Filesystem *one) { return isBelow(clean, one->mount); });
        if (mount != mounts.end() && isShared(**mount))
            return QStringLiteral("shared %1 %2").arg((*mount)->device, clean.sliced((*mount)->mount.size()));
    }
    return QStringLiteral("local %1 %2").arg(hypervisor.name, clean);
}

const ImageIndex::Storage &ImageIndex::storageOf(const Hypervisor &hypervisor) const
{
    static const Storage none;
    const auto found = m_storages.constFind(&hypervisor);
    return found == m_storages.constEnd() ? none : *found;
}

QString ImageIndex::pathOf(const Storage &storage, const Disk &disk)
{
    if (disk.type == QLatin1String("volume"))
        if (const Volume *volume = storage.byName.value(disk.path))
            return volume->path;
    return disk.path;
}

QString ImageIndex::keyOf(const Hypervisor &hypervisor, const Disk &disk) const
{
    if (!disk.remote.isEmpty())
        return QLatin1String("remote ") + disk.remote;
    return keyOfPath(hypervisor, pathOf(storageOf(hypervisor), disk));
}

QStringList ImageIndex::chainOf(const Hypervisor &hypervisor, const Disk &disk) const
{
    if (disk.path.isEmpty())
        return {};
    const Storage &storage = storageOf(hypervisor);
    QStringList chain{pathOf(storage, disk)};
    chain += disk.backing;
    for (;;) {
        const Volume *volume = storage.byPath.value(QDir::cleanPath(chain.last()));
        if (!volume || volume->backing.isEmpty() || chain.contains(volume->backing))
            return chain;
        chain.append(volume->backing);
    }
}

bool isWritable(const Disk &disk)
{
    const bool isDisk =
        disk.device.isEmpty() || disk.device == QLatin1String("disk") || disk.device == QLatin1String("lun");
    return isDisk && !disk.readOnly;
}

} // namespace tropo
