#include "app/fixing/live_fix.h"

#include "ssh/apply/live_executor.h"
#include "ssh/collect/ssh_machine.h"

#include <QFile>
#include <QFileInfo>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

QByteArray bundled(const QString &name)
{
    QFile script(name);
    return script.open(QIODevice::ReadOnly) ? script.readAll() : QByteArray();
}

ApplyOptions liveOptions(const Policy &policy, const Fleet &fleet, const QString &planId,
                         const HostKeyAsker &asker)
{
    ApplyOptions options;
    options.policy = policy;
    const VmIndex index(fleet);
    for (const VmView &vm : index.vms())
        if (const auto way = wayInto(vm, policy))
            options.ways.guests.insert(vm.subject, *way);
    options.changeScript = bundled(u":/change/change.sh"_s);
    options.revertScript = bundled(u":/change/revert.sh"_s);
    options.planId = planId;
    options.keepFolder = journalFolder() + u'/' + planId;
    options.connect = sshConnector({{}, std::chrono::seconds(policy.connectSeconds), asker});
    return options;
}

} // namespace

FixJob liveJob(const Snapshot &snapshot, const Plan &plan, const HostKeyAsker &asker)
{
    FixJob job;
    job.plan = plan;
    job.executor = [policy = snapshot.policy, fleet = snapshot.fleet, plan, asker](
                       const QString &id, const std::stop_token &stop) -> Result<std::shared_ptr<Executor>> {
        auto live = std::make_shared<LiveExecutor>(liveOptions(policy, fleet, id, asker));
        if (const auto locked = live->lock(plan, stop); !locked)
            return tl::unexpected(locked.error());
        return live;
    };
    return job;
}

FixJob begunJob(const Snapshot &snapshot, const JournalEntry &begun, FixDirection direction,
                const HostKeyAsker &asker)
{
    FixJob job = liveJob(snapshot, begun.plan, asker);
    job.direction = direction;
    job.journal = begun.path;
    job.known = begun.steps;
    return job;
}

Result<void> readAgain(FixJob &job, const std::stop_token &stop)
{
    const auto executor = job.executor(QFileInfo(job.journal).completeBaseName(), stop);
    if (!executor)
        return tl::unexpected(executor.error());
    RunOptions options;
    options.known = job.known;
    options.stop = stop;
    job.known = assessPlan(job.plan, **executor, options);
    job.executor = [executor](const QString &, const std::stop_token &) { return executor; };
    return {};
}

} // namespace tropo
