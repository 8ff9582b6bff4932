#include "tests/generator/breakage.h"

#include "tests/generator/docker_world.h"

#include <algorithm>

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A container of the Swarm and where it runs.
struct TaskPlace
{
    HostVm vm;
    qsizetype container = 0;

    WorldEngine &engine() const { return *vm.vm->guest->engine; }
    WorldContainer &running() const { return engine().containers[container]; }
    QString service() const { return running().labels.value(u"com.docker.swarm.service.name"_s); }
    QString taskId() const { return running().labels.value(u"com.docker.swarm.task.id"_s); }
};

QList<TaskPlace> tasksOf(const QList<HostVm> &members)
{
    QList<TaskPlace> tasks;
    for (const HostVm &vm : members)
        for (qsizetype i = 0; i < vm.vm->guest->engine->containers.size(); ++i)
            if (const TaskPlace one{vm, i}; !one.taskId().isEmpty())
                tasks.append(one);
    return tasks;
}

WorldService &serviceOf(World &world, const QString &name)
{
    return *std::find_if(world.swarm.services.begin(), world.swarm.services.end(),
                         [&](const WorldService &one) { return one.name == name; });
}

WorldTask &taskOf(World &world, const QString &id)
{
    return *std::find_if(world.swarm.tasks.begin(), world.swarm.tasks.end(),
                         [&](const WorldTask &one) { return one.id == id; });
}

QStringList serviceSubjects(const QList<HostVm> &members, const QString &service)
{
    QStringList subjects;
    for (const HostVm &one : members)
        subjects.append(one.service(service));
    return subjects;
}

/// As a person copies it: another task's id, everything else the same.
WorldContainer copyOf(const World &world, const WorldContainer &original, Dice &dice)
{
    WorldContainer copy = original;
    const QString id = dice.swarmId();
    copy.id = dice.hex(64);
    copy.name = original.name.section(u'.', 0, -2) + u'.' + id;
    copy.labels[u"com.docker.swarm.task.id"_s] = id;
    copy.labels[u"com.docker.swarm.task.name"_s] = copy.name;
    copy.created = copy.started = world.taken.addSecs(-3600);
    return copy;
}

bool copiedByHand(Breaker &b, bool elsewhere)
{
    const QList<HostVm> members = b.swarm();
    const QList<TaskPlace> tasks = tasksOf(members);
    if (tasks.isEmpty())
        return false;
    const TaskPlace task = b.dice.of(tasks);
    const QString service = task.service();
    if (elsewhere && serviceOf(b.world, service).mode == u"global")
        return false;
    WorldContainer copy = copyOf(b.world, task.running(), b.dice);
    const HostVm &target = elsewhere ? b.dice.of(members) : task.vm;
    WorldEngine &engine = *target.vm->guest->engine;
    copy.labels[u"com.docker.swarm.node.id"_s] = engine.node;
    engine.containers.append(copy);
    b.expectOneOf(u"container-task-duplicate"_s, serviceSubjects(members, service));
    b.allow(u"container-restarted-apart"_s);
    return true;
}

/// The worker's way to the manager was cut: the manager runs the task elsewhere, the old one still runs.
bool cutOff(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    if (members.size() < 2)
        return false;
    const HostVm &worker = members.last();
    const HostVm &other = members.first();
    WorldEngine &engine = *worker.vm->guest->engine;
    QStringList services;
    const QList<TaskPlace> tasks = tasksOf({worker});
    if (tasks.isEmpty())
        return false;
    for (const TaskPlace &task : tasks) {
        WorldService &service = serviceOf(b.world, task.service());
        if (service.mode == u"global")
            return false;
        WorldTask &old = taskOf(b.world, task.taskId());
        old.desired = u"Shutdown"_s;
        old.current = u"Running 2 minutes ago"_s;
        WorldTask next = old;
        next.id = b.dice.swarmId();
        next.node = other.vm->guest->hostname;
        next.desired = u"Running"_s;
        next.current = u"Running 1 minute ago"_s;
        WorldEngine &target = *other.vm->guest->engine;
        target.containers.append(
            taskContainer(b.world, service, next, target.node, b.world.taken.addSecs(-60), b.dice));
        b.world.swarm.tasks.append(next);
        ++service.running;
        services.append(service.name);
    }
    for (WorldNode &node : b.world.swarm.nodes)
        if (node.id == engine.node)
            node.status = u"Down"_s;
    services.removeDuplicates();
    for (const QString &service : services)
        b.expectOneOf(u"container-task-duplicate"_s, serviceSubjects(members, service));
    b.allow(u"container-node-down"_s); // what it comes of
    b.allow(u"container-restarted-apart"_s);
    return true;
}

