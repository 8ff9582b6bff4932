#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> bridgePortMissing(const RuleInput &input);
QList<Finding> bridgePortDown(const RuleInput &input);
QList<Finding> bridgeMacMismatch(const RuleInput &input);

} // namespace tropo
