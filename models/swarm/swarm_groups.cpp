#include "models/swarm/swarm_groups.h"

#include "models/swarm/swarm_ids.h"

#include <QHash>
#include <QMap>
#include <QSet>

#include <algorithm>
#include <numeric>

namespace tropo {

namespace {

/// Sets of engines that are joined step by step. Two whose clusters are known to differ are never joined,
/// whatever else they share.
class Joins
{
public:
    explicit Joins(const QList<EngineView> &engines) : m_parent(static_cast<std::size_t>(engines.size()))
    {
        std::iota(m_parent.begin(), m_parent.end(), std::size_t(0));
        for (const EngineView &engine : engines)
            m_cluster.push_back(engine.engine->clusterId);
    }

    std::size_t rootOf(std::size_t one)
    {
        while (m_parent[one] != one) {
            m_parent[one] = m_parent[m_parent[one]];
            one = m_parent[one];
        }
        return one;
    }

    void join(std::size_t a, std::size_t b)
    {
        a = rootOf(a);
        b = rootOf(b);
        if (a == b || (!m_cluster[a].isEmpty() && !m_cluster[b].isEmpty() && m_cluster[a] != m_cluster[b]))
            return;
        m_parent[qMax(a, b)] = qMin(a, b);
        if (m_cluster[qMin(a, b)].isEmpty())
            m_cluster[qMin(a, b)] = m_cluster[qMax(a, b)];
    }

    QString clusterOf(std::size_t one) { return m_cluster[rootOf(one)]; }

private:
    std::vector<std::size_t> m_parent;
    std::vector<QString> m_cluster;
};

bool isSwarmTask(const Container &container)
{
    return container.task && isRunning(container);
}

bool runsTasks(const EngineView &view)
{
    const auto &containers = view.engine->containers;
    return containers && std::any_of(containers->begin(), containers->end(), &isSwarmTask);
}

/// Ids that only one Swarm has, those first that tell most.
QStringList idsOf(const EngineView &view)
{
    const Engine &engine = *view.engine;
    QStringList nodes{view.nodeId};
    QStringList services;
    QStringList tasks;
    nodes += engine.remoteManagers;
    if (view.nodesKnown)
        for (const SwarmNode &node : *engine.nodes)
            nodes.append(node.id);
    if (view.servicesKnown)
        for (const Service &service : *engine.services)
            services.append(service.id);
    if (view.tasksKnown)
        for (const SwarmTask &task : *engine.tasks)
            tasks.append(task.id);
    if (engine.containers)
        for (const Container &container : *engine.containers)
            if (isSwarmTask(container)) {
                services.append(container.task->serviceId);
                tasks.append(container.task->taskId);
            }
    QStringList ids;
    if (!engine.clusterId.isEmpty())
        ids.append(u'c' + engine.clusterId);
    for (const auto &[kind, list] :
         {std::pair(u'n', &nodes), std::pair(u's', &services), std::pair(u't', &tasks)})
        for (const QString &id : *list)
            if (const QString key = swarmIdKey(id); !key.isEmpty())
                ids.append(QChar(kind) + key);
    return ids;
}

/// What an engine, or several that are certainly of one Swarm, know of the services of one name.
struct Namesake
{
    std::size_t part = 0; ///< the root of its engines
    QString cluster;
    QSet<QString> ids;       ///< of services, by their keys
    QSet<QString> machines;  ///< host names of its engines
    QSet<QString> nodeNames; ///< host names of all its nodes, where a manager lists them

    int rank() const { return !ids.isEmpty() ? 0 : !cluster.isEmpty() ? 1 : 2; }
};

bool strangers(const QSet<QString> &machines, const QSet<QString> &nodes)
{
    return !machines.isEmpty() && !nodes.isEmpty() && !machines.intersects(nodes);
}

/// Parts that are likely one Swarm, by what they know of one service.
class LikelySwarm
{
public:
    explicit LikelySwarm(const Namesake &first) : m_first(first.part) { add(first); }

    std::size_t first() const { return m_first; }

    void add(const Namesake &part)
    {
        if (m_cluster.isEmpty())
            m_cluster = part.cluster;
        for (auto [set, sets] : {std::pair(&part.ids, &m_ids), std::pair(&part.machines, &m_machines),
                                 std::pair(&part.nodeNames, &m_nodeNames)})
            if (!set->isEmpty() && (sets == &m_machines || !sets->contains(*set)))
                sets->append(*set);
    }

