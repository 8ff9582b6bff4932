#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> interfaceConfigInvalid(const RuleInput &input);

} // namespace tropo
