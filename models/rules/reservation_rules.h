#pragma once

#include "models/rules/rule.h"

namespace tropo {

QList<Finding> reservationDuplicate(const RuleInput &input);
QList<Finding> reservationOutsideRange(const RuleInput &input);
QList<Finding> reservationOctet(const RuleInput &input);
QList<Finding> reservationNameMismatch(const RuleInput &input);
QList<Finding> reservationMissing(const RuleInput &input);
QList<Finding> reservationDeclaredConflict(const RuleInput &input);
QList<Finding> leaseMismatch(const RuleInput &input);

} // namespace tropo
