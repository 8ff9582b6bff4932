#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> clockSkew(const RuleInput &input);
QList<Finding> fleetVersionSkew(const RuleInput &input);

} // namespace tropo
