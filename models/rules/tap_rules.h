#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> nicTapMismatch(const RuleInput &input);

} // namespace tropo
