#include "models/swarm/manager_view.h"

#include "models/swarm/swarm_ids.h"

#include <algorithm>

namespace tropo {

namespace {

int listsOf(const EngineView &engine)
{
    return int(engine.servicesKnown) + int(engine.tasksKnown) + int(engine.nodesKnown);
}

bool isLeader(const EngineView &engine)
{
    if (!engine.nodesKnown)
        return false;
    return std::any_of(
        engine.engine->nodes->begin(), engine.engine->nodes->end(), [&engine](const SwarmNode &node) {
            return node.manager == QLatin1String("Leader") && sameSwarmId(node.id, engine.nodeId);
        });
}

template <typename T> const T *found(const QMultiHash<QString, const T *> &hash, const QString &id)
{
    const QString key = swarmIdKey(id);
    if (key.isEmpty())
        return nullptr;
    for (auto it = hash.constFind(key); it != hash.constEnd() && it.key() == key; ++it)
        if (sameSwarmId(it.value()->id, id))
            return it.value();
    return nullptr;
}

template <typename T> void index(QMultiHash<QString, const T *> &hash, const QList<T> &items)
{
    for (const T &item : items)
        hash.insert(swarmIdKey(item.id), &item);
}

} // namespace

ManagerView::ManagerView(const QList<const EngineView *> &engines)
{
    const auto better = [](const EngineView *a, const EngineView *b) {
        return std::tuple(listsOf(*b), isLeader(*b), a->subject) <
               std::tuple(listsOf(*a), isLeader(*a), b->subject);
    };
    const auto best = std::min_element(engines.begin(), engines.end(), better);
    if (best == engines.end() || listsOf(**best) == 0)
        return;
    m_engine = *best;
    m_services = m_engine->servicesKnown;
    m_tasks = m_engine->tasksKnown;
    m_nodes = m_engine->nodesKnown;
    index(m_serviceByKey, services());
    index(m_taskByKey, tasks());
    index(m_nodeByKey, nodes());
    for (const SwarmNode &node : nodes())
        m_nodeByName.insert(node.hostname, &node);
}

const QList<Service> &ManagerView::services() const
{
    static const QList<Service> none;
    return m_services ? *m_engine->engine->services : none;
}

const QList<SwarmTask> &ManagerView::tasks() const
{
    static const QList<SwarmTask> none;
    return m_tasks ? *m_engine->engine->tasks : none;
}

const QList<SwarmNode> &ManagerView::nodes() const
{
    static const QList<SwarmNode> none;
    return m_nodes ? *m_engine->engine->nodes : none;
}

const Service *ManagerView::service(const QString &id) const
{
    return found(m_serviceByKey, id);
}

const SwarmTask *ManagerView::task(const QString &id) const
{
    return found(m_taskByKey, id);
}

const SwarmNode *ManagerView::node(const QString &id) const
{
    return found(m_nodeByKey, id);
}

QList<const SwarmNode *> ManagerView::nodesNamed(const QString &hostname) const
{
    return m_nodeByName.values(hostname);
}

} // namespace tropo
