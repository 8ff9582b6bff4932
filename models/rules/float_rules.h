#pragma once

#include "models/rules/rule.h"

namespace tropo {

// The floats' table of rule-catalogue.md. Shared facts about one float and one VM stand below, so that each
// fact has one owner and the general rules can stay quiet about it.

QList<Finding> floatMacIpMismatch(const RuleInput &input);
QList<Finding> floatDuplicateNic(const RuleInput &input);
QList<Finding> floatClaimedTwice(const RuleInput &input);
QList<Finding> floatHalfAssigned(const RuleInput &input);
QList<Finding> floatWrongNetwork(const RuleInput &input);
QList<Finding> floatNotPersistent(const RuleInput &input);
QList<Finding> floatNotLive(const RuleInput &input);
QList<Finding> floatUnreachable(const RuleInput &input);
QList<Finding> floatUnassigned(const RuleInput &input);

} // namespace tropo
