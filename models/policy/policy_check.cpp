#include "models/policy/policy_check.h"

#include <QHash>

namespace tropo {

namespace {

/// `key` gives what must be unique, as it is written; an empty text is not compared.
template <typename T, typename Key>
void reportTwice(const QList<T> &list, const QString &what, Key key, QList<TomlProblem> &problems)
{
    QHash<QString, int> lines;
    for (const T &item : list) {
        const QString text = key(item);
        if (text.isEmpty())
            continue;
        if (const auto found = lines.constFind(text); found != lines.constEnd()) {
            problems.append({item.source.first, 1,
                             QStringLiteral("%1 %2 stands in line %3 already; give each its own")
                                 .arg(what, text)
                                 .arg(*found)});
        } else {
            lines.insert(text, item.source.first);
        }
    }
}

void reportOverlaps(const QList<HypervisorPolicy> &hypervisors, QList<TomlProblem> &problems)
{
    const auto report = [&problems](const HypervisorPolicy &later, const QString &range,
                                    const HypervisorPolicy &earlier) {
        problems.append(
            {later.source.first, 1,
             QStringLiteral("%1 of %2 overlaps that of %3 in line %4; give each hypervisor its own range")
                 .arg(range, later.name, earlier.name)
                 .arg(earlier.source.first)});
    };
    for (qsizetype later = 1; later < hypervisors.size(); ++later) {
        for (qsizetype earlier = 0; earlier < later; ++earlier) {
            const HypervisorPolicy &a = hypervisors[earlier];
            const HypervisorPolicy &b = hypervisors[later];
            if (a.macs && b.macs && a.macs->overlaps(*b.macs))
                report(b, b.macs->toString(), a);
            if (a.subnet && b.subnet && a.subnet->overlaps(*b.subnet))
                report(b, b.subnet->toString(), a);
        }
    }
}

void reportStrayFloats(const Policy &policy, QList<TomlProblem> &problems)
{
    for (const FloatPolicy &one : policy.floats) {
        if (policy.floatSubnet && !policy.floatSubnet->contains(one.address))
            problems.append({one.source.first, 1,
                             QStringLiteral("%1 has %2, which is outside the floats' subnet %3")
                                 .arg(one.name, one.address.toString(), policy.floatSubnet->toString())});
        for (const HypervisorPolicy &hypervisor : policy.hypervisors)
            if (hypervisor.macs && hypervisor.macs->contains(one.mac))
                problems.append(
                    {one.source.first, 1,
                     QStringLiteral(
                         "%1 has %2, which is in %3's range %4; a float's MAC belongs to no hypervisor")
                         .arg(one.name, one.mac.toString(), hypervisor.name, hypervisor.macs->toString())});
    }
}

} // namespace

QList<TomlProblem> contradictionsIn(const Policy &policy)
{
    QList<TomlProblem> problems;
    reportTwice(
        policy.hypervisors, QStringLiteral("hypervisor"), [](const auto &h) { return h.name; }, problems);
    reportTwice(
        policy.guests, QStringLiteral("guest"), [](const auto &g) { return g.name; }, problems);
    reportTwice(
        policy.floats, QStringLiteral("float"), [](const auto &f) { return f.name; }, problems);
    reportTwice(
        policy.floats, QStringLiteral("the floats' address"),
        [](const auto &f) { return f.address.toString(); }, problems);
    reportTwice(
        policy.floats, QStringLiteral("the floats' MAC"), [](const auto &f) { return f.mac.toString(); },
        problems);
    reportTwice(
        policy.accepted, QStringLiteral("accepted finding"),
        [](const auto &a) { return QString(a.rule + QLatin1Char(':') + a.subject); }, problems);
    reportOverlaps(policy.hypervisors, problems);
    reportStrayFloats(policy, problems);
    return problems;
}

} // namespace tropo
