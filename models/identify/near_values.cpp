#include "models/address/near_miss.h"
#include "models/identify/known.h"
#include "models/text/near_names.h"

#include <QRegularExpression>

namespace tropo {

namespace {

template <typename Address> QString whose(Address value, const QList<Place> &places, const Policy &policy)
{
    if (const FloatPolicy *floating = policy.floatWith(value))
        return floating->name + QLatin1String("'s");
    return places.isEmpty() ? QString() : places.front().why;
}

template <typename Near>
QList<NearValue> valuesOf(const std::optional<Near> &near, bool inRange, const QString &whose)
{
    if (!near || (inRange && !near->isSwap))
        return {};
    return {{near->meant.toString(), whose, near->how}};
}

} // namespace

QList<NearValue> nearValues(MacAddress mac, const Known &known)
{
    QList<MacAddress> candidates = known.index.macs();
    for (const FloatPolicy &floating : known.policy.floats)
        candidates.append(floating.mac);
    const auto near = nearestSlip(candidates, mac);
    return valuesOf(near, !known.hypervisorOf(mac).isEmpty(),
                    near ? whose(near->meant, known.index.byMac(near->meant), known.policy) : QString());
}

QList<NearValue> nearValues(Ipv4 address, const Known &known)
{
    QList<Ipv4> candidates = known.index.addresses();
    for (const FloatPolicy &floating : known.policy.floats)
        candidates.append(floating.address);
    const bool inRange = !known.hypervisorOf(address).isEmpty() ||
                         (known.policy.floatSubnet && known.policy.floatSubnet->contains(address));
    const auto near = nearestSlip(candidates, address);
    return valuesOf(near, inRange,
                    near ? whose(near->meant, known.index.byAddress(near->meant), known.policy) : QString());
}

QList<NearValue> nearValues(const QString &text, const Known &known)
{
    QList<NearValue> found;
    static const QRegularExpression addressLike(QStringLiteral("^[0-9A-Fa-f]+([:.][0-9A-Fa-f]*){3,}$"));
    if (!addressLike.match(text).hasMatch()) {
        QStringList names = known.index.names();
        for (const FloatPolicy &floating : known.policy.floats)
            names.append(floating.name);
        for (const QString &name : nearNames(text, names))
            found.append({name, {}, QStringLiteral("as a name")});
        return found;
    }
    // A MAC or address with a digit left out or too many does not parse.
    QStringList values;
    for (const FloatPolicy &floating : known.policy.floats)
        values << floating.mac.toString() << floating.address.toString();
    for (const MacAddress mac : known.index.macs())
        values.append(mac.toString());
    for (const Ipv4 address : known.index.addresses())
        values.append(address.toString());
    constexpr qsizetype most = 3;
    for (const QString &value : values)
        if (found.size() < most && slips(text, value, 1) == 1) {
            const NearValue near{value, {}, QStringLiteral("with one slip")};
            if (!found.contains(near))
                found.append(near);
        }
    return found;
}

} // namespace tropo
