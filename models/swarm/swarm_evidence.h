#pragma once

#include "models/swarm/manager_view.h"

#include <QSet>

namespace tropo {

/// What is known of a Swarm, its tasks apart: who manages it, which engine is which node, and which of them
/// tell how it is now. Refers to what it is made of.
class SwarmEvidence
{
public:
    /// `certain`: engines that are certainly of the manager's Swarm; of the others that is only likely.
    SwarmEvidence(const QList<const EngineView *> &engines, const ManagerView &manager,
                  const QSet<const EngineView *> &certain);

    const QList<const EngineView *> &engines() const { return m_engines; }
    const ManagerView &manager() const { return m_manager; }
    /// Whether what the manager does not know is unknown to the engine's Swarm, and not merely another's.
    bool isCertain(const EngineView &engine) const { return m_certain.contains(&engine); }

    /// Engines that are, or may be, the nodes with this host name.
    QList<const EngineView *> enginesOf(const QString &hostname) const;
    /// The node that an engine is, as the manager lists it; nothing where it lists none, or is not asked.
    const SwarmNode *nodeOf(const EngineView &engine) const { return m_manager.node(engine.nodeId); }
    /// Whether the engine's node is known and no longer in the manager's list.
    bool isGone(const EngineView &engine) const;
    /// Whether the container may have come after the manager was asked: then that it does not know it tells
    /// nothing.
    bool mayBeNewer(const EngineView &engine, const Container &container) const;

private:
    const QList<const EngineView *> &m_engines;
    const ManagerView &m_manager;
    const QSet<const EngineView *> &m_certain;
    QMultiHash<QString, const EngineView *> m_byNode; ///< key of the node's id
    QMultiHash<QString, const EngineView *> m_byName; ///< of engines whose node is not known
};

/// Whether a manager calls its node anything but ready.
bool isDown(const SwarmNode &node);

} // namespace tropo
