#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> nicMacDuplicate(const RuleInput &input);
QList<Finding> nicConfigDrift(const RuleInput &input);
QList<Finding> nicMacUnknownInside(const RuleInput &input);
QList<Finding> nicUnconfiguredInside(const RuleInput &input);

} // namespace tropo
