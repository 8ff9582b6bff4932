#include "models/fleet/connection.h"
#include "models/fleet/inside_outside.h"
#include "models/items/tree_growth.h"
#include "models/items/visible_text.h"

#include <QSet>

namespace tropo {

namespace {

/// A NIC as it runs and as the next start makes it.
struct NicForms
{
    const Nic *live = nullptr;
    const Nic *persistent = nullptr;
    int index = -1; ///< in the domain's current form; -1 where it is not in it

    const Nic &any() const { return live ? *live : *persistent; }
};

QList<NicForms> nicsOf(const Domain &domain, const Hypervisor &hypervisor)
{
    QList<NicForms> nics;
    for (const NicPair &pair : pairNics(domain, hypervisor))
        nics.append({pair.live >= 0 ? &domain.live->nics[pair.live] : nullptr,
                     pair.persistent >= 0 ? &domain.inactive->nics[pair.persistent] : nullptr,
                     pair.live >= 0 ? pair.live
                     : domain.live  ? -1
                                    : pair.persistent});
    return nics;
}

QString domainStateText(DomainState state)
{
    switch (state) {
    case DomainState::Unknown:
        return TreeWords::tr("state not read");
    case DomainState::Running:
        return TreeWords::tr("running");
    case DomainState::Paused:
        return TreeWords::tr("paused");
    case DomainState::Suspended:
        return TreeWords::tr("suspended");
    case DomainState::ShutOff:
        return TreeWords::tr("shut off");
    case DomainState::ShuttingDown:
        return TreeWords::tr("shutting down");
    case DomainState::Crashed:
        return TreeWords::tr("crashed");
    }
    return {};
}

NodeState nodeStateOf(DomainState state)
{
    switch (state) {
    case DomainState::Unknown:
        return NodeState::NotKnown;
    case DomainState::Running:
        return NodeState::On;
    case DomainState::Paused:
    case DomainState::Suspended:
        return NodeState::Paused;
    case DomainState::ShutOff:
    case DomainState::ShuttingDown:
        return NodeState::Off;
    case DomainState::Crashed:
        return NodeState::Unhealthy;
    }
    return NodeState::NotKnown;
}

QString nicId(const Nic &nic, qsizetype position)
{
    if (nic.pci)
        return nic.pci->toString();
    if (nic.mac)
        return nic.mac->toString();
    return nic.alias.isEmpty() ? QString::number(position) : nic.alias;
}

QString connectionText(const Nic &nic)
{
    if (!nic.network.isEmpty() && !nic.bridge.isEmpty())
        return nic.network + QStringLiteral(" \u2192 ") + nic.bridge;
    return nic.network.isEmpty() ? nic.bridge : nic.network;
}

QString nicBadge(const Domain &domain, const NicForms &pair)
{
    if (pair.live && pair.live->linkUp == false)
        return TreeWords::tr("link down");
    if (pair.live && !pair.persistent && domain.inactive && !domain.inactive->partial)
        return TreeWords::tr("not persistent");
    if (!pair.live && domain.live && !domain.live->partial)
        return TreeWords::tr("not live");
    return {};
}

QString presence(const std::optional<DomainForm> &form, const Nic *nic)
{
    if (nic)
        return TreeWords::tr("yes");
    if (form && !form->partial)
        return TreeWords::tr("no");
    return {};
}

QList<Fact> nicFacts(const Domain &domain, const NicForms &pair, const QString &inside)
{
    const Nic &nic = pair.any();
    return Facts()
        .known(TreeWords::tr("MAC"), macText(nic.mac))
        .add(TreeWords::tr("Network"), nic.network)
        .add(TreeWords::tr("Bridge"), nic.bridge)
        .add(TreeWords::tr("Tap"), nic.target)
        .known(TreeWords::tr("PCI address"), nic.pci ? nic.pci->toString() : QString())
        .add(TreeWords::tr("Model"), nic.model)
        .add(TreeWords::tr("Alias"), nic.alias)
        .add(TreeWords::tr("Filter"), nic.filter)
        .add(TreeWords::tr("Link"),
             nic.linkUp ? (*nic.linkUp ? TreeWords::tr("up") : TreeWords::tr("down")) : QString())
        .known(TreeWords::tr("In the running domain"), presence(domain.live, pair.live))
        .known(TreeWords::tr("In the persistent domain"), presence(domain.inactive, pair.persistent))
        .known(TreeWords::tr("Inside"), inside)
        .list();
}

QString howText(InsideMatch::How how)
{
    return how == InsideMatch::How::Pci ? TreeWords::tr("joined by PCI address")
                                        : TreeWords::tr("joined by its MAC, which no other has");
}

/// Adds the interface that is this NIC inside, or says why it is not known. Returns that in words.
QString growInterface(const Growth &growth, TreeNode &nic, const QString &domainKey, const Domain &domain,
                      const QList<InsideMatch> &matches)
{
    if (!domain.guest || !domain.guest->system.interfaces)
        return {};
    const InterfaceList &inside = *domain.guest->system.interfaces;
    if (matches.isEmpty()) {
        const QString why = inside.elided ? TreeWords::tr("the listing inside leaves lines out")
                                          : TreeWords::tr("none inside has its PCI address or its MAC");
        nic.children.push_back(growth.notRead(nic.key, TreeWords::tr("interface inside"), why));
        nic.children.back().detail = why;
        return why;
    }
    if (matches.first().how != InsideMatch::How::Ambiguous) {
        const InsideMatch &match = matches.first();
        const Interface *interface = inside.find(match.interface);
        if (!interface)
            return {};
        TreeNode node =
            interfaceNode(growth, domainKey + QLatin1String("/if/") + interface->name, *interface);
        if (growth.wants(node.key))
            node.facts.append({TreeWords::tr("NIC outside"), joined({nic.label, howText(match.how)})});
        nic.children.push_back(std::move(node));
        return joined({interface->name, howText(match.how)});
    }
    QStringList names;
    for (const InsideMatch &match : matches)
        names.append(match.interface);
    const QString one = TreeWords::tr("one of %1").arg(names.join(QLatin1String(", ")));
    const QString why =
        TreeWords::tr("which one is not known: several have this MAC and no PCI address was read");
    TreeNode row = growth.notRead(nic.key, one, why);
    row.detail = why;
    nic.children.push_back(std::move(row));
    return one;
}

TreeNode nicNode(const Growth &growth, const QString &domainKey, const Domain &domain, const NicForms &pair,
                 qsizetype position, const QList<InsideMatch> &matches)
{
    const Nic &nic = pair.any();
    const QString prefix = domainKey + QLatin1String("/nic/");
    const QString name = !nic.target.isEmpty()  ? nic.target
                         : !nic.alias.isEmpty() ? nic.alias
                                                : macText(nic.mac);
    QList<Source> sources;
    for (const Nic *form : {pair.live, pair.persistent})
        if (form)
            sources.append(form->source);
    TreeNode node = growth.node(NodeKind::Nic, prefix + nicId(nic, position),
                                name.isEmpty() ? TreeWords::tr("NIC without a MAC") : name, sources);
    for (const QString &alias : {macText(nic.mac), nic.alias, nic.target})
        if (!alias.isEmpty() && !node.aliases.contains(prefix + alias))
            node.aliases.append(prefix + alias);
    const bool off = pair.any().linkUp == false || (!pair.live && domain.live);
    node.state = off ? NodeState::Off : domain.isRunning() ? NodeState::On : nodeStateOf(domain.state);
    node.badge = nicBadge(domain, pair);
    node.detail = joined({name == macText(nic.mac) ? QString() : macText(nic.mac), connectionText(nic),
                          nic.pci ? TreeWords::tr("PCI %1").arg(nic.pci->toString()) : QString()});
    const QString inside = growInterface(growth, node, domainKey, domain, matches);
    if (growth.wants(node.key))
        node.facts = nicFacts(domain, pair, inside);
    return node;
}

QString agentText(const DomainForm &form)
{
    if (!form.agentChannel)
        return form.partial ? QString() : TreeWords::tr("the machine has no channel for it");
    if (!form.agentConnected)
        return TreeWords::tr("has a channel");
    return *form.agentConnected ? TreeWords::tr("connected") : TreeWords::tr("not connected");
}

void addSnapshots(Facts &facts, const std::optional<QList<DomainSnapshot>> &snapshots)
{
    if (!snapshots)
        return;
    constexpr qsizetype most = 12;
    for (const DomainSnapshot &snapshot : snapshots->first(qMin(snapshots->size(), most)))
        facts.add(TreeWords::tr("Snapshot %1").arg(snapshot.name),
                  snapshot.created.isValid() ? timeText(snapshot.created) : TreeWords::tr("time not known"));
    if (snapshots->size() > most)
        facts.add(TreeWords::tr("Snapshots"), TreeWords::tr("and %1 more").arg(snapshots->size() - most));
    if (snapshots->isEmpty())
        facts.add(TreeWords::tr("Snapshots"), TreeWords::tr("none"));
}

QList<Fact> domainFacts(const Domain &domain)
{
    Facts facts;
    facts.add(TreeWords::tr("State"), domainStateText(domain.state))
        .flag(TreeWords::tr("Autostart"), domain.autostart)
        .flag(TreeWords::tr("Persistent"), domain.persistent)
        .add(TreeWords::tr("UUID"), domain.uuid);
    if (const DomainForm *form = domain.current()) {
        facts.add(TreeWords::tr("Type"), form->type).add(TreeWords::tr("Guest agent"), agentText(*form));
        for (const Disk &disk : form->disks) {
            QStringList images{disk.path};
            images.append(disk.backing);
            facts.add(TreeWords::tr("Disk %1").arg(disk.target), images.join(QStringLiteral(" \u2190 ")));
        }
    }
    addSnapshots(facts, domain.snapshots);
    if (!domain.guest)
        return facts.known(TreeWords::tr("Inside"), {}).list();
    const Guest &guest = *domain.guest;
    facts.known(TreeWords::tr("Host name inside"),
                guest.system.hostname ? guest.system.hostname->value : QString());
    addMachineFacts(facts, guest.system);
    if (guest.packages && !guest.packages->isEmpty())
        facts.add(TreeWords::tr("Packages last changed"),
                  guest.packages->first().time.toString(QStringLiteral("yyyy-MM-dd HH:mm")));
    return facts.list();
}

} // namespace

TreeNode domainNode(const Growth &growth, const Hypervisor &hypervisor, const Domain &domain)
{
    QList<Source> sources{domain.source};
    if (domain.live)
        sources.append(domain.live->source);
    if (domain.inactive)
        sources.append(domain.inactive->source);
    if (domain.snapshots)
        for (const DomainSnapshot &snapshot : *domain.snapshots)
            sources.append(snapshot.source);
    TreeNode node = growth.node(NodeKind::Domain, hypervisor.name + QLatin1String("/vm/") + domain.name,
                                domain.name, sources);
    node.state = nodeStateOf(domain.state);
    QString system;
    if (domain.isRunning() && !domain.guest)
        system = TreeWords::tr("inside not read");
    else if (domain.guest && domain.guest->system.os)
        system = domain.guest->system.os->pretty;
    node.detail = joined({domainStateText(domain.state), system});
    const QList<InsideMatch> all = domain.guest && domain.current()
                                       ? matchInside(*domain.current(), *domain.guest)
                                       : QList<InsideMatch>();
    const QList<NicForms> nics = nicsOf(domain, hypervisor);
    for (qsizetype i = 0; i < nics.size(); ++i) {
        QList<InsideMatch> matches;
        for (const InsideMatch &match : all)
            if (match.nic == nics[i].index)
                matches.append(match);
        node.children.push_back(nicNode(growth, node.key, domain, nics[i], i, matches));
    }
    if (!domain.current())
        node.children.push_back(
            growth.notRead(node.key, TreeWords::tr("NICs"),
                           growth.whyNot(hypervisor.name, QStringLiteral("libvirt"),
                                         TreeWords::tr("its definition was not collected"))));
    growInside(growth, node, hypervisor, domain);
    if (growth.wants(node.key))
        node.facts = domainFacts(domain);
    return node;
}

} // namespace tropo
