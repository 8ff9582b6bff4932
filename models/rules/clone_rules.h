#pragma once

#include "models/rules/rule.h"

namespace tropo {

/// VMs that stand on two hypervisors, by name or UUID: each group in the order of subjects.
QList<QList<const VmView *>> duplicateDomains(const VmIndex &index);

QList<Finding> domainDuplicate(const RuleInput &input);
QList<Finding> guestClone(const RuleInput &input);

} // namespace tropo
