#pragma once

#include "models/evidence/evidence.h"
#include "models/fixes/plan.h"
#include "models/fleet/fleet.h"
#include "models/policy/policy.h"

#include <QMap>

#include <vector>

namespace tropo {

/// What a plan is made from: one reading of the fleet, with the documents that files and NICs stand in.
struct PlanInput
{
    const Fleet &fleet;
    const Policy &policy;
    const Evidence &evidence;
};

/// What the operator wants: a plan's name and its arguments, as on the command line. An argument that names a
/// VM is NAME, HYPERVISOR/NAME or a subject.
struct PlanRequest
{
    QString name;
    QStringList arguments;
    QMap<QString, QString> options; ///< "keep": "ip"; "revert": seconds

    bool operator==(const PlanRequest &) const = default;
};

/// A plan of the catalogue, and the pure function that makes it. Errors: Usage for arguments that name
/// nothing; Refused where it cannot be made safe, with why and what would help.
struct PlanKind
{
    const char *name;
    const char *title;
    const char *usage; ///< "FLOAT VM"
    Result<Plan> (*make)(const PlanInput &, const PlanRequest &);
};

const std::vector<PlanKind> &planCatalogue();
const PlanKind *findPlan(QStringView name);
Result<Plan> makePlan(const PlanInput &input, const PlanRequest &request);

// What the plans' own files provide.
Result<Plan> planFloatReassign(const PlanInput &, const PlanRequest &);
Result<Plan> planFloatRelease(const PlanInput &, const PlanRequest &);
Result<Plan> planFloatAssign(const PlanInput &, const PlanRequest &);
Result<Plan> planFloatRepair(const PlanInput &, const PlanRequest &);
Result<Plan> planNicRemoveDuplicates(const PlanInput &, const PlanRequest &);
Result<Plan> planNicPersist(const PlanInput &, const PlanRequest &);
Result<Plan> planNicDetach(const PlanInput &, const PlanRequest &);
Result<Plan> planNicRebind(const PlanInput &, const PlanRequest &);
Result<Plan> planNicBlink(const PlanInput &, const PlanRequest &);
Result<Plan> planReservationFix(const PlanInput &, const PlanRequest &);
Result<Plan> planNetworkRestore(const PlanInput &, const PlanRequest &);
Result<Plan> planNetworkStart(const PlanInput &, const PlanRequest &);
Result<Plan> planAutostartOn(const PlanInput &, const PlanRequest &);
Result<Plan> planContainerRemoveDuplicates(const PlanInput &, const PlanRequest &);

} // namespace tropo
