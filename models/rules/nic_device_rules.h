#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> nicInvalidMac(const RuleInput &input);
QList<Finding> nicModel(const RuleInput &input);

} // namespace tropo
