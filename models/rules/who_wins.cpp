#include "models/rules/who_wins.h"

#include "models/fleet/subject.h"
#include "models/text/words.h"

#include <QMap>

#include <algorithm>

namespace tropo {

Witnesses::Witnesses(const Fleet &fleet, const VmIndex &index)
{
    QHash<std::pair<const Hypervisor *, QString>, Tap> taps;
    for (const VmView &vm : index.vms()) {
        if (vm.domain->live) {
            for (const Nic &nic : vm.domain->live->nics) {
                if (!nic.target.isEmpty())
                    taps.insert({vm.hypervisor, nic.target}, {&vm, &nic});
                if (nic.mac && !m_owners.contains(*nic.mac, vm.domain->name))
                    m_owners.insert(*nic.mac, vm.domain->name);
            }
        }
        if (vm.domain->guest)
            addArp(vm.domain->guest->system, vm.hypervisor->name,
                   QStringLiteral("%1 on %2").arg(vm.domain->name, vm.hypervisor->name), vm.subject);
    }
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        addArp(hypervisor.host, hypervisor.name, hypervisor.name, subject::hypervisor(hypervisor.name));
        if (!hypervisor.host.fdb)
            continue;
        for (const FdbEntry &entry : *hypervisor.host.fdb) {
            if (!entry.isLearned())
                continue;
            const Tap tap = taps.value({&hypervisor, entry.port}, {nullptr, nullptr});
            m_learned.insert(entry.mac, {&hypervisor, &entry, tap.vm, tap.nic});
        }
    }
}

void Witnesses::addArp(const Machine &machine, const QString &hypervisor, const QString &name,
                       const QString &subject)
{
    if (!machine.neighbours)
        return;
    for (const Neighbour &neighbour : *machine.neighbours)
        if (neighbour.mac)
            m_held.insert(neighbour.address, {hypervisor, {name, subject, &neighbour}});
}

QList<Learned> Witnesses::learned(MacAddress mac) const
{
    QList<Learned> found = m_learned.values(mac);
    std::reverse(found.begin(), found.end());
    return found;
}

QList<Held> Witnesses::held(Ipv4 address, const QStringList &hypervisors) const
{
    QList<Held> found;
    for (auto it = m_held.constFind(address); it != m_held.constEnd() && it.key() == address; ++it)
        if (hypervisors.isEmpty() || hypervisors.contains(it->first))
            found.append(it->second);
    std::stable_sort(found.begin(), found.end(),
                     [](const Held &a, const Held &b) { return a.subject < b.subject; });
    return found;
}

/// "vnet4, Acilamwen's fourth NIC with it (eth4 inside)"
QString Witnesses::portOf(const Learned &learned) const
{
    if (!learned.nic)
        return learned.entry->port;
    const QList<const Nic *> alike =
        learned.nic->mac ? learned.vm->liveNics(*learned.nic->mac) : QList<const Nic *>();
    QString text = learned.nic->mac != learned.entry->mac
                       ? QStringLiteral("%1, a NIC of %2 that has another MAC")
                             .arg(learned.entry->port, learned.vm->domain->name)
                   : alike.size() > 1
                       ? QStringLiteral("%1, %2's %3 NIC with it")
                             .arg(learned.entry->port, learned.vm->domain->name,
                                  ordinalWord(alike.indexOf(learned.nic) + 1))
                       : QStringLiteral("%1, %2's NIC").arg(learned.entry->port, learned.vm->domain->name);
    for (const InsideUnit &unit : learned.vm->units)
        if (learned.vm->outsideOf(unit) == learned.nic)
            text += QStringLiteral(" (%1 inside)").arg(unit.name);
    return text;
}

QList<Statement> Witnesses::whereLearned(MacAddress mac) const
{
    QList<Statement> statements;
    QMap<QString, Statement> beyond; // by port's name: the bridges that see it behind an uplink
    QMap<QString, QStringList> seers;
    for (const Learned &one : learned(mac)) {
        const QString bridge = one.entry->bridge.isEmpty()
                                   ? one.hypervisor->name
                                   : QStringLiteral("%1 of %2").arg(one.entry->bridge, one.hypervisor->name);
        if (!one.nic) {
            seers[one.entry->port].append(bridge);
            beyond[one.entry->port].sources.append(one.entry->source);
            continue;
        }
        statements.append({QStringLiteral("%1 learned %2 on %3.").arg(bridge, mac.toString(), portOf(one)),
                           {one.entry->source}});
    }
    for (auto it = beyond.begin(); it != beyond.end(); ++it) {
        it->text = QStringLiteral("%1 learned %2 on %3, which is no tap of a VM.")
                       .arg(listed(seers[it.key()], 6), mac.toString(), it.key());
        statements.append(*it);
    }
    return statements;
}

/// " (Acilamwen's)" where one VM has the MAC.
QString Witnesses::ownerOf(MacAddress mac) const
{
    const QStringList names = m_owners.values(mac);
    return names.size() == 1 ? QStringLiteral(" (%1's)").arg(names.front()) : QString();
}

QList<Statement> Witnesses::whoIsBelieved(Ipv4 address, const QStringList &hypervisors) const
{
    QMap<MacAddress, QStringList> believers;
    QMap<MacAddress, QList<Source>> sources;
    for (const Held &one : held(address, hypervisors)) {
        QStringList &names = believers[*one.neighbour->mac];
        if (!names.contains(one.machine))
            names.append(one.machine);
        sources[*one.neighbour->mac].append(one.neighbour->source);
    }
    QStringList clauses;
    Statement all;
    for (auto it = believers.cbegin(); it != believers.cend(); ++it) {
        clauses.append(QStringLiteral("%1 %2 %3%4")
                           .arg(listed(*it, 6),
                                it->size() == 1 ? QStringLiteral("holds") : QStringLiteral("hold"),
                                it.key().toString(), ownerOf(it.key())));
        all.sources += sources[it.key()];
    }
    if (clauses.isEmpty())
        return {};
    all.text = clauses.size() == 1 ? QStringLiteral("%1 for %2.").arg(clauses.front(), address.toString())
                                   : QStringLiteral("The neighbours disagree about %1: %2.")
                                         .arg(address.toString(), clauses.join(QLatin1String("; ")));
    return {all};
}

void append(QString &message, QList<Source> &sources, const QList<Statement> &statements)
{
    for (const Statement &statement : statements) {
        message += u' ' + statement.text;
        sources += statement.sources;
    }
}

} // namespace tropo
