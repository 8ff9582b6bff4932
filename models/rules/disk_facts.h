#pragma once

#include "models/rules/rule.h"

#include <QHash>

namespace tropo {

/// Tells images apart over the whole fleet. Two hypervisors' local paths are different files; what a network
/// disk, a network file system or a disk's world-wide name points at is one image from wherever it is used.
class ImageIndex
{
public:
    explicit ImageIndex(const Fleet &fleet);

    /// One key for one image; empty for an empty drive.
    QString keyOf(const Hypervisor &hypervisor, const Disk &disk) const;
    /// The same for a path on a hypervisor, such as a backing file's.
    QString keyOfPath(const Hypervisor &hypervisor, const QString &path) const;
    /// The image and what it stands on, nearest first: as the XML says or, where it does not, as the pools'
    /// lists of volumes do.
    QStringList chainOf(const Hypervisor &hypervisor, const Disk &disk) const;

private:
    struct Storage
    {
        QHash<QString, const Volume *> byPath;
        QHash<QString, const Volume *> byName; ///< "pool/volume"
        QList<const Filesystem *> mounts;      ///< longest mount point first
    };
    const Storage &storageOf(const Hypervisor &hypervisor) const;
    static QString pathOf(const Storage &storage, const Disk &disk);

    QHash<const Hypervisor *, Storage> m_storages;
};

/// Whether a disk may be written: no drive for discs or floppies, not marked as read-only.
bool isWritable(const Disk &disk);

} // namespace tropo
