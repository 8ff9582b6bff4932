#pragma once

#include "models/items/tree_node.h"
#include "models/snapshot.h"

#include <QCoreApplication>
#include <QHash>

namespace tropo {

/// The tree's words, translated in one context.
struct TreeWords
{
    Q_DECLARE_TR_FUNCTIONS(FleetTree)
};

/// What every branch of the tree needs while it grows: the snapshot, how old documents are, and which node's
/// facts are wanted.
class Growth
{
public:
    Growth(const Snapshot &snapshot, QString factsFor);

    const Snapshot &snapshot() const { return m_snapshot; }
    bool wants(const QString &key) const { return key == m_factsFor; }
    /// Whether nothing at or below this key is wanted, so that the branch need not grow.
    bool skips(const QString &branch) const;

    /// A node with the age of its sources.
    TreeNode node(NodeKind kind, const QString &key, const QString &label,
                  const QList<Source> &sources = {}) const;
    TreeNode group(const QString &key, const QString &label) const;
    /// A row that says what was not read, and why: the error of that source, else `otherwise`.
    TreeNode notRead(const QString &parent, const QString &what, const QString &why) const;
    /// The error that kept a source ("libvirt", "host", "guest NAME") from being read; else `otherwise`.
    QString whyNot(const QString &hypervisor, const QString &source, const QString &otherwise) const;

private:
    const SourceError *errorFor(const QString &document) const;

    const Snapshot &m_snapshot;
    QString m_factsFor;
    QHash<QString, QList<SourceError>> m_errors;           ///< by hypervisor
    mutable QHash<QString, const SourceError *> m_errorOf; ///< by document, as far as asked
};

/// Facts in the making; empty values are left out.
class Facts
{
public:
    Facts &add(const QString &name, const QString &value);
    /// A value that matters: where it is not known, that is said.
    Facts &known(const QString &name, const QString &value);
    Facts &flag(const QString &name, const std::optional<bool> &value);
    const QList<Fact> &list() const { return m_facts; }

private:
    QList<Fact> m_facts;
};

QString macText(const std::optional<MacAddress> &mac);
/// "129.215.175.97/24 fe80::…/64", at most a few of them.
QString addressesText(const Interface &interface);
/// Parts joined by " · ", empty ones left out.
QString joined(const QStringList &parts);

/// What is known of a system beside its network: kernel, clock, file systems, …
void addMachineFacts(Facts &facts, const Machine &machine);

TreeNode hypervisorNode(const Growth &growth, const Hypervisor &hypervisor);
TreeNode bridgesNode(const Growth &growth, const Hypervisor &hypervisor);
/// Interfaces of the host that are no bridge, port or tap. No children where there are none.
TreeNode hostInterfacesNode(const Growth &growth, const Hypervisor &hypervisor, const TreeNode &bridges);
TreeNode networksNode(const Growth &growth, const Hypervisor &hypervisor);
TreeNode domainNode(const Growth &growth, const Hypervisor &hypervisor, const Domain &domain);
TreeNode interfaceNode(const Growth &growth, const QString &key, const Interface &interface);
/// Appends what is inside: interfaces without a NIC, files, containers; or why that is not known.
void growInside(const Growth &growth, TreeNode &node, const Hypervisor &hypervisor, const Domain &domain);
TreeNode engineNode(const Growth &growth, const QString &parent, const Engine &engine);
TreeNode floatsNode(const Growth &growth);

} // namespace tropo
