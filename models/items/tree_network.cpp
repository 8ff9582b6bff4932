#include "models/items/tree_growth.h"

#include "models/items/visible_text.h"

namespace tropo {

namespace {

TreeNode reservationsNode(const Growth &growth, const QString &parent, const NetworkForm &form)
{
    TreeNode group = growth.group(parent + QLatin1String("/reservation"), TreeWords::tr("Reservations"));
    for (const Reservation &reservation : form.reservations) {
        const QString mac = macText(reservation.mac);
        const QString address = reservation.address ? reservation.address->toString() : QString();
        const QString name = reservation.name.isEmpty() ? (mac.isEmpty() ? address : mac) : reservation.name;
        TreeNode node =
            growth.node(NodeKind::Reservation, group.key + u'/' + name, name, {reservation.source});
        node.detail = joined({mac, address});
        if (growth.wants(node.key))
            node.facts = Facts()
                             .known(TreeWords::tr("MAC"), mac)
                             .known(TreeWords::tr("Address"), address)
                             .add(TreeWords::tr("Name"), reservation.name)
                             .list();
        group.children.push_back(std::move(node));
    }
    group.detail = QString::number(form.reservations.size());
    return group;
}

TreeNode leasesNode(const Growth &growth, const QString &parent, const QList<Lease> &leases)
{
    TreeNode group = growth.group(parent + QLatin1String("/lease"), TreeWords::tr("Leases"));
    for (const Lease &lease : leases) {
        const QString mac = lease.mac.toString();
        const QString address = lease.address ? lease.address->toString() : QString();
        TreeNode node = growth.node(NodeKind::Lease, group.key + u'/' + mac,
                                    lease.hostname.isEmpty() ? mac : lease.hostname, {lease.source});
        node.detail = joined({mac, address});
        if (growth.wants(node.key))
            node.facts = Facts()
                             .add(TreeWords::tr("MAC"), mac)
                             .known(TreeWords::tr("Address"), address)
                             .add(TreeWords::tr("Host name"), lease.hostname)
                             .add(TreeWords::tr("Expires"), timeText(lease.expires))
                             .list();
        group.children.push_back(std::move(node));
    }
    group.detail = QString::number(leases.size());
    return group;
}

QString rangesText(const NetworkForm &form)
{
    QStringList texts;
    for (const DhcpRange &range : form.ranges)
        texts.append(range.start.toString() + QStringLiteral(" \u2013 ") + range.end.toString());
    return texts.join(QLatin1String(", "));
}

QList<Fact> networkFacts(const Network &network)
{
    Facts facts;
    facts.flag(TreeWords::tr("Active"), network.active)
        .flag(TreeWords::tr("Autostart"), network.autostart)
        .flag(TreeWords::tr("Persistent"), network.persistent);
    if (const NetworkForm *form = network.known()) {
        facts
            .add(TreeWords::tr("Forward"),
                 form->forward.isEmpty() ? TreeWords::tr("isolated") : form->forward)
            .add(TreeWords::tr("Bridge"), form->bridge)
            .add(TreeWords::tr("MAC"), macText(form->mac))
            .add(TreeWords::tr("Address"), form->address ? form->address->toString() : QString())
            .add(TreeWords::tr("DHCP range"), rangesText(*form))
            .add(TreeWords::tr("UUID"), form->uuid);
        facts.add(TreeWords::tr("Read from"),
                  network.form ? TreeWords::tr("libvirt") : TreeWords::tr("the declared configuration only"));
    }
    return facts.list();
}

TreeNode networkNode(const Growth &growth, const Hypervisor &hypervisor, const Network &network)
{
    QList<Source> sources{network.source};
    if (network.form)
        sources.append(network.form->source);
    if (network.declared)
        sources.append(network.declared->source);
    TreeNode node =
        growth.node(NodeKind::Network, hypervisor.name + QLatin1String("/network/") + network.name,
                    network.name, sources);
    node.state = !network.active ? NodeState::NotKnown : *network.active ? NodeState::On : NodeState::Off;
    if (node.state == NodeState::Off)
        node.badge = TreeWords::tr("inactive");
    const QString libvirt = QStringLiteral("libvirt");
    if (const NetworkForm *form = network.known()) {
        node.detail = joined({form->forward.isEmpty() ? TreeWords::tr("isolated") : form->forward,
                              form->bridge, form->subnet() ? form->subnet()->toString() : QString()});
        if (!form->reservations.isEmpty())
            node.children.push_back(reservationsNode(growth, node.key, *form));
    } else {
        node.children.push_back(
            growth.notRead(node.key, TreeWords::tr("definition"),
                           growth.whyNot(hypervisor.name, libvirt, TreeWords::tr("nothing was collected"))));
    }
    const bool hasDhcp = network.known() && !network.known()->ranges.isEmpty();
    if (network.leases && (hasDhcp || !network.leases->isEmpty()))
        node.children.push_back(leasesNode(growth, node.key, *network.leases));
    else if (!network.leases && hasDhcp)
        node.children.push_back(
            growth.notRead(node.key, TreeWords::tr("leases"),
                           growth.whyNot(hypervisor.name, libvirt, TreeWords::tr("nothing was collected"))));
    if (growth.wants(node.key))
        node.facts = networkFacts(network);
    return node;
}

} // namespace

TreeNode networksNode(const Growth &growth, const Hypervisor &hypervisor)
{
    TreeNode group = growth.group(hypervisor.name + QLatin1String("/network"), TreeWords::tr("Networks"));
    if (!hypervisor.networks) {
        group.children.push_back(growth.notRead(group.key, TreeWords::tr("networks"),
                                                growth.whyNot(hypervisor.name, QStringLiteral("libvirt"),
                                                              TreeWords::tr("nothing was collected"))));
        return group;
    }
    for (const Network &network : *hypervisor.networks)
        group.children.push_back(networkNode(growth, hypervisor, network));
    group.detail = QString::number(hypervisor.networks->size());
    return group;
}

} // namespace tropo
