#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> diskSharedWritable(const RuleInput &input);
QList<Finding> diskUnused(const RuleInput &input);
QList<Finding> domainMediaLeft(const RuleInput &input);
QList<Finding> domainSnapshotLeft(const RuleInput &input);

} // namespace tropo
