#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> sourceUnreachable(const RuleInput &input);

} // namespace tropo
