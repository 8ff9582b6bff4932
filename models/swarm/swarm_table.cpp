#include "models/swarm/swarm_table.h"

#include "models/fleet/subject.h"
#include "models/swarm/swarm_groups.h"
#include "models/swarm/swarm_rows.h"
#include "models/swarm/swarm_verdict.h"

#include <algorithm>

namespace tropo {

QString verdictName(SwarmVerdict verdict)
{
    switch (verdict) {
    case SwarmVerdict::AsWanted:
        return QStringLiteral("as-wanted");
    case SwarmVerdict::Changing:
        return QStringLiteral("changing");
    case SwarmVerdict::NotKnown:
        return QStringLiteral("not-known");
    case SwarmVerdict::NotRunning:
        return QStringLiteral("not-running");
    case SwarmVerdict::NotWanted:
        return QStringLiteral("not-wanted");
    case SwarmVerdict::NodeDown:
        return QStringLiteral("node-down");
    case SwarmVerdict::WrongNode:
        return QStringLiteral("wrong-node");
    case SwarmVerdict::UnknownTask:
        return QStringLiteral("unknown-task");
    case SwarmVerdict::UnknownService:
        return QStringLiteral("unknown-service");
    case SwarmVerdict::OverCount:
        return QStringLiteral("over-count");
    }
    return {};
}

QString SwarmCopy::subject() const
{
    return subject::container(engine->subject, container->name);
}

QString SwarmCopy::text() const
{
    const QString where = container->name + QStringLiteral(" on ") + engine->domain->name;
    return words.isEmpty() ? where : QString(where + QStringLiteral(", ") + words);
}

QString SwarmRow::place() const
{
    if (slot)
        return QStringLiteral("slot %1").arg(*slot);
    return QStringLiteral("node %1").arg(node.isEmpty() ? nodeId : node);
}

QList<const SwarmCopy *> SwarmRow::running() const
{
    QList<const SwarmCopy *> found;
    for (const SwarmCopy &copy : copies)
        if (copy.running)
            found.append(&copy);
    return found;
}

const SwarmTask *SwarmRow::wantedTask() const
{
    if (tasks.isEmpty())
        return nullptr;
    const WantedState wanted = wantedState(tasks.front()->desiredState);
    return wanted == WantedState::Running || wanted == WantedState::Prepared ? tasks.front() : nullptr;
}

bool SwarmService::isChanging() const
{
    if (!listed || !listed->updateState)
        return false;
    const QString &state = listed->updateState->value;
    return state == QLatin1String("updating") || state == QLatin1String("rollback_started");
}

int SwarmService::runningPlaces() const
{
    return static_cast<int>(std::count_if(rows.begin(), rows.end(),
                                          [](const SwarmRow &row) { return !row.running().isEmpty(); }));
}

namespace {

/// Nodes of the Swarm and engines of it whose containers are not known as they are now.
QStringList unreadOf(const SwarmEvidence &evidence)
{
    QStringList names;
    for (const EngineView *engine : evidence.engines())
        if (!engine->containersKnown)
            names.append(engine->domain->name);
    for (const SwarmNode &node : evidence.manager().nodes())
        if (evidence.enginesOf(node.hostname).isEmpty() && !names.contains(node.hostname))
            names.append(node.hostname);
    names.sort();
    return names;
}

Swarm swarmOf(const SwarmGroup &group)
{
    Swarm swarm;
    swarm.clusterId = group.clusterId;
    swarm.engines = group.engines();
    swarm.manager = ManagerView(swarm.engines);
    QSet<const EngineView *> certain;
    for (const QList<const EngineView *> &part : group.parts)
        if (part.contains(swarm.manager.engine()))
            certain = QSet<const EngineView *>(part.begin(), part.end());
    const SwarmEvidence evidence(swarm.engines, swarm.manager, certain);
    swarm.unread = unreadOf(evidence);
    swarm.services = swarmServices(swarm.engines, swarm.manager);
    for (SwarmService &service : swarm.services)
        decide(service, evidence);
    // A service of which nothing runs and that no manager lists is one of the past.
    swarm.services.removeIf(
        [](const SwarmService &service) { return service.rows.isEmpty() && !service.listed; });
    return swarm;
}

} // namespace

SwarmTable::SwarmTable(const Fleet &fleet) : m_engines(enginesOf(fleet))
{
    for (const SwarmGroup &group : swarmGroups(m_engines))
        m_swarms.append(swarmOf(group));
}

} // namespace tropo
