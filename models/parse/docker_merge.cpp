#include "models/parse/docker_merge.h"

#include "models/parse/container_text.h"

#include <QMultiHash>
#include <QSet>

#include <algorithm>
#include <vector>

namespace tropo {

namespace {

/// Shorter beginnings of an id say too little to join by; docker prints 12 digits.
constexpr qsizetype shortestId = 12;

void complete(Container &container, const Container &inspected)
{
    container.id = inspected.id.size() > container.id.size() ? inspected.id : container.id;
    if (container.name.isEmpty())
        container.name = inspected.name;
    if (!inspected.image.isEmpty() && container.image.isEmpty())
        container.image = inspected.image;
    if (!inspected.command.isEmpty() && (container.command.isEmpty() || container.command.endsWith(u'…')))
        container.command = inspected.command;
    if (container.state == ContainerState::Unknown)
        container.state = inspected.state;
    if (container.health == Health::Unknown)
        container.health = inspected.health;
    if (container.status.isEmpty())
        container.status = inspected.status;
    if (inspected.created.isValid())
        container.created = inspected.created;
    if (inspected.started.isValid())
        container.started = inspected.started;
    if (inspected.restartPolicy)
        container.restartPolicy = inspected.restartPolicy;
    if (!inspected.ports.isEmpty())
        container.ports = inspected.ports;
    container.bindings = inspected.bindings;
    container.mounts = inspected.mounts;
    container.error = inspected.error;
    if (!inspected.labels.isEmpty())
        container.labels = inspected.labels;
    if (!container.os)
        container.os = inspected.os;
    container.task = taskFrom(container.labels, container.name);
}

} // namespace

QList<Container> mergeContainers(const QList<Container> &psList, const QList<Container> &inspectList)
{
    std::vector<qsizetype> byId; // places in inspectList, sorted by id
    for (qsizetype i = 0; i < inspectList.size(); ++i)
        byId.push_back(i);
    std::stable_sort(byId.begin(), byId.end(),
                     [&](qsizetype a, qsizetype b) { return inspectList[a].id < inspectList[b].id; });
    std::vector<bool> used(byId.size(), false);
    QList<Container> merged = psList;
    for (Container &container : merged) {
        if (container.id.size() < shortestId)
            continue;
        const auto begins = [&](auto at) {
            return at != byId.end() && inspectList[*at].id.startsWith(container.id);
        };
        const auto at =
            std::lower_bound(byId.begin(), byId.end(), container.id,
                             [&](qsizetype place, const QString &id) { return inspectList[place].id < id; });
        // Two that begin so: which one is meant is not known.
        if (!begins(at) || (begins(at + 1) && inspectList[*(at + 1)].id != inspectList[*at].id))
            continue;
        complete(container, inspectList[*at]);
        used[static_cast<std::size_t>(*at)] = true;
    }
    for (qsizetype i = 0; i < inspectList.size(); ++i)
        if (!used[static_cast<std::size_t>(i)])
            merged.append(inspectList[i]);
    return merged;
}

QList<Service> mergeServices(const QList<Service> &listed, const QList<Service> &inspected)
{
    QMultiHash<QString, qsizetype> byBeginning; // places in inspected
    for (qsizetype i = 0; i < inspected.size(); ++i)
        byBeginning.insert(inspected[i].id.left(shortestId), i);
    QSet<qsizetype> used;
    QList<Service> merged = listed;
    for (Service &service : merged) {
        QList<qsizetype> places = byBeginning.values(service.id.left(shortestId));
        places.removeIf([&](qsizetype place) { return !inspected[place].id.startsWith(service.id); });
        if (service.id.size() < shortestId || places.size() != 1)
            continue;
        service.id = inspected[places[0]].id;
        service.updateState = inspected[places[0]].updateState;
        used.insert(places[0]);
    }
    for (qsizetype i = 0; i < inspected.size(); ++i)
        if (!used.contains(i))
            merged.append(inspected[i]);
    return merged;
}

} // namespace tropo
