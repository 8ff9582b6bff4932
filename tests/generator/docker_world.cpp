#include "tests/generator/docker_world.h"

#include "tests/generator/healthy_world.h"

#include <algorithm>

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

WorldOs containerSystem(const QString &id, const QString &version)
{
    WorldOs os;
    os.id = id;
    os.version = version;
    os.name = id == u"alpine" ? u"Alpine Linux"_s : id == u"fedora" ? u"Fedora"_s : u"Debian GNU/Linux"_s;
    os.pretty = id == u"alpine"   ? u"Alpine Linux v"_s + version.section(u'.', 0, 1)
                : id == u"fedora" ? u"Fedora %1 (Twenty Eight)"_s.arg(version)
                                  : u"Debian GNU/Linux "_s + version;
    return os;
}

const QList<Program> &programs()
{
    static const QList<Program> all{
        {u"nginx:1.25.1"_s,
         {u"/docker-entrypoint.sh"_s, u"nginx"_s, u"-g"_s, u"daemon off;"_s},
         containerSystem(u"debian"_s, u"12"_s)},
        {u"postgres:15.3"_s,
         {u"docker-entrypoint.sh"_s, u"postgres"_s},
         containerSystem(u"debian"_s, u"12"_s)},
        {u"redis:7.0.12-alpine"_s,
         {u"docker-entrypoint.sh"_s, u"redis-server"_s},
         containerSystem(u"alpine"_s, u"3.18.2"_s)},
        {u"prom/prometheus:v2.45.0"_s, {u"/bin/prometheus"_s, u"--config.file=/etc/p.yml"_s}, {}},
        {u"grafana/grafana:10.0.2"_s, {u"/run.sh"_s}, containerSystem(u"alpine"_s, u"3.18.0"_s)},
        {u"firethorn/firethorn:2.1.40"_s,
         {u"/bin/sh"_s, u"-c"_s, u"/var/local/run.sh"_s},
         containerSystem(u"debian"_s, u"11"_s)},
        {u"firethorn/ogsadai:2.1.40"_s,
         {u"/bin/sh"_s, u"-c"_s, u"/var/local/start.sh"_s},
         containerSystem(u"debian"_s, u"11"_s)},
        {u"mariadb:10.11.4"_s, {u"docker-entrypoint.sh"_s, u"mariadbd"_s}, {}},
        {u"registry:2.8.2"_s,
         {u"/entrypoint.sh"_s, u"/etc/docker/registry/config.yml"_s},
         containerSystem(u"alpine"_s, u"3.18.2"_s)}};
    return all;
}

WorldContainer containerOf(const Program &program, const QString &name, const QDateTime &started, Dice &dice)
{
    WorldContainer container;
    container.id = dice.hex(64);
    container.name = name;
    container.image = program.image;
    container.command = program.command;
    container.os = program.os;
    container.created = started.addSecs(-2);
    container.started = started;
    if (dice.chance(40))
        container.health = u"healthy"_s;
    return container;
}

WorldContainer taskContainer(const World &world, const WorldService &service, const WorldTask &task,
                             const QString &node, const QDateTime &started, Dice &dice)
{
    const auto program = std::find_if(programs().begin(), programs().end(),
                                      [&](const Program &one) { return one.image == service.image; });
    const QString name = task.name + u'.' + task.id;
    WorldContainer container = containerOf(*program, name, started, dice);
    container.network = u"ingress"_s;
    container.labels = {{u"com.docker.stack.namespace"_s, world.swarm.stack},
                        {u"com.docker.swarm.node.id"_s, node},
                        {u"com.docker.swarm.service.id"_s, service.id},
                        {u"com.docker.swarm.service.name"_s, service.name},
                        {u"com.docker.swarm.task"_s, u""_s},
                        {u"com.docker.swarm.task.id"_s, task.id},
                        {u"com.docker.swarm.task.name"_s, name}};
    return container;
}

void labelCompose(WorldContainer &container, const QString &project, const QString &service, int number)
{
    container.labels.insert(u"com.docker.compose.project"_s, project);
    container.labels.insert(u"com.docker.compose.service"_s, service);
    container.labels.insert(u"com.docker.compose.container-number"_s, QString::number(number));
    container.labels.insert(u"com.docker.compose.oneoff"_s, u"False"_s);
    container.name = u"%1-%2-%3"_s.arg(project, service).arg(number);
    container.network = project + u"_default"_s;
}

QList<WorldVm *> swarmMembers(World &world)
{
    QList<WorldVm *> members;
    for (WorldHypervisor &host : world.hypervisors)
        for (WorldVm &vm : host.vms)
            if (vm.guest && vm.guest->engine && !vm.guest->engine->node.isEmpty())
                members.insert(vm.guest->engine->manager ? 0 : members.size(), &vm);
    return members;
}

void addService(World &world, const Program &program, const QString &name, int replicas, Dice &dice)
{
    const QList<WorldVm *> members = swarmMembers(world);
    WorldService service;
    service.id = dice.swarmId();
    service.name = world.swarm.stack + u'_' + name;
    // Docker takes no second service of a name.
    for (const WorldService &other : world.swarm.services)
        if (other.name == service.name)
            return;
    service.image = program.image;
    const bool global = replicas == 0;
    service.mode = global ? u"global"_s : u"replicated"_s;
    service.desired = service.running = global ? static_cast<int>(members.size()) : replicas;
    service.update = dice.chance(30) ? u"completed"_s : QString();
    for (int slot = 1; slot <= service.desired; ++slot) {
        WorldVm *vm = global ? members[slot - 1] : dice.of(members);
        WorldEngine &engine = *vm->guest->engine;
        WorldTask task;
        task.id = dice.swarmId();
        task.name = service.name + u'.' + (global ? engine.node : QString::number(slot));
        task.image = program.image;
        task.node = vm->guest->hostname;
        task.current = u"Running 4 weeks ago"_s;
        const QDateTime started = world.taken.addDays(-28).addSecs(dice.below(60));
        engine.containers.append(taskContainer(world, service, task, engine.node, started, dice));
        world.swarm.tasks.append(task);
    }
    world.swarm.services.append(service);
}

} // namespace tropo::generator
