#include "models/fixes/container_steps.h"

#include "models/fixes/typed.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

ContainerPlace containerPlace(const VmView &vm, const Container &container)
{
    return {placeOf(vm), container.id, container.name, container.task ? container.task->taskId : QString()};
}

Step containerStep(const QString &id, const QString &title, const VmView &vm, const Action &action)
{
    Step made;
    made.id = id;
    made.title = title;
    made.machine = vm.subject;
    made.action = action;
    return made;
}

QString dockerLine(const PlanInput &input, const VmView &vm, const QStringList &words)
{
    return guestLine(input.policy, vm, u"docker "_s + shellLine(words));
}

namespace {

Step saveStep(const PlanInput &input, const VmView &vm, const ContainerPlace &place)
{
    const QString id = place.id.left(12);
    Step save = containerStep(u"save-"_s + id,
                              u"Keep the description and the last 200 log lines of %1"_s.arg(place.name), vm,
                              SaveContainer{place});
    save.command = dockerLine(input, vm, {u"inspect"_s, place.id}) + u" >"_s +
                   shellWord(id + u"-inspect.json"_s) + u'\n' +
                   dockerLine(input, vm, {u"logs"_s, u"--tail"_s, u"200"_s, place.id}) + u" >"_s +
                   shellWord(id + u"-log.txt"_s) + u" 2>&1"_s;
    save.before = {ContainerIs{place, ContainerPhase::Running}};
    save.verify = save.before;
    save.needless = {{ContainerIs{place, ContainerPhase::Absent}}};
    save.undoText = u"nothing to take back: the files stay on this machine"_s;
    return save;
}

QString removeId(const ContainerPlace &place)
{
    return u"remove-"_s + place.id.left(12);
}

Step stopStep(const PlanInput &input, const VmView &vm, const ContainerPlace &place,
              const ContainerRemoval &removal)
{
    Step stop = containerStep(u"stop-"_s + place.id.left(12),
                              u"Stop %1 on %2, %3"_s.arg(place.name, vm.domain->name, removal.why), vm,
                              StopContainer{place});
    stop.command = dockerLine(input, vm, {u"stop"_s, place.id});
    stop.before = {ContainerIs{place, ContainerPhase::Running}};
    if (removal.manager)
        stop.before.append(TaskUnwanted{*removal.manager, place});
    stop.verify = {ContainerIs{place, ContainerPhase::Stopped}};
    stop.needless = {{ContainerIs{place, ContainerPhase::Absent}}};
    stop.verifyLimit = std::chrono::seconds(40);
    if (removal.manager) {
        stop.undoText =
            u"none by hand: a start of a Swarm's task makes duplicates; the service itself starts "
            u"what it wants"_s;
        stop.finalAfter = stop.id;
    } else {
        stop.undoText = dockerLine(input, vm, {u"start"_s, place.id});
        stop.undo = {StartContainer{place}};
        stop.finalAfter = removeId(place);
    }
    stop.disruptive = true;
    stop.outage = u"what this copy served; %1"_s.arg(removal.kept);
    return stop;
}

} // namespace

void addContainerRemoval(const PlanInput &input, const VmView &vm, const ContainerRemoval &removal,
                         Plan &plan)
{
    const ContainerPlace place = containerPlace(vm, *removal.container);
    Step remove =
        containerStep(removeId(place), u"Remove the stopped %1; no volume goes with it"_s.arg(place.name), vm,
                      RemoveContainer{place});
    remove.command = dockerLine(input, vm, {u"rm"_s, place.id});
    remove.before = {ContainerIs{place, ContainerPhase::Stopped}};
    remove.verify = {ContainerIs{place, ContainerPhase::Absent}};
    remove.finalAfter = remove.id;
    remove.undoText = u"none: what was kept of it is its description and its log"_s;
    plan.steps += {saveStep(input, vm, place), stopStep(input, vm, place, removal), remove};
    if (!plan.touches.contains(vm.subject))
        plan.touches.append(vm.subject);
    if (!plan.confirm.contains(vm.domain->name))
        plan.confirm.append(vm.domain->name);
    if (!plan.hypervisors.contains(vm.hypervisor->name))
        plan.hypervisors.append(vm.hypervisor->name);
    plan.blast.append(u"%1 → %2 on %3"_s.arg(place.name, vm.domain->name, vm.hypervisor->name));
}

} // namespace tropo
