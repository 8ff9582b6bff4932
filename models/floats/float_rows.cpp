#include "models/fleet/subject.h"
#include "models/floats/float_layers.h"
#include "models/text/words.h"

#include <algorithm>

namespace tropo {

QString layerName(FloatLayer layer)
{
    switch (layer) {
    case FloatLayer::Declared:
        return QStringLiteral("declared");
    case FloatLayer::Persistent:
        return QStringLiteral("persistent-xml");
    case FloatLayer::Live:
        return QStringLiteral("live-xml");
    case FloatLayer::Forwarding:
        return QStringLiteral("fdb");
    case FloatLayer::File:
        return QStringLiteral("guest-file");
    case FloatLayer::Running:
        return QStringLiteral("guest-address");
    case FloatLayer::Neighbours:
        return QStringLiteral("neighbours");
    case FloatLayer::Service:
        return QStringLiteral("service");
    }
    return {};
}

QString layerTitle(FloatLayer layer)
{
    switch (layer) {
    case FloatLayer::Declared:
        return QStringLiteral("Declared");
    case FloatLayer::Persistent:
        return QStringLiteral("Persistent XML");
    case FloatLayer::Live:
        return QStringLiteral("Live XML");
    case FloatLayer::Forwarding:
        return QStringLiteral("Bridge learned");
    case FloatLayer::File:
        return QStringLiteral("File inside");
    case FloatLayer::Running:
        return QStringLiteral("Running inside");
    case FloatLayer::Neighbours:
        return QStringLiteral("Neighbours' ARP");
    case FloatLayer::Service:
        return QStringLiteral("Answers");
    }
    return {};
}

QString stateName(LayerState state)
{
    switch (state) {
    case LayerState::Agrees:
        return QStringLiteral("agrees");
    case LayerState::Disagrees:
        return QStringLiteral("disagrees");
    case LayerState::Absent:
        return QStringLiteral("absent");
    case LayerState::NotKnown:
        return QStringLiteral("not-known");
    }
    return {};
}

QString FloatRow::subject() const
{
    return subject::floating(name);
}

FloatCell joined(FloatLayer layer, const QList<Share> &shares, const QString &nobody, bool allKnown)
{
    FloatCell cell{layer, LayerState::NotKnown, {}, {}, {}};
    if (shares.isEmpty()) {
        cell.state = allKnown ? LayerState::Absent : LayerState::NotKnown;
        cell.text = allKnown ? nobody : QStringLiteral("not all read");
        return cell;
    }
    const auto pick = [&shares](std::initializer_list<Share::What> kinds) {
        QList<Share> picked;
        for (const Share &share : shares)
            if (std::find(kinds.begin(), kinds.end(), share.what) != kinds.end())
                picked.append(share);
        return picked;
    };
    using What = Share::What;
    const QList<Share> having = pick({What::Right, What::Wrong});
    // Who lacks it matters only where nobody has it here.
    const QList<Share> shown = !having.isEmpty()                   ? having
                               : !pick({What::Lacking}).isEmpty()  ? pick({What::Lacking})
                               : !pick({What::NotKnown}).isEmpty() ? pick({What::NotKnown})
                                                                   : shares;
    QStringList texts;
    QStringList details;
    for (const Share &share : shown) {
        texts.append(shown.size() == 1 && having.isEmpty()
                         ? share.text
                         : QStringLiteral("%1: %2").arg(share.vm, share.text));
        details.append(share.detail);
        cell.sources += share.sources;
    }
    details.removeAll(QString());
    cell.text = texts.join(QLatin1String("; "));
    cell.detail = details.join(u' ');
    const What worst = shown.front().what;
    if (!having.isEmpty())
        cell.state = having.size() == 1 && worst == What::Right ? LayerState::Agrees : LayerState::Disagrees;
    else if (worst == What::Lacking)
        cell.state = LayerState::Disagrees;
    else if (worst == What::NotApplicable)
        cell.state = LayerState::Absent;
    if (having.size() > 1)
        cell.detail =
            QStringLiteral("It is on %1 machines. %2").arg(numberWord(having.size()), cell.detail).trimmed();
    return cell;
}

FloatCell declaredLayer(const FloatInput &input)
{
    const FloatPolicy &own = input.floating;
    FloatCell cell{FloatLayer::Declared,
                   LayerState::Agrees,
                   QStringLiteral("%1 with %2").arg(own.address.toString(), own.mac.toString()),
                   {},
                   {own.source}};
    QStringList twins;
    for (const FloatPolicy &other : input.policy.floats)
        if (other.name != own.name && (other.mac == own.mac || other.address == own.address)) {
            twins.append(other.name);
            cell.sources.append(other.source);
        }
    if (!twins.isEmpty()) {
        cell.state = LayerState::Disagrees;
        cell.detail =
            QStringLiteral("The float table gives its MAC or address to %1 too.").arg(listed(twins));
    }
    return cell;
}

namespace {

QList<FloatHolder> holdersOf(const FloatInput &input)
{
    QList<FloatHolder> holders;
    for (const FloatFacts &facts : input.claims)
        holders.append({facts.vm->subject, facts.hasNic() && facts.hasAddress()
                                               ? QStringLiteral("its MAC and its address")
                                           : facts.hasNic() ? QStringLiteral("its MAC")
                                                            : QStringLiteral("its address")});
    for (const QString &host : input.hosts)
        holders.append({subject::hypervisor(host), QStringLiteral("its address")});
    return holders;
}

FloatRow rowOf(const FloatInput &input)
{
    FloatRow row{input.floating.name, input.floating.address, input.floating.mac, {}, holdersOf(input), {}};
    row.cells.append(declaredLayer(input));
    row.cells.append(persistentLayer(input));
    QStringList settled;
    for (const FloatFacts &facts : input.claims)
        if (!facts.persistent.isEmpty())
            settled.append(facts.vm->subject);
    row.cells.append(liveLayer(input, settled));
    row.cells.append(forwardingLayer(input));
    row.cells.append(fileLayer(input));
    row.cells.append(runningLayer(input));
    row.cells.append(neighboursLayer(input));
    row.cells.append(serviceLayer(input));
    const auto first = std::find_if(row.cells.begin(), row.cells.end(), [](const FloatCell &cell) {
        return cell.state == LayerState::Disagrees;
    });
    if (first != row.cells.end())
        row.firstDisagreeing = first->layer;
    return row;
}

/// Whether every hypervisor of the fleet file was read, and every VM's NICs.
bool nicsKnown(const Fleet &fleet, const Policy &policy, const VmIndex &index)
{
    const auto isRead = [&fleet](const HypervisorPolicy &expected) {
        const Hypervisor *hypervisor = fleet.hypervisor(expected.name);
        return hypervisor && hypervisor->domains;
    };
    return std::all_of(policy.hypervisors.begin(), policy.hypervisors.end(), isRead) &&
           std::all_of(fleet.hypervisors.begin(), fleet.hypervisors.end(),
                       [](const Hypervisor &one) { return one.domains.has_value(); }) &&
           std::all_of(index.vms().begin(), index.vms().end(),
                       [](const VmView &vm) { return vm.nicsKnown(); });
}

bool insidesKnown(const VmIndex &index)
{
    return std::all_of(index.vms().begin(), index.vms().end(), [](const VmView &vm) {
        return !vm.domain->isRunning() || (vm.configsKnown() && vm.addressesKnown());
    });
}

} // namespace

QList<FloatRow> floatRows(const Fleet &fleet, const Policy &policy)
{
    const VmIndex index(fleet);
    const Witnesses witnesses(fleet, index);
    const bool nics = nicsKnown(fleet, policy, index);
    const bool insides = nics && insidesKnown(index);
    QHash<QString, QList<FloatFacts>> claims;
    for (const FloatFacts &facts : floatClaims(policy, index))
        claims[facts.floating->name].append(facts);
    QHash<Ipv4, QStringList> hosts;
    for (const Hypervisor &hypervisor : fleet.hypervisors)
        if (hypervisor.host.interfaces)
            for (const Interface &interface : hypervisor.host.interfaces->items)
                for (const InterfaceAddress &address : interface.addresses)
                    if (!hosts[address.address].contains(hypervisor.name))
                        hosts[address.address].append(hypervisor.name);
    QList<FloatRow> rows;
    for (const FloatPolicy &floating : policy.floats)
        rows.append(rowOf({fleet, policy, index, witnesses, floating, claims.value(floating.name),
                           hosts.value(floating.address), nics, insides}));
    return rows;
}

} // namespace tropo
