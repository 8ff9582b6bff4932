#include "tests/generator/breakage.h"

#include "tests/generator/docker_world.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A container that runs by itself: of no Swarm and no project.
WorldContainer *alone(const HostVm &one)
{
    if (one.vm->guest && one.vm->guest->engine)
        for (WorldContainer &container : one.vm->guest->engine->containers)
            if (container.labels.isEmpty() && container.state == u"running")
                return &container;
    return nullptr;
}

std::optional<HostVm> dockerHost(Breaker &b)
{
    auto place = b.guest([](const HostVm &one) { return alone(one) != nullptr; });
    if (place)
        place->vm->guest->engine->asTable = false;
    return place;
}

bool runTwice(Breaker &b, bool table)
{
    auto place = dockerHost(b);
    if (!place)
        return false;
    WorldContainer &original = *alone(*place);
    original.ports.clear();
    // The table cuts longer commands, so that two of them may differ behind the cut.
    if (table && original.command.join(u' ').size() > 20)
        return false;
    const WorldContainer first = original;
    WorldContainer second = first;
    second.id = b.dice.hex(64);
    second.name = first.name + u"2"_s;
    second.created = second.started = first.started.addDays(2);
    WorldEngine &engine = *place->vm->guest->engine;
    engine.containers.append(second);
    engine.asTable = table && engine.node.isEmpty();
    b.expectOneOf(u"container-duplicate"_s,
                  {place->container(first.name), place->container(second.name), place->subject()});
    return true;
}

bool unwell(Breaker &b, const QString &state, const QString &health)
{
    auto place = dockerHost(b);
    if (!place)
        return false;
    WorldContainer *container = alone(*place);
    container->state = state;
    container->health = health;
    b.expect(u"container-unhealthy"_s, place->container(container->name));
    // Where it was the only one that ran, the host is idle: true as well, and only info.
    b.allow(u"guest-idle"_s);
    return true;
}

bool samePort(Breaker &b)
{
    auto place = dockerHost(b);
    if (!place)
        return false;
    WorldContainer *first = alone(*place);
    first->ports = {{8088, 80}};
    const QString name = first->name;
    QList<Program> others = programs();
    others.removeIf([&](const Program &one) {
        for (const WorldContainer &container : place->vm->guest->engine->containers)
            if (container.image == one.image)
                return true;
        return false;
    });
    if (others.isEmpty())
        return false;
    WorldContainer second = containerOf(others.first(), u"second"_s, b.world.taken.addDays(-1), b.dice);
    second.ports = {{8088, 8080}};
    place->vm->guest->engine->containers.append(second);
    b.expectOneOf(u"container-port-clash"_s,
                  {place->container(name), place->container(u"second"_s), place->subject()});
    return true;
}

bool oldBase(Breaker &b)
{
    auto place = dockerHost(b);
    if (!place)
        return false;
    WorldContainer *container = alone(*place);
    container->os = b.dice.of(QList<WorldOs>{containerSystem(u"alpine"_s, u"3.12.1"_s),
                                             containerSystem(u"fedora"_s, u"28"_s),
                                             containerSystem(u"debian"_s, u"9"_s)});
    b.expect(u"container-os-eol"_s, place->container(container->name));
    return true;
}

bool noVersion(Breaker &b)
{
    auto place = dockerHost(b);
    if (!place)
        return false;
    WorldContainer *container = alone(*place);
    container->image = b.dice.of(
        QStringList{u"firethorn/apache:latest"_s, u"apache"_s, u"registry.roe.ac.uk:5000/apache"_s});
    b.expect(u"container-image-latest"_s, place->container(container->name));
    return true;
}

} // namespace

QList<Breakage> containerBreakages()
{
    return {
        {"container-duplicate", "docker run typed twice", [](Breaker &b) { return runTwice(b, false); }},
        {"container-duplicate", "docker run typed twice, seen in the table",
         [](Breaker &b) { return runTwice(b, true); }},
        {"container-unhealthy", "its check fails",
         [](Breaker &b) { return unwell(b, u"running"_s, u"unhealthy"_s); }},
        {"container-unhealthy", "it restarts all the time",
         [](Breaker &b) { return unwell(b, u"restarting"_s, {}); }},
        {"container-unhealthy", "it is dead", [](Breaker &b) { return unwell(b, u"dead"_s, {}); }},
        {"container-port-clash", "one port for two", &samePort},
        {"container-os-eol", "an old base", &oldBase},
        {"container-image-latest", "no version in its name", &noVersion},
    };
}

} // namespace tropo::generator
