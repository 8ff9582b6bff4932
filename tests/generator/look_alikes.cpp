#include "tests/generator/breakage.h"

#include "tests/generator/docker_world.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

bool slotsDiverged(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return one.vm->live.size() > 1 && one.vm->next.size() > 1; });
    if (!place)
        return false;
    std::swap(place->vm->next.first().pci, place->vm->next.last().pci);
    place->vm->next.swapItemsAt(0, place->vm->next.size() - 1);
    return true;
}

bool olderLibvirt(Breaker &b)
{
    bool any = false;
    for (WorldHypervisor &host : b.world.hypervisors)
        for (WorldVm &vm : host.vms)
            for (WorldNic &nic : vm.live)
                any = (nic.plainBridge = nic.network == publicNetwork) || any;
    return any;
}

bool sharedIso(Breaker &b)
{
    // A drive that is ejected again, and a disk that both may only read.
    auto first = b.vm([](const HostVm &one) { return one.vm->running; });
    auto second = first ? b.vm([&](const HostVm &one) { return one.vm->running && one.host == first->host; })
                        : std::nullopt;
    if (!second)
        return false;
    WorldDisk data;
    data.format = u"raw"_s;
    data.target = u"vdb"_s;
    data.path = u"/var/lib/libvirt/images/reference.img"_s;
    data.readOnly = b.dice.chance(50);
    data.shareable = !data.readOnly;
    first->vm->disks.append(data);
    second->vm->disks.append(data);
    return true;
}

/// A service in the middle of an update: the new task of a slot runs before the old one has stopped.
bool updating(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    if (members.isEmpty())
        return false;
    for (const HostVm &one : members) {
        WorldEngine &engine = *one.vm->guest->engine;
        for (qsizetype i = 0; i < engine.containers.size(); ++i) {
            const WorldContainer &old = engine.containers[i];
            const QString name = old.labels.value(u"com.docker.swarm.service.name"_s);
            for (WorldService &service : b.world.swarm.services) {
                if (service.name != name || service.mode == u"global")
                    continue;
                service.update = u"updating"_s;
                for (WorldTask &task : b.world.swarm.tasks) {
                    if (task.id != old.labels.value(u"com.docker.swarm.task.id"_s))
                        continue;
                    WorldTask next = task;
                    next.id = b.dice.swarmId();
                    next.current = u"Running 4 seconds ago"_s;
                    task.desired = u"Shutdown"_s;
                    task.current = u"Running 4 weeks ago"_s;
                    engine.containers.append(taskContainer(b.world, service, next, engine.node,
                                                           b.world.taken.addSecs(-4), b.dice));
                    b.world.swarm.tasks.append(next);
                    b.allow(u"container-restarted-apart"_s);
                    return true;
                }
            }
        }
    }
    return false;
}

/// Swarm keeps the containers of tasks that it has replaced.
bool replacedTask(Breaker &b)
{
    const QList<HostVm> members = b.swarm();
    if (members.isEmpty() || b.world.swarm.tasks.isEmpty())
        return false;
    const WorldTask task = b.dice.of(b.world.swarm.tasks);
    for (const WorldService &service : b.world.swarm.services) {
        if (!task.name.startsWith(service.name + u'.'))
            continue;
        for (const HostVm &one : members) {
            if (one.vm->guest->hostname != task.node)
                continue;
            WorldTask old = task;
            old.id = b.dice.swarmId();
            old.desired = u"Shutdown"_s;
            old.current = u"Failed 4 weeks ago"_s;
            old.error = u"task: non-zero exit (1)"_s;
            b.world.swarm.tasks.append(old);
            WorldContainer dead = taskContainer(b.world, service, old, one.vm->guest->engine->node,
                                                b.world.taken.addDays(-29), b.dice);
            dead.state = u"exited"_s;
            dead.health.clear();
            one.vm->guest->engine->containers.append(dead);
            return true;
        }
    }
    return false;
}

bool elidedListing(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    WorldGuest &guest = *place->vm->guest;
    guest.listing = WorldGuest::Listing::Ifconfig;
    guest.elided = true;
    // What was left out may well have the addresses.
    guest.links.removeIf([&](const WorldLink &link) { return link.pci && b.dice.chance(60); });
    return true;
}

bool unreadGuest(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    place->vm->guest.reset();
    b.allow(u"source-unreachable"_s); // a running guest that nobody read may be named as such
    return true;
}

