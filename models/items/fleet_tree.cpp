#include "models/items/fleet_tree.h"

#include "models/items/tree_growth.h"
#include "models/items/visible_text.h"

#include <QMap>
#include <QSet>

namespace tropo {

namespace {

constexpr QLatin1String fleetKey("fleet");

NodeState hypervisorState(const Growth &growth, const Hypervisor &hypervisor)
{
    if (!growth.snapshot().evidence.below(escapedName(hypervisor.name)).isEmpty())
        return NodeState::On;
    return hypervisor.errors.isEmpty() ? NodeState::NotKnown : NodeState::Unreachable;
}

QString domainsText(const Hypervisor &hypervisor)
{
    if (!hypervisor.domains)
        return TreeWords::tr("virtual machines not read");
    const auto running = std::count_if(hypervisor.domains->begin(), hypervisor.domains->end(),
                                       [](const Domain &d) { return d.isRunning(); });
    return TreeWords::tr("VMs running: %1 of %2").arg(running).arg(hypervisor.domains->size());
}

void addVolumes(Facts &facts, const QList<Volume> &volumes)
{
    QMap<QString, int> pools;
    for (const Volume &volume : volumes)
        ++pools[volume.pool];
    for (auto it = pools.cbegin(); it != pools.cend(); ++it)
        facts.add(TreeWords::tr("Volumes of pool %1").arg(it.key()), QString::number(it.value()));
    if (pools.isEmpty())
        facts.add(TreeWords::tr("Volumes of active pools"), TreeWords::tr("none"));
}

QList<Fact> hypervisorFacts(const Hypervisor &hypervisor, const Policy &policy)
{
    Facts facts;
    addMachineFacts(facts, hypervisor.host);
    facts.known(TreeWords::tr("libvirt"), hypervisor.libvirtVersion)
        .add(TreeWords::tr("QEMU"), hypervisor.qemuVersion)
        .add(TreeWords::tr("Virtual machines"), domainsText(hypervisor));
    if (hypervisor.volumes)
        addVolumes(facts, *hypervisor.volumes);
    if (const HypervisorPolicy *own = policy.hypervisor(hypervisor.name))
        facts.add(TreeWords::tr("URI"), own->uri)
            .add(TreeWords::tr("MAC range"), own->macs ? own->macs->toString() : QString())
            .add(TreeWords::tr("Subnet"), own->subnet ? own->subnet->toString() : QString());
    for (const SourceError &error : hypervisor.errors)
        facts.add(TreeWords::tr("Not read: %1").arg(error.source), error.message);
    return facts.list();
}

TreeNode domainsNode(const Growth &growth, const Hypervisor &hypervisor)
{
    TreeNode group = growth.group(hypervisor.name + QLatin1String("/vm"), TreeWords::tr("Virtual machines"));
    if (!hypervisor.domains) {
        group.children.push_back(growth.notRead(group.key, TreeWords::tr("virtual machines"),
                                                growth.whyNot(hypervisor.name, QStringLiteral("libvirt"),
                                                              TreeWords::tr("nothing was collected"))));
        return group;
    }
    for (const Domain &domain : *hypervisor.domains)
        if (!growth.skips(group.key + u'/' + domain.name))
            group.children.push_back(domainNode(growth, hypervisor, domain));
    group.detail = QString::number(hypervisor.domains->size());
    return group;
}

/// Hypervisors as the fleet file orders them, those it does not name after them.
QList<Hypervisor> orderedHypervisors(const Snapshot &snapshot)
{
    QList<Hypervisor> ordered;
    QSet<QString> named;
    for (const HypervisorPolicy &policy : snapshot.policy.hypervisors) {
        named.insert(policy.name);
        const Hypervisor *read = snapshot.fleet.hypervisor(policy.name);
        Hypervisor unread;
        unread.name = policy.name;
        ordered.append(read ? *read : unread);
    }
    for (const Hypervisor &hypervisor : snapshot.fleet.hypervisors)
        if (!named.contains(hypervisor.name))
            ordered.append(hypervisor);
    return ordered;
}

TreeNode grow(const Snapshot &snapshot, const QString &factsFor)
{
    const Growth growth(snapshot, factsFor);
    const QString name = snapshot.policy.name.isEmpty() ? snapshot.fleet.name : snapshot.policy.name;
    TreeNode root = growth.node(NodeKind::Fleet, fleetKey, name.isEmpty() ? TreeWords::tr("Fleet") : name);
    const QList<Hypervisor> hypervisors = orderedHypervisors(snapshot);
    for (const Hypervisor &hypervisor : hypervisors)
        if (!growth.skips(hypervisor.name))
            root.children.push_back(hypervisorNode(growth, hypervisor));
    if (!snapshot.policy.floats.isEmpty() && !growth.skips(QStringLiteral("float")))
        root.children.push_back(floatsNode(growth));
    root.detail = TreeWords::tr("hypervisors: %1").arg(hypervisors.size());
    root.taken = snapshot.evidence.taken;
    if (factsFor == fleetKey) {
        Facts facts;
        facts.add(TreeWords::tr("Origin"), snapshot.origin)
            .add(TreeWords::tr("Taken"), timeText(snapshot.evidence.taken))
            .add(TreeWords::tr("Taken by"), snapshot.evidence.tool)
            .add(TreeWords::tr("Documents"), QString::number(snapshot.evidence.documents.size()));
        for (const SourceError &error : snapshot.evidence.errors)
            facts.add(TreeWords::tr("Not read: %1").arg(error.hypervisor + u' ' + error.source),
                      error.message);
        const QList<Problem> problems = snapshot.evidence.problems + snapshot.fleet.problems;
        for (const Problem &problem : problems)
            facts.add(problem.line > 0 ? QString(problem.document + u':' + QString::number(problem.line))
                                       : problem.document,
                      problem.message);
        root.facts = facts.list();
    }
    return root;
}

/// Hostile or broken input may name two things alike; every key must still be one row's.
void makeUnique(TreeNode &node, QSet<QString> &keys)
{
    QString key = node.key;
    for (int copy = 2; keys.contains(key); ++copy)
        key = node.key + u'#' + QString::number(copy);
    keys.insert(key);
    node.key = key;
    for (TreeNode &child : node.children)
        makeUnique(child, keys);
}

/// Adds up what is below each node: findings, and whether all was read.
void sumUp(TreeNode &node, const QHash<QString, FindingCounts> &own, const QSet<QString> &unread)
{
    node.counts = own.value(node.key);
    node.unread = node.kind == NodeKind::NotKnown || node.state == NodeState::NotKnown ||
                  node.state == NodeState::Unreachable || unread.contains(node.key);
    for (TreeNode &child : node.children) {
        sumUp(child, own, unread);
        node.counts += child.counts;
        node.unread = node.unread || child.unread;
    }
}

const TreeNode *findKey(const TreeNode &node, const QString &key)
{
    if (node.key == key)
        return &node;
    for (const TreeNode &child : node.children)
        if (const TreeNode *found = findKey(child, key))
            return found;
    return nullptr;
}

void indexKeys(const TreeNode &node, QHash<QString, QString> &keys)
{
    keys.insert(node.key, node.key);
    for (const TreeNode &child : node.children)
        indexKeys(child, keys);
}

void indexAliases(const TreeNode &node, QHash<QString, QString> &keys)
{
    for (const QString &alias : node.aliases)
        if (!keys.contains(alias))
            keys.insert(alias, node.key);
    for (const TreeNode &child : node.children)
        indexAliases(child, keys);
}

} // namespace

TreeNode hypervisorNode(const Growth &growth, const Hypervisor &hypervisor)
{
    QList<Source> sources;
    if (hypervisor.host.os)
        sources.append(hypervisor.host.os->source);
    if (hypervisor.host.hostname)
        sources.append(hypervisor.host.hostname->source);
    if (hypervisor.host.kernel)
        sources.append(hypervisor.host.kernel->source);
    TreeNode node = growth.node(NodeKind::Hypervisor, hypervisor.name, hypervisor.name, sources);
    node.state = hypervisorState(growth, hypervisor);
    node.detail =
        joined({domainsText(hypervisor), hypervisor.host.os ? hypervisor.host.os->pretty : QString()});
    if (node.state == NodeState::Unreachable) {
        node.badge = TreeWords::tr("unreachable");
        node.detail = hypervisor.errors.first().message;
    } else if (node.state == NodeState::NotKnown) {
        node.detail = TreeWords::tr("nothing read yet");
    } else if (!hypervisor.errors.isEmpty()) {
        node.badge = TreeWords::tr("read in part");
    }
    TreeNode bridges = bridgesNode(growth, hypervisor);
    TreeNode others = hostInterfacesNode(growth, hypervisor, bridges);
    node.children.push_back(std::move(bridges));
    if (!others.children.empty())
        node.children.push_back(std::move(others));
    node.children.push_back(networksNode(growth, hypervisor));
    node.children.push_back(domainsNode(growth, hypervisor));
    if (growth.wants(node.key))
        node.facts = hypervisorFacts(hypervisor, growth.snapshot().policy);
    return node;
}

TreeNode fleetTree(const Snapshot &snapshot)
{
    TreeNode root = grow(snapshot, {});
    QSet<QString> keys;
    makeUnique(root, keys);
    const SubjectIndex index(root);
    QHash<QString, FindingCounts> own;
    for (const Finding &finding : snapshot.findings)
        if (!finding.accepted)
            own[index.keyFor(finding.subject)].add(finding.severity);
    QSet<QString> unread;
    for (const NotKnown &one : snapshot.notKnown)
        unread.insert(index.keyFor(one.subject));
    sumUp(root, own, unread);
    return root;
}

std::optional<TreeNode> nodeWithFacts(const Snapshot &snapshot, const QString &key)
{
    const TreeNode root = grow(snapshot, key);
    const TreeNode *found = findKey(root, key);
    if (!found)
        return {};
    TreeNode node = *found;
    node.children.clear();
    return node;
}

SubjectIndex::SubjectIndex(const TreeNode &root)
{
    indexKeys(root, m_keys);
    indexAliases(root, m_keys);
}

QString SubjectIndex::keyFor(const QString &subject) const
{
    for (QString at = subject; !at.isEmpty(); at = at.left(qMax(qsizetype(0), at.lastIndexOf(u'/'))))
        if (const auto it = m_keys.constFind(at); it != m_keys.constEnd())
            return *it;
    return QStringLiteral("fleet");
}

} // namespace tropo
