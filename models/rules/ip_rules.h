#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> ipDuplicate(const RuleInput &input);

} // namespace tropo
