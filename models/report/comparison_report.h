#pragma once

#include "models/compare/comparison.h"

#include <QJsonObject>

namespace tropo {

/// {"format": 1, "before": {"origin", "taken"}, "after": …, "counts": {"added", "removed", "changed"},
/// "changes": [{"subject", "kind", "what", "message", "before", "after", "evidence_before",
/// "evidence_after"}], "not_compared": [{"subject", "message"}]}
QJsonObject comparisonJson(const Comparison &comparison, const Snapshot &before, const Snapshot &after);
/// Changes under what they are about.
QString comparisonText(const Comparison &comparison, const Snapshot &before, const Snapshot &after);

} // namespace tropo
