#include "models/forecast/next_start.h"

#include "models/fleet/connection.h"
#include "models/forecast/interface_names.h"

#include <QSet>

#include <algorithm>

namespace tropo {

namespace {

QString nameOf(int live, const VmView &vm)
{
    for (const InsideUnit &unit : vm.units)
        if (unit.matches.size() == 1 && unit.matches.front().nic == live &&
            unit.matches.front().how != InsideMatch::How::Ambiguous)
            return unit.name;
    return {};
}

QList<NextNic> followed(const VmView &vm)
{
    QList<NextNic> nics;
    for (const NicPair &pair : followNics(*vm.domain, *vm.hypervisor)) {
        NextNic nic;
        if (pair.live >= 0) {
            nic.now = &vm.domain->live->nics[pair.live];
            nic.nameNow = nameOf(pair.live, vm);
        }
        if (pair.persistent >= 0)
            nic.next = &vm.domain->inactive->nics[pair.persistent];
        nics.append(nic);
    }
    return nics;
}

/// Names the next start's NICs, by the guest's own rules first and then as its system names interfaces now.
class Namer
{
public:
    Namer(const VmView &vm, NextStart &start) : m_guest(vm.domain->guest), m_start(start)
    {
        QSet<NamedBy> ways;
        for (const NextNic &nic : m_start.nics)
            if (!nic.nameNow.isEmpty())
                ways.insert(wayOf(nic));
        if (ways.size() == 1)
            m_way = *ways.begin();
        m_start.countsDevices = ways.contains(NamedBy::Order);
        m_initscriptsRename = std::any_of(m_start.nics.begin(), m_start.nics.end(), [this](const auto &nic) {
            return !nic.nameNow.isEmpty() && wayOf(nic) == NamedBy::Unknown &&
                   nic.nameNow == boundName(nic.now->mac, ConfigFormat::Ifcfg);
        });
    }

    void name()
    {
        const QList<const NextNic *> counted = inSlotOrder();
        for (NextNic &nic : m_start.nics) {
            if (!nic.next)
                continue;
            if (!m_start.countsDevices && nic.isSameDevice() && !nic.nameNow.isEmpty()) {
                nic.nameNext = nic.nameNow;
                continue;
            }
            nic.nameNext = ownRule(*nic.next);
            if (!nic.nameNext.isEmpty())
                continue;
            const auto place = counted.indexOf(&nic);
            const QString byOrder = place < 0 ? QString() : QStringLiteral("eth%1").arg(place);
            nic.nameNext = m_way == NamedBy::Order ? countedName(nic, byOrder)
                                                   : nameFor(wayFor(nic), nic.next->pci, nic.next->mac);
        }
    }

private:
    static NamedBy wayOf(const NextNic &nic) { return namedBy(nic.nameNow, nic.now->pci, nic.now->mac); }
    NamedBy wayFor(const NextNic &nic) const { return nic.nameNow.isEmpty() ? m_way : wayOf(nic); }

    /// Files that keep a counted name are known only where udev's rules were read; otherwise the order tells
    /// a name only where it agrees with the one it has.
    QString countedName(const NextNic &nic, const QString &byOrder) const
    {
        return m_guest->system.persistentNames || byOrder == nic.nameNow ? byOrder : QString();
    }

    QList<const NextNic *> inSlotOrder() const
    {
        QList<const NextNic *> nics;
        for (const NextNic &nic : m_start.nics)
            if (nic.next)
                nics.append(&nic);
        if (std::any_of(nics.begin(), nics.end(), [](const NextNic *nic) { return !nic->next->pci; }))
            return {};
        std::sort(nics.begin(), nics.end(),
                  [](const NextNic *a, const NextNic *b) { return *a->next->pci < *b->next->pci; });
        return nics;
    }

    /// The name that the guest gives a MAC by a rule of its own. Where several NICs bear it, none is known.
    QString ownRule(const Nic &nic) const
    {
        if (!m_guest || !nic.mac || m_start.withMac(*nic.mac).size() != 1)
            return {};
        for (const PersistentName &rule : m_guest->system.persistentNames.value_or(QList<PersistentName>()))
            if (rule.mac == *nic.mac)
                return rule.name;
        const QString name = boundName(nic.mac, ConfigFormat::Netplan);
        return name.isEmpty() && m_initscriptsRename ? boundName(nic.mac, ConfigFormat::Ifcfg) : name;
    }

    QString boundName(const std::optional<MacAddress> &mac, ConfigFormat format) const
    {
        for (const InterfaceConfig &config : m_guest->configs)
            if (config.format == format && mac && config.hwaddr && config.hwaddr->value == *mac)
                return config.device;
        return {};
    }

    const std::optional<Guest> &m_guest;
    NextStart &m_start;
    NamedBy m_way = NamedBy::Unknown; ///< how all its interfaces are named, where they are named alike
    bool m_initscriptsRename = false; ///< an ifcfg file's HWADDR decides the name, as a name of now shows
};

} // namespace

const NextNic *NextStart::withName(const QString &name) const
{
    for (const NextNic &nic : nics)
        if (nic.next && nic.nameNext == name)
            return &nic;
    return nullptr;
}

const NextNic *NextStart::nowNamed(const QString &name) const
{
    for (const NextNic &nic : nics)
        if (nic.now && nic.nameNow == name)
            return &nic;
    return nullptr;
}

QList<const NextNic *> NextStart::withMac(MacAddress mac) const
{
    QList<const NextNic *> found;
    for (const NextNic &nic : nics)
        if (nic.next && nic.next->mac == mac)
            found.append(&nic);
    return found;
}

NextStart nextStartOf(const VmView &vm)
{
    const Domain &domain = *vm.domain;
    NextStart start;
    start.isKnown = domain.live && domain.inactive && !domain.live->partial && !domain.inactive->partial;
    if (!start.isKnown)
        return start;
    start.nics = followed(vm);
    start.sameDevices = std::all_of(start.nics.begin(), start.nics.end(),
                                    [](const NextNic &nic) { return nic.isSameDevice(); });
    if (domain.guest)
        Namer(vm, start).name();
    start.namesKnown = std::all_of(start.nics.begin(), start.nics.end(),
                                   [](const NextNic &nic) { return !nic.next || !nic.nameNext.isEmpty(); });
    return start;
}

} // namespace tropo
