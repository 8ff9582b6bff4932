#pragma once

#include "models/snapshot.h"

namespace tropo {

/// What was not read of a node of the fleet tree or of anything below it, a line a machine; of a float, a
/// line a layer. Empty: all that the rules look at was read.
QStringList notReadTexts(const Snapshot &snapshot, const QString &key);

/// How many machines were not read whole.
qsizetype machinesNotRead(const Snapshot &snapshot);

} // namespace tropo
