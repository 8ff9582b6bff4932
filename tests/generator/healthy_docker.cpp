#include "tests/generator/docker_world.h"
#include "tests/generator/healthy_world.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

void addLink(WorldGuest &guest, const QString &name, const QString &kind, std::optional<Ipv4> address,
             const QString &master, Dice &dice)
{
    WorldLink link;
    link.name = name;
    link.kind = kind;
    link.mac = MacAddress(0x0242'0000'0000ULL + static_cast<quint64>(dice.below(0x7fff'ffff)));
    if (address)
        link.addresses = {{*address, 16}};
    link.master = master;
    link.masterKind = u"bridge"_s;
    guest.links.append(link);
}

void addDockerLinks(WorldGuest &guest, Dice &dice)
{
    const WorldEngine &engine = *guest.engine;
    addLink(guest, u"docker0"_s, u"bridge"_s, Ipv4(0xac11'0001U), {}, dice);
    const bool inSwarm = !engine.node.isEmpty();
    if (inSwarm)
        addLink(guest, u"docker_gwbridge"_s, u"bridge"_s, Ipv4(0xac12'0001U), {}, dice);
    for (const WorldContainer &container : engine.containers)
        if (container.state == u"running")
            addLink(guest, u"veth"_s + dice.hex(7), u"veth"_s, {},
                    inSwarm ? u"docker_gwbridge"_s : u"docker0"_s, dice);
}

void addSwarm(World &world, QList<WorldVm *> members, Dice &dice)
{
    world.swarm.cluster = dice.swarmId();
    world.swarm.stack = dice.of(QStringList{u"ft"_s, u"mon"_s, u"tap"_s});
    members.resize(qMin(members.size(), qsizetype(dice.between(2, 3))));
    for (WorldVm *vm : members) {
        WorldEngine &engine = *vm->guest->engine;
        engine.node = dice.swarmId();
        engine.manager = vm == members.first();
        WorldNode node;
        node.id = engine.node;
        node.hostname = vm->guest->hostname;
        node.manager = engine.manager ? u"Leader"_s : QString();
        world.swarm.nodes.append(node);
    }
    QList<Program> free = programs();
    const int services = dice.between(2, 4);
    for (int i = 0; i < services; ++i) {
        // One global service, the others with one to three replicas.
        const Program program = dice.take(free);
        addService(world, program, dice.name().toLower(), i == 0 && dice.chance(50) ? 0 : dice.between(1, 3),
                   dice);
    }
}

void addCompose(const World &world, WorldVm &vm, const Program &program, Dice &dice)
{
    // Scaled: the same image and command several times is what the project asks for.
    const int copies = dice.between(1, 2);
    const QString project = dice.of(QStringList{u"web"_s, u"graphs"_s, u"store"_s});
    for (int number = 1; number <= copies; ++number) {
        WorldContainer container = containerOf(program, {}, world.taken.addDays(-12).addSecs(number), dice);
        labelCompose(container, project, u"app"_s, number);
        vm.guest->engine->containers.append(container);
    }
}

void addStandalone(const World &world, WorldVm &vm, Dice &dice)
{
    QList<Program> free = programs();
    const int count = dice.between(1, 3);
    for (int i = 0; i < count; ++i) {
        WorldContainer container = containerOf(dice.take(free), dice.name().toLower(),
                                               world.taken.addDays(-dice.between(3, 60)), dice);
        if (dice.chance(50))
            container.ports = {{8000 + i, 80}};
        vm.guest->engine->containers.append(container);
    }
    if (dice.chance(40))
        addCompose(world, vm, dice.of(free), dice);
    if (dice.chance(25)) { // somebody's finished job
        WorldContainer once =
            containerOf(dice.of(free), dice.name().toLower(), world.taken.addDays(-3), dice);
        once.state = u"exited"_s;
        once.health.clear();
        vm.guest->engine->containers.append(once);
    }
}

} // namespace

void addEngines(World &world, Dice &dice)
{
    QList<WorldVm *> hosts;
    for (WorldHypervisor &host : world.hypervisors) {
        for (WorldVm &vm : host.vms) {
            if (!vm.guest || !dice.chance(60))
                continue;
            WorldEngine engine;
            engine.version = u"24.0.4"_s;
            vm.guest->engine = engine;
            hosts.append(&vm);
        }
    }
    dice.shuffle(hosts);
    if (hosts.size() >= 2 && dice.chance(80))
        addSwarm(world, hosts, dice);
    for (WorldVm *vm : hosts) {
        WorldEngine &engine = *vm->guest->engine;
        if (engine.node.isEmpty() || engine.containers.isEmpty())
            addStandalone(world, *vm, dice);
        engine.asTable = engine.node.isEmpty() && dice.chance(8);
        addDockerLinks(*vm->guest, dice);
    }
}

} // namespace tropo::generator
