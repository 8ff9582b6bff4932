#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> interfaceMacOverride(const RuleInput &input);
QList<Finding> udevNameOtherMac(const RuleInput &input);

} // namespace tropo
