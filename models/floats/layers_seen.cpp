#include "models/floats/float_layers.h"
#include "models/text/words.h"

#include <QMap>

#include <algorithm>

namespace tropo {

namespace {

QString joinedTexts(const QList<Statement> &statements)
{
    QStringList texts;
    for (const Statement &statement : statements)
        texts.append(statement.text);
    return texts.join(u' ');
}

/// The hypervisors of which a table was not read: of those that hold the float, or of all where nobody does.
QStringList unread(const FloatInput &input, bool (*isRead)(const Machine &))
{
    QStringList names;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors) {
        const auto lives = [&](const FloatFacts &facts) { return facts.vm->hypervisor == &hypervisor; };
        const bool matters =
            input.claims.isEmpty() || std::any_of(input.claims.begin(), input.claims.end(), lives);
        if (matters && !isRead(hypervisor.host))
            names.append(hypervisor.name);
    }
    return names;
}

/// An empty layer: nothing is there, or it was not read everywhere that counts.
void sayEmpty(FloatCell &cell, const QString &empty, const QStringList &unread)
{
    cell.state = unread.isEmpty() ? LayerState::Absent : LayerState::NotKnown;
    cell.text = unread.isEmpty() ? empty : QStringLiteral("not read on %1").arg(listed(unread, 3));
}

/// Whether the port that a bridge learned a float's MAC on is that of whoever holds it.
bool isRight(const FloatInput &input, const Learned &learned)
{
    const auto lives = [&](const FloatFacts &facts) {
        return facts.vm->hypervisor == learned.hypervisor && !facts.live.isEmpty();
    };
    if (!learned.nic) // behind an uplink: right where its holder is elsewhere
        return std::none_of(input.claims.begin(), input.claims.end(), lives) && input.isHeld();
    const auto facts = std::find_if(input.claims.begin(), input.claims.end(),
                                    [&](const FloatFacts &one) { return one.vm == learned.vm; });
    if (facts == input.claims.end() || !facts->live.contains(learned.nic))
        return false;
    // Of several NICs with the MAC, the one that has the address.
    for (const InsideUnit *unit : facts->running)
        if (const Nic *nic = facts->vm->outsideOf(*unit))
            return nic == learned.nic;
    return true;
}

} // namespace

FloatCell forwardingLayer(const FloatInput &input)
{
    FloatCell cell{FloatLayer::Forwarding, LayerState::NotKnown, QStringLiteral("not read"), {}, {}};
    const QList<Learned> all = input.witnesses.learned(input.floating.mac);
    if (all.isEmpty()) {
        sayEmpty(cell, QStringLiteral("not learned"),
                 unread(input, [](const Machine &host) { return host.fdb.has_value(); }));
        return cell;
    }
    QStringList texts;
    QSet<QString> taps;
    bool right = true;
    for (const Learned &learned : all) {
        texts.append(QStringLiteral("%1 %2").arg(learned.hypervisor->name, learned.entry->port));
        cell.sources.append(learned.entry->source);
        right = right && isRight(input, learned);
        if (learned.nic)
            taps.insert(learned.hypervisor->name + u'/' + learned.entry->port);
    }
    cell.text = listed(texts, 4);
    cell.detail = joinedTexts(input.witnesses.whereLearned(input.floating.mac));
    cell.state = right && taps.size() < 2 ? LayerState::Agrees : LayerState::Disagrees;
    // Whoever was not read may be the one that has it.
    if (!input.isHeld() && !input.allNicsKnown && taps.isEmpty())
        cell.state = LayerState::NotKnown;
    return cell;
}

FloatCell neighboursLayer(const FloatInput &input)
{
    FloatCell cell{FloatLayer::Neighbours, LayerState::NotKnown, QStringLiteral("not read"), {}, {}};
    const QList<Held> all = input.witnesses.held(input.floating.address);
    if (all.isEmpty()) {
        QStringList missing;
        for (const Hypervisor &hypervisor : input.fleet.hypervisors)
            if (!hypervisor.host.neighbours)
                missing.append(hypervisor.name);
        sayEmpty(cell, QStringLiteral("no entry"), missing);
        return cell;
    }
    QMap<MacAddress, QStringList> believers;
    for (const Held &held : all) {
        QStringList &names = believers[*held.neighbour->mac];
        if (!names.contains(held.machine))
            names.append(held.machine);
        cell.sources.append(held.neighbour->source);
    }
    QStringList texts;
    for (auto it = believers.cbegin(); it != believers.cend(); ++it)
        texts.append(QStringLiteral("%1: %2").arg(listed(*it, 3), it.key().toString()));
    cell.text = texts.join(QLatin1String("; "));
    cell.detail = joinedTexts(input.witnesses.whoIsBelieved(input.floating.address));
    const bool right = believers.size() == 1 && believers.firstKey() == input.floating.mac;
    cell.state = right ? LayerState::Agrees : LayerState::Disagrees;
    if (right && !input.isHeld()) {
        // An entry outlives its holder; only one that was confirmed of late tells of somebody.
        const bool fresh = std::any_of(all.begin(), all.end(), [](const Held &held) {
            return held.neighbour->state == QLatin1String("REACHABLE");
        });
        cell.state = !input.allNicsKnown ? LayerState::NotKnown
                     : fresh             ? LayerState::Disagrees
                                         : LayerState::Absent;
        if (fresh)
            cell.detail += QStringLiteral(" Nobody that was read holds it.");
    }
    return cell;
}

FloatCell serviceLayer(const FloatInput &input)
{
    FloatCell cell{FloatLayer::Service, LayerState::NotKnown, QStringLiteral("not asked"), {}, {}};
    for (const Reachability &probe : input.fleet.reachability) {
        if (probe.address != input.floating.address)
            continue;
        cell.sources.append(probe.source);
        cell.detail = probe.tried;
        cell.text = probe.answered ? QStringLiteral("answers") : QStringLiteral("no answer");
        if (probe.answered)
            cell.state = input.isHeld() || !input.allNicsKnown ? LayerState::Agrees : LayerState::Disagrees;
        else
            cell.state = input.isHeld() ? LayerState::Disagrees : LayerState::Absent;
        if (probe.answered && cell.state == LayerState::Disagrees)
            cell.detail += QStringLiteral(". Nobody that was read holds it.");
    }
    return cell;
}

} // namespace tropo
