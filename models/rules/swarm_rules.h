#pragma once

#include "models/rules/rule.h"

namespace tropo {

// What the Swarm table (models/swarm) says is wrong. Each of its rows is one rule's: a place that runs twice
// is neither an orphan nor over the count as well.

QList<Finding> containerTaskDuplicate(const RuleInput &input);
QList<Finding> containerOverReplicas(const RuleInput &input);
QList<Finding> containerOrphan(const RuleInput &input);
QList<Finding> containerNotWanted(const RuleInput &input);
QList<Finding> containerNotRunning(const RuleInput &input);
QList<Finding> containerNodeDown(const RuleInput &input);

} // namespace tropo
