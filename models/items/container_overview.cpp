#include "models/items/container_overview.h"

#include "models/fleet/subject.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Containers)
};

QString composeLabel(const Container &container, const char *name)
{
    return container.labels.value(QLatin1String("com.docker.compose.") + QLatin1String(name));
}

void addWorst(std::optional<SwarmVerdict> &worst, SwarmVerdict verdict)
{
    worst = worst ? std::max(*worst, verdict) : verdict;
}

void addSentence(QString &text, const QString &sentence)
{
    if (!text.isEmpty())
        text += u' ';
    text += sentence;
}

// Swarm

/// Where a place without a container is wanted: the VM that its manager names, where it is one of the fleet.
const EngineView *wantedOn(const Swarm &swarm, const SwarmRow &row)
{
    const SwarmTask *task = row.wantedTask();
    if (!task || task->node.isEmpty())
        return nullptr;
    for (const EngineView *engine : swarm.engines)
        if (engine->hostname() == task->node || engine->domain->name == task->node)
            return engine;
    return nullptr;
}

/// "slot 2: Up 5 days, runs 2 times"
QString lineOf(const SwarmRow &row, const SwarmCopy &copy)
{
    QString line = statusText(*copy.container);
    if (row.slot)
        line = Words::tr("%1: %2").arg(row.place(), line);
    if (row.running().size() > 1)
        return Words::tr("%1, runs %2 times").arg(line).arg(row.running().size());
    const bool plain = row.verdict == SwarmVerdict::AsWanted || row.verdict == SwarmVerdict::NotKnown;
    return plain ? line : Words::tr("%1, %2").arg(line, verdictText(row.verdict));
}

void addToCell(ServiceCell &cell, const SwarmService &service, const SwarmRow &row, const QString &line)
{
    cell.lines.append(line);
    addWorst(cell.verdict, row.verdict);
    addSentence(cell.why, row.why);
    cell.sources += row.sources;
    cell.subject = cell.subject.isEmpty() ? service.subject : cell.subject;
}

void addRow(ServiceLine &line, const Swarm &swarm, const SwarmService &service, const SwarmRow &row)
{
    addWorst(line.verdict, row.verdict);
    if (row.verdict != SwarmVerdict::AsWanted)
        addSentence(line.why, row.why);
    line.sources += row.sources;
    bool shown = false;
    for (const SwarmCopy &copy : row.copies) {
        const bool paused = copy.container->state == ContainerState::Paused;
        const bool stale = !copy.engine->containersKnown && isRunning(*copy.container);
        if (!copy.running && !paused && !stale)
            continue;
        ServiceCell &cell = line.cells[copy.engine->subject];
        cell.subject = cell.lines.isEmpty() ? copy.subject() : service.subject;
        addToCell(cell, service, row, lineOf(row, copy));
        cell.unhealthy = cell.unhealthy || nodeStateOf(*copy.container) == NodeState::Unhealthy;
        cell.read = copy.engine->containersKnown;
        shown = true;
    }
    if (const EngineView *engine = shown ? nullptr : wantedOn(swarm, row))
        addToCell(line.cells[engine->subject], service, row,
                  row.place() + QLatin1String(": ") + verdictText(row.verdict));
}

QString originOf(const Swarm &swarm)
{
    return swarm.manager.engine() ? Words::tr("Swarm of %1").arg(swarm.manager.engine()->domain->name)
                                  : Words::tr("Swarm, no manager read");
}

QString replicasOf(const SwarmService &service)
{
    int running = 0;
    for (const SwarmRow &row : service.rows)
        running += static_cast<int>(row.running().size());
    if (!service.listed || !service.listed->desired)
        return Words::tr("%1 run, wanted: not known").arg(running);
    const QString text = Words::tr("%1 of %2 run").arg(running).arg(*service.listed->desired);
    return service.isChanging() ? Words::tr("%1, %2").arg(text, service.listed->updateState->value) : text;
}

void addSwarm(ContainerOverview &overview, const Swarm &swarm)
{
    for (const SwarmService &service : swarm.services) {
        ServiceLine line;
        line.key = service.subject + u'#' + service.id;
        line.subject = service.subject;
        line.name = service.name;
        line.origin = originOf(swarm);
        line.replicas = replicasOf(service);
        if (service.listed)
            line.sources.append(service.listed->source);
        for (const SwarmRow &row : service.rows)
            addRow(line, swarm, service, row);
        if (service.surplus.value_or(0) > 0)
            addWorst(line.verdict, SwarmVerdict::OverCount);
        for (const EngineView *engine : swarm.engines)
            if (!line.cells.contains(engine->subject))
                line.cells[engine->subject].read = engine->containersKnown;
        overview.services.append(line);
    }
}

// Compose