bool stopped(Breaker &b)
{
    auto place = b.bystander([](const HostVm &one) { return !one.vm->guest->engine; });
    if (!place)
        return false;
    WorldVm &vm = *place->vm;
    const MacAddress mac = vm.nextNic(natNetwork)->mac;
    place->host->network(natNetwork)->leases.removeIf([mac](const WorldLease &one) {
        return one.mac == mac;
    });
    vm.running = vm.autostart = vm.agentConnected = false;
    vm.live.clear();
    vm.guest.reset();
    vm.id = 0;
    return true;
}

bool secondNetworkName(Breaker &b)
{
    auto place = b.holder();
    if (!place)
        return false;
    // The persistent form names another network that forwards to the same bridge.
    WorldNetwork other = *place->host->network(publicNetwork);
    other.name = u"public"_s;
    other.uuid = b.dice.uuid();
    place->host->networks.append(other);
    place->host->declaredNetworks.append(other);
    place->vm->nextNic(publicNetwork)->network = u"public"_s;
    return true;
}

bool reservedByName(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    // Names are compared without regard to case, as DNS does.
    for (WorldNetwork *network : {host->network(natNetwork), host->declared(natNetwork)})
        for (WorldReservation &one : network->reservations)
            one.name = one.name.toLower();
    return true;
}

WorldLink made(const QString &name, const QString &kind, MacAddress mac, QList<InterfaceAddress> addresses)
{
    WorldLink link;
    link.name = name;
    link.kind = kind;
    link.mac = mac;
    link.addresses = addresses;
    return link;
}

/// The guest's public address on a bridge, a VLAN or a bond above its NIC.
bool aboveTheNic(Breaker &b, const QString &kind)
{
    auto place = b.guest([](const HostVm &one) {
        return one.vm->liveNic(privateBridge) && one.vm->guest->os.form == FileForm::Debian;
    });
    if (!place)
        return false;
    WorldGuest &guest = *place->vm->guest;
    guest.listing = WorldGuest::Listing::Json;
    WorldLink *link = linkOf(*place->vm, *place->vm->liveNic(privateBridge));
    const QString below = link->name;
    const QString above = kind == u"vlan" ? below + u".20"_s : kind == u"bond" ? u"bond0"_s : u"br0"_s;
    const WorldLink upper = made(above, kind, *link->mac, link->addresses);
    link->addresses.clear();
    if (kind != u"vlan") {
        link->master = above;
        link->masterKind = kind;
    }
    WorldFile *file = guest.file(below);
    file->name = file->device = above;
    if (kind == u"bridge")
        file->bridgePorts = {below};
    guest.links.append(upper);
    return true;
}

bool aliasAddress(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) {
        return one.vm->liveNic(privateBridge) && one.vm->guest->os.form == FileForm::Debian;
    });
    if (!place)
        return false;
    WorldLink *link = linkOf(*place->vm, *place->vm->liveNic(privateBridge));
    const InterfaceAddress second{b.world.privateAddress(b.world.nextPrivate++), b.world.privatePrefix};
    link->addresses.append(second);
    WorldFile file;
    file.name = file.device = link->name + u":1"_s;
    file.address = second;
    place->vm->guest->files.append(file);
    return true;
}

bool fullHostname(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) { return !one.vm->guest->engine; });
    if (!place)
        return false;
    place->vm->guest->hostname = place->vm->name.toLower() + u".roe.ac.uk"_s;
    return true;
}

bool clockNearlyRight(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    place->vm->guest->clockAhead = b.dice.chance(50) ? 40 : -40;
    return true;
}

bool pinnedImage(Breaker &b)
{
    auto place = b.guest(
        [](const HostVm &one) { return one.vm->guest->engine && one.vm->guest->engine->node.isEmpty(); });
    if (!place)
        return false;
    WorldContainer &container = place->vm->guest->engine->containers.first();
    container.image = u"registry.roe.ac.uk:5000/nginx@sha256:"_s + b.dice.hex(64);
    return true;
}

/// The same exporter on every engine, run by hand: one each.
bool oneOnEach(Breaker &b)
{
    const Program exporter{u"prom/node-exporter:v1.6.0"_s, {u"/bin/node_exporter"_s}, {}};
    int count = 0;
    for (WorldHypervisor &host : b.world.hypervisors) {
        for (WorldVm &vm : host.vms) {
            if (!vm.guest || !vm.guest->engine)
                continue;
            vm.guest->engine->containers.append(
                containerOf(exporter, u"node-exporter"_s, b.world.taken.addDays(-20), b.dice));
            ++count;
        }
    }
    return count > 1;
}

