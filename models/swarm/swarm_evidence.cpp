#include "models/swarm/swarm_evidence.h"

#include "models/swarm/swarm_ids.h"
#include "models/text/docker_age.h"

namespace tropo {

namespace {

/// Clocks of guests differ, and machines are not read at one moment.
constexpr qint64 slackSeconds = 60;

/// When a container was made at the latest; invalid where nothing tells.
QDateTime latestCreation(const EngineView &engine, const Container &container)
{
    if (container.created.isValid())
        return container.created;
    const auto age = elapsedFrom(container.createdText);
    return age && engine.engine->containersRead.isValid() ? engine.engine->containersRead.addSecs(-age->least)
                                                          : QDateTime();
}

} // namespace

SwarmEvidence::SwarmEvidence(const QList<const EngineView *> &engines, const ManagerView &manager,
                             const QSet<const EngineView *> &certain)
    : m_engines(engines), m_manager(manager), m_certain(certain)
{
    for (const EngineView *engine : engines) {
        if (const QString key = swarmIdKey(engine->nodeId); !key.isEmpty()) {
            m_byNode.insert(key, engine);
            continue;
        }
        const QString name = engine->hostname();
        m_byName.insert(name.isEmpty() ? engine->domain->name : name, engine);
    }
}

QList<const EngineView *> SwarmEvidence::enginesOf(const QString &hostname) const
{
    QList<const EngineView *> found = m_byName.values(hostname);
    for (const SwarmNode *node : m_manager.nodesNamed(hostname))
        found += m_byNode.values(swarmIdKey(node->id));
    return found;
}

bool SwarmEvidence::isGone(const EngineView &engine) const
{
    return m_manager.knowsNodes() && isCertain(engine) && !swarmIdKey(engine.nodeId).isEmpty() &&
           !nodeOf(engine);
}

bool SwarmEvidence::mayBeNewer(const EngineView &engine, const Container &container) const
{
    const QDateTime listed = m_manager.listsRead();
    if (!listed.isValid())
        return false;
    const QDateTime made = latestCreation(engine, container);
    if (made.isValid())
        return made > listed.addSecs(-slackSeconds);
    return engine.engine->containersRead > listed;
}

bool isDown(const SwarmNode &node)
{
    return !node.status.isEmpty() && node.status.compare(QLatin1String("ready"), Qt::CaseInsensitive) != 0;
}

} // namespace tropo
