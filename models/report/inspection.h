#pragma once

#include "models/snapshot.h"

#include <QJsonObject>

namespace tropo {

/// What `inspect` prints. `rules`: only findings of these, all where empty. Formats are those of
/// command-line.md.
QJsonObject inspectionJson(const Snapshot &snapshot, const QStringList &rules = {});
QString inspectionText(const Snapshot &snapshot, const QStringList &rules = {});

/// The worst severity among findings that are not accepted; nothing where there is none.
std::optional<Severity> worst(const Snapshot &snapshot, const QStringList &rules = {});

/// What of the fleet was not read, one sentence each: an unread part is never passed over in silence.
QStringList notRead(const Snapshot &snapshot);

} // namespace tropo
