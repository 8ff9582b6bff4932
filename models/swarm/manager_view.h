#pragma once

#include "models/swarm/engine_view.h"

#include <QHash>
#include <QMultiHash>

namespace tropo {

/// What the managers of a Swarm say, by the one that says most: of several its leader. What none of them says
/// now is nothing. Points into the fleet.
class ManagerView
{
public:
    ManagerView() = default;
    /// `engines`: those of one Swarm.
    explicit ManagerView(const QList<const EngineView *> &engines);

    /// The manager whose lists these are; nothing where none answered.
    const EngineView *engine() const { return m_engine; }
    bool knowsServices() const { return m_services; }
    bool knowsTasks() const { return m_tasks; }
    bool knowsNodes() const { return m_nodes; }
    const QList<Service> &services() const;
    const QList<SwarmTask> &tasks() const;
    const QList<SwarmNode> &nodes() const;
    QDateTime listsRead() const { return m_engine ? m_engine->engine->listsRead : QDateTime(); }

    const Service *service(const QString &id) const;
    const SwarmTask *task(const QString &id) const;
    const SwarmNode *node(const QString &id) const;
    /// Nodes with this host name: several where a machine was cloned.
    QList<const SwarmNode *> nodesNamed(const QString &hostname) const;

private:
    const EngineView *m_engine = nullptr;
    bool m_services = false;
    bool m_tasks = false;
    bool m_nodes = false;
    QMultiHash<QString, const Service *> m_serviceByKey;
    QMultiHash<QString, const SwarmTask *> m_taskByKey;
    QMultiHash<QString, const SwarmNode *> m_nodeByKey;
    QMultiHash<QString, const SwarmNode *> m_nodeByName;
};

} // namespace tropo