    bool fits(const Namesake &part) const
    {
        if (!m_cluster.isEmpty() && !part.cluster.isEmpty() && m_cluster != part.cluster)
            return false;
        const auto differs = [&part](const QSet<QString> &ids) { return !ids.intersects(part.ids); };
        if (!part.ids.isEmpty() && std::any_of(m_ids.begin(), m_ids.end(), differs))
            return false;
        const auto hasNot = [&part](const QSet<QString> &nodes) { return strangers(part.machines, nodes); };
        if (std::any_of(m_nodeNames.begin(), m_nodeNames.end(), hasNot))
            return false;
        const auto isNot = [&part](const QSet<QString> &names) { return strangers(names, part.nodeNames); };
        return part.nodeNames.isEmpty() || std::none_of(m_machines.begin(), m_machines.end(), isNot);
    }

private:
    std::size_t m_first;
    QString m_cluster;
    QList<QSet<QString>> m_ids;
    QList<QSet<QString>> m_machines;
    QList<QSet<QString>> m_nodeNames;
};

using Namesakes = QMap<QString, QMap<std::size_t, Namesake>>; ///< by service name, then part

Namesakes namesakesOf(const QList<EngineView> &engines, Joins &joins)
{
    Namesakes names;
    QHash<std::size_t, QSet<QString>> machines;
    QHash<std::size_t, QSet<QString>> nodes;
    for (qsizetype i = 0; i < engines.size(); ++i) {
        const EngineView &view = engines[i];
        const std::size_t root = joins.rootOf(static_cast<std::size_t>(i));
        if (const QString name = view.hostname(); !name.isEmpty())
            machines[root].insert(name);
        if (view.nodesKnown)
            for (const SwarmNode &node : *view.engine->nodes)
                nodes[root].insert(node.hostname);
        const auto add = [&](const QString &service, const QString &id) {
            QSet<QString> &ids = names[service][root].ids;
            if (const QString key = swarmIdKey(id); !key.isEmpty())
                ids.insert(key);
        };
        if (view.engine->containers)
            for (const Container &container : *view.engine->containers)
                if (isSwarmTask(container))
                    add(container.task->service, container.task->serviceId);
        if (view.servicesKnown)
            for (const Service &service : *view.engine->services)
                add(service.name, service.id);
    }
    for (auto &parts : names)
        for (auto part = parts.begin(); part != parts.end(); ++part)
            *part = {part.key(), joins.clusterOf(part.key()), part->ids, machines.value(part.key()),
                     nodes.value(part.key())};
    return names;
}

/// Joins parts by the name of a service that they share. Those that tell most go first; one that tells too
/// little to say which of several Swarms it is of stands alone, because it is not known to be of any.
void joinByName(QList<Namesake> parts, Joins &joins)
{
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Namesake &a, const Namesake &b) { return a.rank() < b.rank(); });
    QList<LikelySwarm> swarms;
    for (const Namesake &part : parts) {
        QList<qsizetype> fitting;
        for (qsizetype i = 0; i < swarms.size() && fitting.size() < 2; ++i)
            if (swarms[i].fits(part))
                fitting.append(i);
        if (fitting.size() == 1) {
            joins.join(swarms[fitting.front()].first(), part.part);
            swarms[fitting.front()].add(part);
        } else {
            swarms.append(LikelySwarm(part));
        }
    }
}

} // namespace

QList<const EngineView *> SwarmGroup::engines() const
{
    QList<const EngineView *> all;
    for (const QList<const EngineView *> &part : parts)
        all.append(part);
    std::sort(all.begin(), all.end(),
              [](const EngineView *a, const EngineView *b) { return a->subject < b->subject; });
    return all;
}

QList<SwarmGroup> swarmGroups(const QList<EngineView> &engines)
{
    Joins joins(engines);
    QHash<QString, std::size_t> firstWith;
    QList<QStringList> ids;
    for (const EngineView &view : engines)
        ids.append(idsOf(view));
    for (const QChar kind : {u'c', u'n', u's', u't'})
        for (std::size_t here = 0; here < static_cast<std::size_t>(ids.size()); ++here)
            for (const QString &id : ids[static_cast<qsizetype>(here)])
                if (id[0] == kind) {
                    const auto first = firstWith.constFind(id);
                    if (first == firstWith.constEnd())
                        firstWith.insert(id, here);
                    else
                        joins.join(*first, here);
                }
    Joins likely = joins;
    for (const auto &parts : namesakesOf(engines, joins))
        joinByName(parts.values(), likely);
    QMap<std::size_t, QMap<std::size_t, QList<const EngineView *>>> groups;
    for (qsizetype i = 0; i < engines.size(); ++i)
        if (!ids[i].isEmpty() || runsTasks(engines[i])) {
            const auto here = static_cast<std::size_t>(i);
            groups[likely.rootOf(here)][joins.rootOf(here)].append(&engines[i]);
        }
    QList<SwarmGroup> swarms;
    for (auto group = groups.cbegin(); group != groups.cend(); ++group)
        swarms.append({likely.clusterOf(group.key()), group->values()});
    return swarms;
}

} // namespace tropo
