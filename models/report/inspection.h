#pragma once

#include "models/snapshot.h"

#include <QJsonObject>

namespace tropo {

/// What `inspect` prints. `rules`: only findings of these, all where empty. Formats are those of
/// command-line.md, and beside them
///
///     "stories":   as storyJson() has them, where two or more of a story's findings are printed
///     "floats":    as floatJson() has them, one a float in the order of the float table
///     "not_known": [{"subject", "what", "reason": text or null}], what was not read
QJsonObject inspectionJson(const Snapshot &snapshot, const QStringList &rules = {});
/// The same for people: stories first with their findings below them, then the other findings, then what was
/// not understood and what is not known.
QString inspectionText(const Snapshot &snapshot, const QStringList &rules = {});

/// The worst severity among findings that are not accepted; nothing where there is none.
std::optional<Severity> worst(const Snapshot &snapshot, const QStringList &rules = {});

} // namespace tropo
