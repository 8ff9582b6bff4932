#pragma once

#include "models/fleet/fleet.h"

#include <QByteArray>

namespace tropo {

/// A snapshot as snapshots.json names it.
struct SnapshotEntry
{
    QString domain;
    DomainSnapshot snapshot;

    bool operator==(const SnapshotEntry &) const = default;
};

/// snapshots.json of a capture: objects with "domain", "name" and "created" (RFC 3339, or seconds since
/// 1970).
Parsed<QList<SnapshotEntry>> parseSnapshotsJson(const QByteArray &text, const QString &document);
/// `virsh snapshot-list DOMAIN`, as printed before and since libvirt 4.10, and with --parent.
Parsed<QList<DomainSnapshot>> parseSnapshotsTable(const QByteArray &text, const QString &document);

} // namespace tropo
