#pragma once

#include "models/rules/rule.h"

namespace tropo {

// What is past its end of life, or near it, by the bundled table and the time of the capture.

QList<Finding> guestOsEol(const RuleInput &input);
QList<Finding> hostOsEol(const RuleInput &input);
QList<Finding> guestDockerEol(const RuleInput &input);
QList<Finding> guestKernelEol(const RuleInput &input);
QList<Finding> hostKernelEol(const RuleInput &input);

} // namespace tropo
