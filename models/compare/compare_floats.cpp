#include "models/compare/comparing.h"
#include "models/fleet/subject.h"
#include "models/rules/float_facts.h"

#include <algorithm>

namespace tropo {

namespace {

/// A VM that has something of a float.
struct Holder
{
    QString subject;
    QString name;
    QString how; ///< "its NIC and address"
    QList<Source> sources;
};

QString howText(const FloatFacts &facts)
{
    if (facts.hasNic() && facts.hasAddress())
        return QStringLiteral("NIC and address");
    return facts.hasNic() ? QStringLiteral("a NIC alone") : QStringLiteral("the address alone");
}

QList<Holder> holdersOf(const FloatPolicy &floating, const VmIndex &index)
{
    QList<Holder> holders;
    for (const VmView &vm : index.vms())
        if (const FloatFacts facts = factsOf(floating, vm); facts.claims())
            holders.append({vm.subject, vm.domain->name + QLatin1String(" on ") + vm.hypervisor->name,
                            howText(facts), facts.sources()});
    return holders;
}

QString text(const QList<Holder> &holders)
{
    QStringList parts;
    for (const Holder &holder : holders)
        parts.append(QStringLiteral("%1 (%2)").arg(holder.name, holder.how));
    return parts.isEmpty() ? QStringLiteral("nobody") : parts.join(QLatin1String(" and "));
}

QList<Source> sourcesOf(const QList<Holder> &holders)
{
    QList<Source> all;
    for (const Holder &holder : holders)
        all += holder.sources;
    return all;
}

/// Whether a VM's part in a float could be told at all. A VM that is no longer there has none.
bool couldHold(const QString &subject, const VmIndex &index, const Fleet &fleet)
{
    for (const VmView &vm : index.vms())
        if (vm.subject == subject)
            return vm.nicsKnown() || vm.domain->isOff();
    const Hypervisor *hypervisor = fleet.hypervisor(subject.section(u'/', 0, 0));
    return !hypervisor || hypervisor->domains;
}

class FloatComparer
{
public:
    FloatComparer(const Snapshot &before, const Snapshot &after, ChangeLog &log)
        : m_before(before), m_after(after), m_earlier(before.fleet), m_later(after.fleet), m_log(log)
    {
    }

    void compare()
    {
        const auto name = [](const FloatPolicy &one) { return one.name; };
        if (m_before.policy.floats.isEmpty() != m_after.policy.floats.isEmpty())
            return m_log.notCompared(QStringLiteral("fleet"),
                                     QStringLiteral("Its floats: only the fleet file of the %1 names any.")
                                         .arg(m_after.policy.floats.isEmpty() ? QStringLiteral("earlier")
                                                                              : QStringLiteral("later")));
        for (const auto &pair : matched(m_before.policy.floats, m_after.policy.floats, name)) {
            const FloatPolicy &any = pair.after ? *pair.after : *pair.before;
            const QString place = subject::floating(any.name);
            if (!pair.before)
                m_log.added(place, "float", QStringLiteral("The float %1").arg(any.name), any.source);
            else if (!pair.after)
                m_log.removed(place, "float", QStringLiteral("The float %1").arg(any.name), any.source);
            else
                compareFloat(*pair.before, *pair.after, place);
        }
    }

private:
    void compareFloat(const FloatPolicy &before, const FloatPolicy &after, const QString &place)
    {
        const auto field = [&](const char *label, const QString &b, const QString &a) {
            m_log.changed(place, "float", QStringLiteral("%1 of %2").arg(QLatin1String(label), after.name), b,
                          a, before.source, after.source);
        };
        field("The address", before.address.toString(), after.address.toString());
        field("The MAC", before.mac.toString(), after.mac.toString());
        compareHolders(before, after, place);
        compareAnswers(before, after, place);
    }

    void compareHolders(const FloatPolicy &before, const FloatPolicy &after, const QString &place)
    {
        const QList<Holder> earlier = holdersOf(before, m_earlier);
        const QList<Holder> later = holdersOf(after, m_later);
        const QString from = text(earlier);
        const QString to = text(later);
        if (from == to)
            return;
        for (const auto &[holders, index, fleet, when] :
             {std::tuple(&earlier, &m_later, &m_after.fleet, QStringLiteral("later")),
              std::tuple(&later, &m_earlier, &m_before.fleet, QStringLiteral("earlier"))})
            for (const Holder &holder : *holders)
                if (!couldHold(holder.subject, *index, *fleet))
                    return m_log.notCompared(place,
                                             QStringLiteral("Who holds it: not all of %1 was read in the %2.")
                                                 .arg(holder.name, when));
        const bool moved = earlier.size() == 1 && later.size() == 1 && earlier[0].subject != later[0].subject;
        m_log.add({place, ChangeKind::Changed, QStringLiteral("float-holder"),
                   moved ? QStringLiteral("%1 moved from %2 to %3.").arg(after.name, from, to)
                         : QStringLiteral("%1 was held by %2 and is held by %3.").arg(after.name, from, to),
                   from, to, sourcesOf(earlier), sourcesOf(later)});
    }

    void compareAnswers(const FloatPolicy &before, const FloatPolicy &after, const QString &place)
    {
        const auto answer = [](const Fleet &fleet, Ipv4 address) -> const Reachability * {
            for (const Reachability &one : fleet.reachability)
                if (one.address == address)
                    return &one;
            return nullptr;
        };
        const Reachability *earlier = answer(m_before.fleet, before.address);
        const Reachability *later = answer(m_after.fleet, after.address);
        if (earlier && later)
            m_log.changed(place, "answers", QStringLiteral("The answering of %1").arg(after.name),
                          yesOrNo(earlier->answered), yesOrNo(later->answered), earlier->source,
                          later->source);
    }

    const Snapshot &m_before;
    const Snapshot &m_after;
    VmIndex m_earlier;
    VmIndex m_later;
    ChangeLog &m_log;
};

} // namespace

void compareFloats(const Snapshot &before, const Snapshot &after, ChangeLog &log)
{
    FloatComparer(before, after, log).compare();
}

} // namespace tropo
