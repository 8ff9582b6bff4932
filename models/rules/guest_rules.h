#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> guestOsEol(const RuleInput &input);

} // namespace tropo
