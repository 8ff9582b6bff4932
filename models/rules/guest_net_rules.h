#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> guestTwoDefaultRoutes(const RuleInput &input);

} // namespace tropo
