#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> networkMissing(const RuleInput &input);
QList<Finding> networkInactive(const RuleInput &input);
QList<Finding> networkNoAutostart(const RuleInput &input);
QList<Finding> networkBridgeMissing(const RuleInput &input);
QList<Finding> networkDrift(const RuleInput &input); ///< in network_drift.cpp
QList<Finding> networkSubnetOverlap(const RuleInput &input);

} // namespace tropo
