#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> containerTaskDuplicate(const RuleInput &input);
QList<Finding> containerImageShared(const RuleInput &input);

} // namespace tropo
