#pragma once

#include "models/evidence/evidence.h"
#include "models/rules/rule.h"

namespace tropo {

/// Runs every rule that the policy does not turn off. Findings come worst first, then by subject and rule;
/// accepted ones bear their reason; evidence is quoted from the documents, bounded.
QList<Finding> judge(const Fleet &fleet, const Policy &policy, const EndOfLifeTable &endOfLife,
                     const Evidence &evidence);

/// The lines of a source as they stand in its document, at most `maxLines`.
QString quoted(const Evidence &evidence, const Source &source, int maxLines = 40);

} // namespace tropo
