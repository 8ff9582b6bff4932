#include "models/fixes/container_steps.h"
#include "models/fixes/typed.h"
#include "models/swarm/swarm_ids.h"
#include "models/swarm/swarm_table.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Extra
{
    const SwarmCopy *copy = nullptr;
    const SwarmCopy *kept = nullptr; ///< nothing: the Swarm wants none at all
};

const VmView *viewOf(const VmIndex &index, const EngineView &engine)
{
    for (const VmView &vm : index.vms())
        if (vm.domain == engine.domain)
            return &vm;
    return nullptr;
}

bool isWanted(const SwarmCopy &copy)
{
    return copy.task && wantedState(copy.task->desiredState) == WantedState::Running;
}

/// The service that a subject or a name means. Errors: Usage.
Result<const SwarmService *> serviceNamed(const SwarmTable &table, const QString &text, const Swarm *&swarm)
{
    QStringList known;
    for (const Swarm &one : table.swarms())
        for (const SwarmService &service : one.services) {
            bool named = service.subject == text || service.name == text;
            for (const EngineView *engine : one.engines)
                named = named || subject::service(engine->subject, service.name) == text;
            for (const SwarmRow &row : service.rows)
                for (const SwarmCopy &copy : row.copies)
                    named = named || copy.subject() == text || copy.container->name == text;
            if (named) {
                swarm = &one;
                return &service;
            }
            known.append(service.name);
        }
    known.removeDuplicates();
    return failure(ErrorKind::Usage, {},
                   u"no Swarm service or task \"%1\": there are %2"_s.arg(
                       text, known.isEmpty() ? u"none"_s : known.join(", "_L1)));
}

/// Copies of one place that its Swarm does not want. Errors (Refused): it wants several, or is changing them.
Result<QList<Extra>> extrasOf(const SwarmRow &row, const QString &service)
{
    const auto running = row.running();
    QList<const SwarmCopy *> wanted;
    for (const SwarmCopy *copy : running)
        if (isWanted(*copy))
            wanted.append(copy);
    if (wanted.size() > 1)
        return failure(
            ErrorKind::Refused, service,
            u"its Swarm wants %1 tasks for %2 at this moment: it is changing them itself; look again when it "
            u"has ended"_s.arg(QString::number(wanted.size()), row.place()));
    if (wanted.isEmpty() && !running.isEmpty() && row.wantedTask())
        return failure(ErrorKind::Refused, service,
                       u"its Swarm wants a task for %1 that does not run anywhere; what runs there is all "
                       u"that serves, so "
                       u"mend the other first (docker service ps --no-trunc)"_s.arg(row.place()));
    QList<Extra> extras;
    for (const SwarmCopy *copy : running)
        if (!isWanted(*copy))
            extras.append(Extra{copy, wanted.value(0)});
    return extras;
}

ContainerRemoval removalOf(const VmPlace &manager, const Extra &extra)
{
    ContainerRemoval removal;
    removal.container = extra.copy->container;
    removal.manager = manager;
    removal.why = u"which its Swarm does not want"_s;
    removal.kept = extra.kept ? u"%1 on %2 serves on"_s.arg(extra.kept->container->name,
                                                            extra.kept->engine->domain->name)
                              : u"the Swarm wants none in its place"_s;
    return removal;
}

/// Duplicates heal by themselves more often than not: those that have gone meanwhile need nothing any more.
Step lookAgain(const QList<QPair<const VmView *, Extra>> &removals)
{
    Step look = containerStep(u"look-again"_s, u"Wait 20 s and look again: Swarm may end them by itself"_s,
                              *removals.front().first, Wait{std::chrono::seconds(20)});
    look.command = u"sleep 20"_s;
    look.undoText = u"nothing was changed"_s;
    return look;
}

