#include "models/assemble/assemble_engine.h"

#include "models/parse/docker_info.h"
#include "models/parse/docker_inspect.h"
#include "models/parse/docker_merge.h"
#include "models/parse/docker_ps.h"
#include "models/parse/docker_service_inspect.h"
#include "models/parse/docker_swarm.h"
#include "models/parse/docker_version.h"
#include "models/parse/os_release.h"

namespace tropo {

namespace {

std::optional<QList<Container>> containersOf(DocumentReader &reader, const QString &folder)
{
    auto listed = reader.read(folder + QLatin1String("/ps.json"), &parseDockerPsJson);
    if (!listed)
        listed = reader.read(folder + QLatin1String("/ps.txt"), &parseDockerPsTable);
    const auto inspected = reader.read(folder + QLatin1String("/inspect.json"), &parseDockerInspect);
    if (listed && inspected)
        return mergeContainers(*listed, *inspected);
    return listed ? listed : inspected;
}

std::optional<QList<Service>> servicesOf(DocumentReader &reader, const QString &folder)
{
    auto listed = reader.read(folder + QLatin1String("/services.json"), &parseServices);
    auto inspected = reader.readArray(folder + QLatin1String("/service-inspect.json"), &parseServiceInspect);
    if (listed && inspected)
        return mergeServices(*listed, *inspected);
    return listed ? listed : inspected;
}

void addSystems(DocumentReader &reader, const QString &folder, QList<Container> &containers)
{
    for (Container &container : containers) {
        const QString path =
            folder + QLatin1String("/os-release/") + escapedName(container.name) + QLatin1String(".txt");
        if (const Document *document = reader.evidence().find(path))
            container.os =
                reader.readMaybe(path, document->text.contains('=') ? &parseOsRelease : &parseRedhatRelease);
    }
}

/// The earliest time at which one of these documents was read.
QDateTime readTime(DocumentReader &reader, const QString &folder, std::initializer_list<const char *> names)
{
    QDateTime earliest;
    for (const char *name : names)
        if (const Document *document = reader.evidence().find(folder + u'/' + QLatin1String(name)))
            if (!earliest.isValid() || document->taken < earliest)
                earliest = document->taken;
    return earliest;
}

} // namespace

Engine assembleEngine(DocumentReader &reader, const QString &folder)
{
    Engine engine = reader.read(folder + QLatin1String("/info.json"), &parseDockerInfo).value_or(Engine());
    if (!engine.version)
        engine.version = reader.readMaybe(folder + QLatin1String("/version.json"), &parseDockerVersion);
    if (const Document *version = reader.evidence().find(folder + QLatin1String("/version.json")))
        engine.platform = dockerPlatform(version->text);
    engine.containers = containersOf(reader, folder);
    if (engine.containers)
        addSystems(reader, folder, *engine.containers);
    engine.services = servicesOf(reader, folder);
    engine.tasks = reader.read(folder + QLatin1String("/tasks.json"), &parseTasks);
    engine.nodes = reader.read(folder + QLatin1String("/nodes.json"), &parseNodes);
    if (engine.containers)
        engine.containersRead = readTime(reader, folder, {"ps.json", "ps.txt", "inspect.json"});
    if (engine.services || engine.tasks || engine.nodes)
        engine.listsRead = readTime(reader, folder, {"services.json", "tasks.json", "nodes.json"});
    return engine;
}

} // namespace tropo
