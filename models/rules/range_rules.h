#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> nicMacOutOfRange(const RuleInput &input);
QList<Finding> nicIpOutOfRange(const RuleInput &input);

} // namespace tropo
