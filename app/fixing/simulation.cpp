#include "app/fixing/simulation.h"

#include "app/judgement.h"
#include "models/fixes/simulation_start.h"

namespace tropo {

using namespace Qt::StringLiterals;

SnapshotPtr Simulation::snapshot(SnapshotKind kind, const QString &origin) const
{
    return simulatedSnapshot(
        *judgedFleet(kind, origin, fleet->evidence(), fleet->fleet(), policy, bundledEndOfLife()));
}

Simulation simulationOf(const Snapshot &snapshot)
{
    SimulationStart start = simulationStart(snapshot.evidence, snapshot.policy);
    Simulation simulation;
    simulation.assumed = start.assumed;
    simulation.policy = start.policy;
    simulation.fleet = std::make_shared<SimulatedFleet>(std::move(start.fleet), std::move(start.policy),
                                                        std::move(start.evidence));
    return simulation;
}

void addAssumptions(const Simulation &simulation, Plan &plan)
{
    plan.warnings.prepend(u"This is a simulation: nothing is changed on any machine."_s);
    for (const QString &one : simulation.assumed)
        plan.warnings.append(u"Assumed, as it was not read: "_s + one);
}

FixJob simulatedJob(const Simulation &simulation, const Plan &plan)
{
    FixJob job;
    job.plan = plan;
    job.keepJournal = false;
    job.executor = [fleet = simulation.fleet](const QString &,
                                              const std::stop_token &) -> Result<std::shared_ptr<Executor>> {
        return std::shared_ptr<Executor>(fleet);
    };
    return job;
}

} // namespace tropo
