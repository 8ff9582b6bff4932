#include "models/fleet/subject.h"
#include "models/identify/known.h"

namespace tropo {

namespace {

constexpr qsizetype mostMatches = 1000;

/// Lists what has a value of the range, the value in front.
template <typename Address> void take(Identification &found, Address value, const QList<Place> &places)
{
    for (const Place &place : places)
        if (found.matches.size() < mostMatches)
            found.matches.append(
                {place.subject, value.toString() + QLatin1String(": ") + place.why, place.source});
}

template <typename Address> void takeFloat(Identification &found, const FloatPolicy *floating, Address value)
{
    if (floating)
        found.matches.append({subject::floating(floating->name),
                              value.toString() + QLatin1String(": ") + floating->name, floating->source});
}

/// Whose range it is, or is a part of, or which ranges it covers.
template <typename Range>
void sayWhose(Identification &found, const Range &range, std::optional<Range> HypervisorPolicy::*part,
              const char *word, const Known &known)
{
    const QString what = QString::fromLatin1(word);
    QStringList covered;
    for (const HypervisorPolicy &hypervisor : known.policy.hypervisors) {
        const auto &whole = hypervisor.*part;
        if (!whole || !whole->overlaps(range))
            continue;
        if (range.prefix < whole->prefix) {
            covered.append(hypervisor.name);
            continue;
        }
        found.belongsTo = hypervisor.name;
        found.explanation =
            *whole == range ? QStringLiteral("%1 is %2's %3.").arg(range.toString(), hypervisor.name, what)
                            : QStringLiteral("%1 is a part of %2's %3 %4.")
                                  .arg(range.toString(), hypervisor.name, what, whole->toString());
        return;
    }
    found.explanation = covered.isEmpty()
                            ? QStringLiteral("%1 is no hypervisor's %2.").arg(range.toString(), what)
                            : QStringLiteral("%1 covers the %2s of %3.")
                                  .arg(range.toString(), what, covered.join(QLatin1String(", ")));
}

void sayHowMany(Identification &found, qsizetype count, const char *one, const char *many)
{
    found.explanation +=
        count == 0 ? QStringLiteral(" Nothing that was read has any of it.")
        : count == 1
            ? QStringLiteral(" One %1 of it is known.").arg(QLatin1String(one))
            : QStringLiteral(" %1 %2 of it are known.").arg(QString::number(count), QLatin1String(many));
}

} // namespace

void explainMacRange(Identification &found, const MacRange &range, const Known &known)
{
    found.kind = QStringLiteral("mac-range");
    sayWhose(found, range, &HypervisorPolicy::macs, "range", known);
    qsizetype values = 0;
    for (const FloatPolicy &floating : known.policy.floats)
        if (range.contains(floating.mac))
            takeFloat(found, &floating, floating.mac);
    for (const MacAddress mac : known.index.macs())
        if (range.contains(mac)) {
            ++values;
            take(found, mac, known.index.byMac(mac));
        }
    sayHowMany(found, values, "MAC", "MACs");
    if (const HypervisorPolicy *hypervisor = known.policy.hypervisor(found.belongsTo))
        found.nextFree = nextFreeOf(*hypervisor, known);
}

void explainSubnet(Identification &found, const Subnet &subnet, const Known &known)
{
    found.kind = QStringLiteral("subnet");
    sayWhose(found, subnet, &HypervisorPolicy::subnet, "subnet", known);
    const bool isFloats = known.policy.floatSubnet && known.policy.floatSubnet->overlaps(subnet);
    if (isFloats && found.belongsTo.isEmpty())
        found.explanation =
            QStringLiteral("%1 is the floats' subnet%2. Others use it too, so which of its "
                           "addresses is free cannot be told from this fleet.")
                .arg(subnet.toString(),
                     *known.policy.floatSubnet == subnet
                         ? QString()
                         : QStringLiteral(" %1 or a part of it").arg(known.policy.floatSubnet->toString()));
    qsizetype values = 0;
    for (const FloatPolicy &floating : known.policy.floats)
        if (subnet.contains(floating.address))
            takeFloat(found, &floating, floating.address);
    for (const Ipv4 address : known.index.addresses())
        if (subnet.contains(address)) {
            ++values;
            take(found, address, known.index.byAddress(address));
        }
    sayHowMany(found, values, "address", "addresses");
    if (const HypervisorPolicy *hypervisor = known.policy.hypervisor(found.belongsTo))
        found.nextFree = nextFreeOf(*hypervisor, known);
}

} // namespace tropo
