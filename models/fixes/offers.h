#pragma once

#include "models/fixes/planner.h"
#include "models/rules/finding.h"

namespace tropo {

/// The plans that may mend a finding, ready to be made: one request for each choice that the operator has
/// (which of two is right, which VM keeps a float), those first that change least. A plan that needs a choice
/// the finding does not bear, such as the VM that is to get a free float, stands without that argument.
/// makePlan may still refuse one, and says why.
QList<PlanRequest> offersFor(const PlanInput &input, const Finding &finding);

/// Whether a request has all arguments that its plan needs.
bool isComplete(const PlanRequest &request);

} // namespace tropo
