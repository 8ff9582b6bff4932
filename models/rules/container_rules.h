#pragma once

#include "models/rules/rule.h"

namespace tropo {

// container_copy_rules.cpp: what runs more than once, or looks so

QList<Finding> containerDuplicate(const RuleInput &input);
QList<Finding> containerImageShared(const RuleInput &input);

// container_state_rules.cpp: how containers are

QList<Finding> containerUnhealthy(const RuleInput &input);
QList<Finding> containerRestartedApart(const RuleInput &input);
QList<Finding> containerPortClash(const RuleInput &input);

// container_image_rules.cpp: what they run

QList<Finding> containerOsEol(const RuleInput &input);
QList<Finding> containerImageLatest(const RuleInput &input);

} // namespace tropo
