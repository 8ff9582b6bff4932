#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> guestDiskFull(const RuleInput &input);
QList<Finding> hostDiskFull(const RuleInput &input);

} // namespace tropo