/// The same image with other arguments is another thing.
bool otherArguments(Breaker &b)
{
    auto place =
        b.guest([](const HostVm &one) { return one.vm->guest->engine && !one.vm->guest->engine->asTable; });
    if (!place)
        return false;
    WorldEngine &engine = *place->vm->guest->engine;
    for (const QString &port : {u"9001"_s, u"9002"_s})
        engine.containers.append(
            containerOf({u"python:3.11.4"_s, {u"python3"_s, u"-m"_s, u"http.server"_s, port}, {}},
                        u"serve-"_s + port, b.world.taken.addDays(-9), b.dice));
    return true;
}

/// What a person leaves beside a file before editing it: the initscripts and NetworkManager ignore it.
bool backupOfFile(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) { return one.vm->guest->os.form == FileForm::Ifcfg; });
    if (!place)
        return false;
    WorldFile copy = place->vm->guest->files.first();
    copy.name += b.dice.of(QStringList{u".bak"_s, u"~"_s, u".orig"_s, u".rpmsave"_s});
    place->vm->guest->files.append(copy);
    return true;
}

/// NetworkManager writes both where a connection is cloned from its own device: the same MAC twice.
bool sameMacTwice(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) {
        return one.vm->guest->os.form == FileForm::Ifcfg && one.vm->guest->files.first().hwaddr;
    });
    if (!place)
        return false;
    WorldFile &file = place->vm->guest->files.first();
    file.macaddr = file.hwaddr;
    return true;
}

bool floatOfStoppedVm(Breaker &b)
{
    auto place = b.vm([](const HostVm &one) { return !one.vm->running; });
    WorldFloat *floating = place ? b.freeFloat() : nullptr;
    if (!floating)
        return false;
    assignFloat(b.world, *place->host, *place->vm, *floating, b.dice);
    return true;
}

bool noDeclared(Breaker &b)
{
    for (WorldHypervisor &host : b.world.hypervisors)
        host.missing.append(u"declared"_s);
    return true;
}

bool backupMetric(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) { return one.vm->guest->defaults.size() == 1; });
    if (!place)
        return false;
    place->vm->guest->defaults.first().metric = 100;
    return true;
}

bool paused(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) {
        return one.vm->guest->engine && one.vm->guest->engine->containers.size() > 1 &&
               one.vm->guest->engine->node.isEmpty() && !one.vm->guest->engine->asTable;
    });
    if (!place)
        return false;
    place->vm->guest->engine->containers.last().state = u"exited"_s;
    place->vm->guest->engine->containers.last().health.clear();
    return true;
}

} // namespace

QList<Breakage> lookAlikes()
{
    return {
        {"", "live and persistent slots diverged", &slotsDiverged},
        {"", "live NICs as older libvirt prints them", &olderLibvirt},
        {"", "a disk that two may share", &sharedIso},
        {"", "a service in the middle of an update", &updating},
        {"", "the container of a replaced task", &replacedTask},
        {"", "a listing with lines left out", &elidedListing},
        {"", "a guest that nobody read", &unreadGuest},
        {"", "a stopped VM", &stopped},
        {"", "a stopped VM that will have a float", &floatOfStoppedVm},
        {"", "another network to the same bridge", &secondNetworkName},
        {"", "reservations in lower case", &reservedByName},
        {"", "a bridge above the NIC", [](Breaker &b) { return aboveTheNic(b, u"bridge"_s); }},
        {"", "a VLAN above the NIC", [](Breaker &b) { return aboveTheNic(b, u"vlan"_s); }},
        {"", "a bond above the NIC", [](Breaker &b) { return aboveTheNic(b, u"bond"_s); }},
        {"", "an alias interface", &aliasAddress},
        {"", "a full hostname", &fullHostname},
        {"", "a clock 40 s off", &clockNearlyRight},
        {"", "an image pinned by its digest", &pinnedImage},
        {"", "one exporter on each engine", &oneOnEach},
        {"", "one image with other arguments", &otherArguments},
        {"", "a backup beside an ifcfg file", &backupOfFile},
        {"", "one MAC as HWADDR and MACADDR", &sameMacTwice},
        {"", "no declared configuration", &noDeclared},
        {"", "a default route with a metric", &backupMetric},
        {"", "a container that has ended", &paused},
    };
}

} // namespace tropo::generator