/// A replicated service's task, its service and where it runs.
std::optional<TaskPlace> replicatedTask(Breaker &b, const QList<HostVm> &members)
{
    QList<TaskPlace> tasks = tasksOf(members);
    tasks.removeIf([&](const TaskPlace &one) { return serviceOf(b.world, one.service()).mode == u"global"; });
    return tasks.isEmpty() ? std::nullopt : std::optional(b.dice.of(tasks));
}

/// Scaled down, and the engine did not stop it.
bool notStopped(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    const auto place = replicatedTask(b, members);
    if (!place)
        return false;
    WorldService &service = serviceOf(b.world, place->service());
    service.running = --service.desired;
    WorldTask &task = taskOf(b.world, place->taskId());
    task.desired = u"Shutdown"_s;
    task.current = u"Running 4 weeks ago"_s;
    // One more runs than the service asks for now.
    b.expectOneOf(u"container-over-replicas"_s, serviceSubjects(members, service.name));
    return true;
}

/// Replaced by a task that no node takes, while its engine never stopped it.
bool replacedByNothing(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    const auto place = replicatedTask(b, members);
    if (!place)
        return false;
    --serviceOf(b.world, place->service()).running;
    WorldTask &old = taskOf(b.world, place->taskId());
    WorldTask next = old;
    old.desired = u"Shutdown"_s;
    next.id = b.dice.swarmId();
    next.node.clear();
    next.current = u"Pending 5 hours ago"_s;
    next.error = u"no suitable node (insufficient resources on 2 nodes)"_s;
    b.world.swarm.tasks.append(next);
    b.expect(u"container-not-wanted"_s, place->vm.container(place->running().name));
    b.allow(u"container-not-running"_s); // the new one: true as well
    return true;
}

bool notStarted(Breaker &b, bool pending)
{
    const QList<HostVm> members = b.swarm();
    const auto place = replicatedTask(b, members);
    if (!place)
        return false;
    WorldService &service = serviceOf(b.world, place->service());
    const QString name = service.name;
    WorldTask &task = taskOf(b.world, place->taskId());
    if (pending) {
        task.node.clear();
        task.current = u"Pending 5 hours ago"_s;
        task.error = u"no suitable node (insufficient resources on 2 nodes)"_s;
        --service.running;
    }
    place->engine().containers.removeAt(place->container);
    b.expectOneOf(u"container-not-running"_s, serviceSubjects(members, name));
    b.allow(u"guest-idle"_s);
    return true;
}

/// The manager does not hear an engine any more, which goes on as it was.
bool notHeard(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    const QList<TaskPlace> tasks = members.size() < 2 ? QList<TaskPlace>() : tasksOf({members.last()});
    if (tasks.isEmpty())
        return false;
    for (WorldNode &node : b.world.swarm.nodes)
        if (node.id == members.last().vm->guest->engine->node)
            node.status = u"Down"_s;
    b.expectOneOf(u"container-node-down"_s, {members.last().subject(), members.first().subject()});
    return true;
}

bool tooMany(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    const QList<TaskPlace> tasks = tasksOf(members);
    if (tasks.isEmpty())
        return false;
    const TaskPlace place = b.dice.of(tasks);
    WorldService &service = serviceOf(b.world, place.service());
    if (service.mode == u"global")
        return false;
    // One task more, with a slot of its own, that the manager knows and no longer counts on.
    WorldTask task = taskOf(b.world, place.taskId());
    task.id = b.dice.swarmId();
    task.name = service.name + u'.' + QString::number(service.desired + 1);
    task.node = place.vm.vm->guest->hostname;
    WorldEngine &engine = place.engine();
    engine.containers.append(
        taskContainer(b.world, service, task, engine.node, place.running().started, b.dice));
    b.world.swarm.tasks.append(task);
    ++service.running;
    b.expectOneOf(u"container-over-replicas"_s, serviceSubjects(members, service.name));
    return true;
}

