#pragma once

#include "models/items/tree_node.h"
#include "models/snapshot.h"

#include <QHash>

namespace tropo {

/// The fleet as a tree: hypervisor → bridges (ports, taps), networks (reservations, leases), virtual machines
/// → NICs → interfaces inside, files, containers by service; and the floats. What was not read is a row that
/// says so. The root's key is "fleet".
TreeNode fleetTree(const Snapshot &snapshot);

/// The node of that key (without its children) with its facts; nothing where the fleet has no such node.
std::optional<TreeNode> nodeWithFacts(const Snapshot &snapshot, const QString &key);

/// Which node of a tree a finding's subject means.
class SubjectIndex
{
public:
    SubjectIndex() = default;
    explicit SubjectIndex(const TreeNode &root);

    /// The key of the node itself, of one that bears it as an alias, or of its nearest known ancestor; at
    /// last "fleet".
    QString keyFor(const QString &subject) const;
    bool contains(const QString &key) const { return m_keys.contains(key); }

private:
    QHash<QString, QString> m_keys; ///< key or alias → key
};

} // namespace tropo
