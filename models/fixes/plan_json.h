#pragma once

#include "models/fixes/plan.h"

namespace tropo {

/// A plan with all that is needed to carry it out or take it back, as a journal keeps it. (What
/// command-line.md calls the JSON of a plan is planJson in plan.h: for people and other programs.)
QJsonObject storedPlan(const Plan &plan);
/// Errors (Format): a field is missing or of another kind; a step of a kind that this version does not know.
Result<Plan> planFromStored(const QJsonObject &stored);

} // namespace tropo