/// More places run than are asked for: to ask anew ends the rest. There is no way back to what nobody asked
/// for.
Step scaleStep(const PlanInput &input, const VmView &manager, const SwarmService &service, int asked)
{
    const VmPlace place = placeOf(manager);
    Step scale = containerStep(u"scale"_s,
                               u"Ask for %1 replicas of %2 anew: its Swarm ends the others itself"_s.arg(
                                   QString::number(asked), service.name),
                               manager, ScaleService{place, service.id, service.name, asked});
    const auto line = [&](const QString &replicas) {
        return dockerLine(input, manager, {u"service"_s, u"scale"_s, QString(service.id + u'=' + replicas)});
    };
    scale.command = line(QString::number(asked));
    scale.before = {ServiceReplicasAre{place, service.id, service.name, asked, {}}};
    scale.verify = {ServiceReplicasAre{place, service.id, service.name, asked, asked}};
    scale.verifyLimit = std::chrono::seconds(60);
    if (service.listed->running)
        scale.undone = {ServiceReplicasAre{place, service.id, service.name, asked, service.listed->running}};
    scale.finalAfter = scale.id;
    scale.undoText = u"none: its Swarm asks for %1 as before; if more are wanted, say so (docker service "
                     u"scale %2=NUMBER)"_s.arg(QString::number(asked), service.name);
    return scale;
}

/// Every copy that can go, with the VM that it runs on.
Result<QList<QPair<const VmView *, Extra>>> removalsOf(const VmIndex &index, const SwarmService &service)
{
    QList<QPair<const VmView *, Extra>> removals;
    for (const SwarmRow &row : service.rows) {
        const auto extras = extrasOf(row, service.subject);
        if (!extras)
            return tl::unexpected(extras.error());
        for (const Extra &extra : *extras)
            if (const VmView *vm = viewOf(index, *extra.copy->engine))
                removals.append({vm, extra});
    }
    return removals;
}

} // namespace

Result<Plan> planContainerRemoveDuplicates(const PlanInput &input, const PlanRequest &request)
{
    if (request.arguments.size() > 1)
        return planPlainDuplicates(input, request);
    const SwarmTable table(input.fleet);
    const VmIndex index(input.fleet);
    const Swarm *swarm = nullptr;
    const auto service = serviceNamed(table, request.arguments.value(0), swarm);
    if (!service)
        return tl::unexpected(service.error());
    const SwarmService &one = **service;
    const auto refuse = [&](const QString &why) { return failure(ErrorKind::Refused, one.subject, why); };
    const EngineView *managing = swarm->manager.engine();
    const VmView *manager = managing && swarm->manager.knowsTasks() ? viewOf(index, *managing) : nullptr;
    if (!manager)
        return refuse(
            u"no manager of its Swarm answered, so it is not known which tasks it wants: read the fleet again"_s);
    if (one.isChanging())
        return refuse(
            u"its Swarm is updating it: several tasks are normal meanwhile; look again when it has ended"_s);
    Plan plan;
    plan.intent = u"Leave each task of %1 running once, as its Swarm wants it"_s.arg(one.name);
    const auto removals = removalsOf(index, one);
    if (!removals)
        return tl::unexpected(removals.error());
    if (removals->isEmpty() && one.surplus.value_or(0) <= 0)
        return refuse(u"every task of it runs once, as its Swarm wants it: there is nothing to remove"_s);
    if (!removals->isEmpty())
        plan.steps.append(lookAgain(*removals));
    for (const auto &[vm, extra] : *removals)
        addContainerRemoval(input, *vm, removalOf(placeOf(*manager), extra), plan);
    if (removals->isEmpty() && one.listed && one.listed->desired) {
        plan.steps.append(scaleStep(input, *manager, one, *one.listed->desired));
        plan.touches.append(manager->subject);
    }
    if (!plan.hypervisors.contains(manager->hypervisor->name))
        plan.hypervisors.append(manager->hypervisor->name);
    plan.warnings.append(u"A task is never restarted by hand: docker restart makes duplicates of it"_s);
    return plan;
}

} // namespace tropo
