#pragma once

#include "models/fixes/planner.h"

namespace tropo {

/// What a button says that asks for this plan: "Move float1 to another VM…", "Leave Acilamwen one NIC of each
/// MAC".
QString offerTitle(const PlanRequest &request);

/// What can be done with a float, whatever was found of it. The VM is still to be chosen.
QList<PlanRequest> floatRequests(const QString &name, bool isHeld);

} // namespace tropo
