#include "app/commands/commands.h"
#include "app/fixing/simulation.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

int print(const Plan &plan, const QString &format)
{
    if (format == u"json")
        return printResult(planJson(plan));
    return printResult(format == u"sh" ? planRunbook(plan) : planText(plan));
}

} // namespace

int runPlanCommand(const Request &request)
{
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    if ((*snapshot)->kind != SnapshotKind::Demo) {
        const auto plan = makePlan(planInput(**snapshot), request.plan);
        return plan ? print(*plan, request.format) : fail(plan.error());
    }
    const Simulation simulation = simulationOf(**snapshot);
    const Fleet fleet = simulation.fleet->fleet();
    const Evidence evidence = simulation.fleet->evidence();
    auto plan = makePlan({fleet, simulation.policy, evidence}, request.plan);
    if (!plan)
        return fail(plan.error());
    addAssumptions(simulation, *plan);
    return print(*plan, request.format);
}

} // namespace tropo
