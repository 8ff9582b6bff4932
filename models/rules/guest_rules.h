#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> guestHostnameMismatch(const RuleInput &input);
QList<Finding> guestPackagesStale(const RuleInput &input);
QList<Finding> guestIdle(const RuleInput &input);

} // namespace tropo
