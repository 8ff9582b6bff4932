#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> domainNoAutostart(const RuleInput &input);
QList<Finding> domainNotRunning(const RuleInput &input);
QList<Finding> domainAgentMissing(const RuleInput &input);

} // namespace tropo