void addCompose(ContainerOverview &overview, const EngineView &engine)
{
    QMap<QPair<QString, QString>, ServiceLine> lines; // by project and service
    for (const Container &container : engine.listed()) {
        const QString project = composeLabel(container, "project");
        if (project.isEmpty() || !isRunning(container))
            continue;
        const QString service = composeLabel(container, "service");
        ServiceLine &line = lines[{project, service}];
        line.name = service;
        line.origin = Words::tr("Compose project %1").arg(project);
        line.subject = engine.subject + QLatin1String("/engine");
        line.key = engine.subject + QLatin1String("/compose/") + subject::part(project) + u'/' +
                   subject::part(service);
        line.sources.append(container.source);
        ServiceCell &cell = line.cells[engine.subject];
        cell.lines.append(statusText(container));
        cell.unhealthy = cell.unhealthy || nodeStateOf(container) == NodeState::Unhealthy;
        cell.sources.append(container.source);
        cell.subject =
            cell.lines.size() == 1 ? subject::container(engine.subject, container.name) : line.subject;
        cell.read = engine.containersKnown;
        line.replicas = Words::tr("%1 run").arg(cell.lines.size());
    }
    for (const ServiceLine &line : lines)
        overview.services.append(line);
}

// Containers

QString serviceOf(const Container &container)
{
    if (container.task)
        return container.task->slot
                   ? Words::tr("%1, slot %2").arg(container.task->service).arg(*container.task->slot)
                   : container.task->service;
    const QString project = composeLabel(container, "project");
    return project.isEmpty() ? QString()
                             : Words::tr("%1 of %2").arg(composeLabel(container, "service"), project);
}

struct Judged
{
    const SwarmRow *row = nullptr;
    const SwarmCopy *copy = nullptr;
};

/// What the table says of each container that it holds.
QHash<const Container *, Judged> judgedContainers(const SwarmTable &table)
{
    QHash<const Container *, Judged> judged;
    for (const Swarm &swarm : table.swarms())
        for (const SwarmService &service : swarm.services)
            for (const SwarmRow &row : service.rows)
                for (const SwarmCopy &copy : row.copies)
                    judged.insert(copy.container, {&row, &copy});
    return judged;
}

ContainerLine lineOf(const EngineView &engine, const Container &container, const Judged &judged)
{
    ContainerLine line;
    line.key = subject::container(engine.subject, container.name);
    line.name = container.name;
    line.vm = engine.domain->name;
    line.hypervisor = engine.hypervisor->name;
    line.service = serviceOf(container);
    line.image = container.image;
    line.status = statusText(container);
    line.state = nodeStateOf(container);
    line.ports = portsText(container);
    line.stale = !engine.containersKnown;
    line.sources = {container.source};
    if (!judged.copy || !judged.copy->running)
        return line;
    const bool often =
        judged.row->verdict == SwarmVerdict::OverCount || judged.row->verdict == SwarmVerdict::Changing;
    line.verdict = often ? judged.row->verdict : judged.copy->verdict;
    line.why = judged.row->why;
    line.sources += judged.row->sources;
    return line;
}

void addContainers(ContainerOverview &overview, const SwarmTable &table)
{
    const auto judged = judgedContainers(table);
    QSet<QString> keys;
    for (const EngineView &engine : table.engines()) {
        if (!engine.engine->containers)
            continue;
        for (const Container &container : *engine.engine->containers) {
            const ContainerLine line = lineOf(engine, container, judged.value(&container));
            if (keys.contains(line.key))
                continue;
            keys.insert(line.key);
            overview.containers.append(line);
        }
    }
}

/// Columns, in the order of hypervisors and VMs.
QList<ContainerVm> columnsOf(const ContainerOverview &overview, const SwarmTable &table)
{
    QSet<QString> wanted;
    for (const ServiceLine &line : overview.services)
        for (auto cell = line.cells.cbegin(); cell != line.cells.cend(); ++cell)
            wanted.insert(cell.key());
    QMap<QString, int> bearers;
    for (const EngineView &engine : table.engines())
        ++bearers[engine.domain->name];
    QList<ContainerVm> vms;
    for (const EngineView &engine : table.engines())
        if (wanted.contains(engine.subject))
            vms.append({engine.subject, bearers[engine.domain->name] == 1
                                            ? engine.domain->name
                                            : QString(engine.hypervisor->name + u'/' + engine.domain->name)});
    return vms;
}

/// Running VMs of which no list of containers is known as it is now.
QStringList unreadOf(const Fleet &fleet, const SwarmTable &table)
{
    QSet<QString> known;
    for (const EngineView &engine : table.engines())
        if (engine.containersKnown)
            known.insert(engine.subject);
    QStringList names;
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        if (!hypervisor.domains)
            continue;
        for (const Domain &domain : *hypervisor.domains)
            if (domain.isRunning() && !known.contains(subject::vm(hypervisor.name, domain.name)))
                names.append(Words::tr("%1 on %2").arg(domain.name, hypervisor.name));
    }
    return names;
}

} // namespace

ContainerOverview containerOverview(const Fleet &fleet)
{
    const SwarmTable table(fleet);
    ContainerOverview overview;
    for (const Swarm &swarm : table.swarms())
        addSwarm(overview, swarm);
    for (const EngineView &engine : table.engines())
        addCompose(overview, engine);
    // What is wrong comes first.
    std::stable_sort(overview.services.begin(), overview.services.end(),
                     [](const ServiceLine &a, const ServiceLine &b) {
                         const auto rank = [](const ServiceLine &line) {
                             return line.verdict.value_or(SwarmVerdict::AsWanted);
                         };
                         return rank(a) > rank(b);
                     });
    addContainers(overview, table);
    overview.vms = columnsOf(overview, table);
    overview.unread = unreadOf(fleet, table);
    return overview;
}

} // namespace tropo
