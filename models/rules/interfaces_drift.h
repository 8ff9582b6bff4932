#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> interfacesDrift(const RuleInput &input);

} // namespace tropo
