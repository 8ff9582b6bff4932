#include "models/items/tree_growth.h"

namespace tropo {

namespace {

struct Holder
{
    QString subject;
    QString how;
    Source source;
};

void holdersIn(QList<Holder> &holders, const QString &domainKey, const Domain &domain,
               const FloatPolicy &policy)
{
    const auto forms = {&domain.live, &domain.inactive};
    for (const std::optional<DomainForm> *form : forms) {
        if (!*form)
            continue;
        const bool live = form == &domain.live;
        for (const Nic &nic : (*form)->nics)
            if (nic.mac == policy.mac)
                holders.append(
                    {domainKey + QLatin1String("/nic/") +
                         (nic.pci ? nic.pci->toString() : policy.mac.toString()),
                     live ? TreeWords::tr("MAC on a running NIC") : TreeWords::tr("MAC on a persistent NIC"),
                     nic.source});
    }
    if (!domain.guest)
        return;
    if (domain.guest->system.interfaces)
        for (const Interface &interface : domain.guest->system.interfaces->items)
            for (const InterfaceAddress &address : interface.addresses)
                if (address.address == policy.address)
                    holders.append({domainKey + QLatin1String("/if/") + interface.name,
                                    TreeWords::tr("address on an interface inside"), interface.source});
    for (const InterfaceConfig &config : domain.guest->configs)
        for (const Sourced<InterfaceAddress> &address : config.addresses)
            if (address.value.address == policy.address)
                holders.append({domainKey + QLatin1String("/if/") + config.device,
                                TreeWords::tr("address in a file"), address.source});
}

QList<Holder> holdersOf(const Fleet &fleet, const FloatPolicy &policy)
{
    QList<Holder> holders;
    for (const Hypervisor &hypervisor : fleet.hypervisors)
        if (hypervisor.domains)
            for (const Domain &domain : *hypervisor.domains)
                holdersIn(holders, hypervisor.name + QLatin1String("/vm/") + domain.name, domain, policy);
    return holders;
}

const FloatRow *rowOf(const Growth &growth, const FloatPolicy &policy)
{
    for (const FloatRow &row : growth.snapshot().floats)
        if (row.name == policy.name)
            return &row;
    return nullptr;
}

/// Who holds it, as far as is known: what was not read may hold it too.
void sayWhoHolds(TreeNode &node, const FloatRow &row)
{
    if (row.firstDisagreeing)
        node.badge = TreeWords::tr("disagrees: %1").arg(layerTitle(*row.firstDisagreeing));
    if (!row.holders.isEmpty()) {
        node.state = NodeState::On;
        return;
    }
    const bool known = row.cell(FloatLayer::Live).state == LayerState::Absent;
    node.state = known ? NodeState::Off : NodeState::NotKnown;
    if (!row.firstDisagreeing)
        node.badge = known ? TreeWords::tr("nobody has it") : TreeWords::tr("nobody has it in what was read");
}

QString stateText(LayerState state)
{
    switch (state) {
    case LayerState::Agrees:
        return TreeWords::tr("agrees");
    case LayerState::Disagrees:
        return TreeWords::tr("disagrees");
    case LayerState::Absent:
        return TreeWords::tr("nothing there");
    case LayerState::NotKnown:
        return TreeWords::tr("not known");
    }
    return {};
}

TreeNode floatNode(const Growth &growth, const FloatPolicy &policy)
{
    TreeNode node =
        growth.node(NodeKind::Float, QLatin1String("float/") + policy.name, policy.name, {policy.source});
    const QList<Holder> holders = holdersOf(growth.snapshot().fleet, policy);
    const FloatRow *layers = rowOf(growth, policy);
    if (layers)
        sayWhoHolds(node, *layers);
    node.detail = joined({policy.address.toString(), policy.mac.toString()});
    for (const Holder &holder : holders) {
        TreeNode row = growth.node(NodeKind::Address, node.key + u'/' + holder.subject + u'/' + holder.how,
                                   holder.subject, {holder.source});
        row.detail = holder.how;
        if (growth.wants(row.key))
            row.facts = Facts()
                            .add(TreeWords::tr("Where"), holder.subject)
                            .add(TreeWords::tr("What"), holder.how)
                            .add(TreeWords::tr("Float"), policy.name)
                            .list();
        node.children.push_back(std::move(row));
    }
    if (growth.wants(node.key)) {
        Facts facts;
        facts.add(TreeWords::tr("Address"), policy.address.toString())
            .add(TreeWords::tr("MAC"), policy.mac.toString())
            .add(TreeWords::tr("Belongs on network"), growth.snapshot().policy.floatNetwork);
        for (const FloatCell &cell : layers ? layers->cells : QList<FloatCell>())
            facts.add(layerTitle(cell.layer), joined({stateText(cell.state), cell.text}));
        node.facts = facts.list();
    }
    return node;
}

} // namespace

TreeNode floatsNode(const Growth &growth)
{
    TreeNode group = growth.group(QStringLiteral("float"), TreeWords::tr("Floats"));
    for (const FloatPolicy &policy : growth.snapshot().policy.floats)
        if (!growth.skips(QLatin1String("float/") + policy.name))
            group.children.push_back(floatNode(growth, policy));
    group.detail = QString::number(growth.snapshot().policy.floats.size());
    return group;
}

} // namespace tropo