bool unknownService(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    const QList<TaskPlace> tasks = tasksOf(members);
    if (tasks.isEmpty())
        return false;
    const TaskPlace place = b.dice.of(tasks);
    WorldContainer orphan = copyOf(b.world, place.running(), b.dice);
    orphan.image = u"firethorn/old:1.9"_s;
    orphan.name =
        u"%1_old.1.%2"_s.arg(b.world.swarm.stack, orphan.labels.value(u"com.docker.swarm.task.id"_s));
    orphan.labels[u"com.docker.swarm.task.name"_s] = orphan.name;
    orphan.labels[u"com.docker.swarm.service.id"_s] = b.dice.swarmId();
    orphan.labels[u"com.docker.swarm.service.name"_s] = b.world.swarm.stack + u"_old"_s;
    orphan.started = orphan.created = place.running().started;
    place.engine().containers.append(orphan);
    b.expect(u"container-orphan"_s, place.vm.container(orphan.name));
    return true;
}

/// A node that left: its containers run on, labelled with what the manager has forgotten.
bool unknownTask(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    QList<TaskPlace> tasks = tasksOf(members);
    tasks.removeIf([&](const TaskPlace &one) { return serviceOf(b.world, one.service()).mode == u"global"; });
    if (tasks.isEmpty())
        return false;
    const TaskPlace place = b.dice.of(tasks);
    WorldService &service = serviceOf(b.world, place.service());
    WorldContainer orphan = copyOf(b.world, place.running(), b.dice);
    orphan.started = orphan.created = place.running().started;
    orphan.name = u"%1.%2.%3"_s.arg(service.name)
                      .arg(service.desired + 1)
                      .arg(orphan.labels.value(u"com.docker.swarm.task.id"_s));
    orphan.labels[u"com.docker.swarm.task.name"_s] = orphan.name;
    place.engine().containers.append(orphan);
    b.expect(u"container-orphan"_s, place.vm.container(orphan.name));
    return true;
}

bool restartedApart(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    const QList<TaskPlace> tasks = tasksOf(members);
    QStringList services;
    for (const TaskPlace &one : tasks)
        services.append(one.service());
    services.removeDuplicates();
    if (services.size() < 2)
        return false;
    const QString restarted = b.dice.of(services);
    for (const TaskPlace &one : tasks) {
        if (one.service() != restarted)
            continue;
        one.running().created = one.running().started = b.world.taken.addDays(-5);
        taskOf(b.world, one.taskId()).current = u"Running 5 days ago"_s;
    }
    QStringList subjects;
    for (const QString &service : services)
        subjects += serviceSubjects(members, service);
    subjects += serviceSubjects(members, b.world.swarm.stack);
    for (const HostVm &one : members)
        subjects.append(one.subject());
    b.expectOneOf(u"container-restarted-apart"_s, subjects);
    return true;
}

bool imageShared(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    const QList<TaskPlace> tasks = tasksOf(members);
    for (const TaskPlace &a : tasks) {
        for (const TaskPlace &c : tasks) {
            if (a.vm.vm != c.vm.vm || a.service() == c.service())
                continue;
            const QString image = a.running().image;
            const QStringList command = a.running().command;
            const QString other = c.service();
            serviceOf(b.world, other).image = image;
            for (const TaskPlace &one : tasks) {
                if (one.service() != other)
                    continue;
                one.running().image = image;
                one.running().command = command;
                taskOf(b.world, one.taskId()).image = image;
            }
            b.expectOneOf(u"container-image-shared"_s,
                          serviceSubjects(members, a.service()) + serviceSubjects(members, other));
            b.allow(u"container-image-shared"_s); // on each engine that has both
            return true;
        }
    }
    return false;
}

} // namespace

QList<Breakage> swarmBreakages()
{
    return {
        {"container-task-duplicate", "copied by hand on one engine",
         [](Breaker &b) { return copiedByHand(b, false); }},
        {"container-task-duplicate", "copied by hand on any engine",
         [](Breaker &b) { return copiedByHand(b, true); }},
        {"container-task-duplicate", "a worker cut off from its manager", &cutOff},
        {"container-over-replicas", "scaled down, not stopped", &notStopped},
        {"container-not-wanted", "replaced by a task that no node takes", &replacedByNothing},
        {"container-not-running", "its container is gone", [](Breaker &b) { return notStarted(b, false); }},
        {"container-not-running", "no node takes it", [](Breaker &b) { return notStarted(b, true); }},
        {"container-node-down", "not heard by its manager", &notHeard},
        {"container-over-replicas", "a task more than asked for", &tooMany},
        {"container-orphan", "of a service that is gone", &unknownService},
        {"container-orphan", "of a task that nobody knows", &unknownTask},
        {"container-restarted-apart", "one service restarted later", &restartedApart},
        {"container-image-shared", "two services on one image", &imageShared},
    };
}

} // namespace tropo::generator
