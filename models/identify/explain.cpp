#include "models/fleet/subject.h"
#include "models/identify/known.h"
#include "models/text/plain_text.h"

#include <QSet>

namespace tropo {

namespace {

constexpr int tapOctet = 0xfe; ///< libvirt's taps bear their NIC's MAC with this first octet

void take(Identification &found, const QList<Place> &places)
{
    for (const Place &place : places) {
        const IdentifyMatch match{place.subject, place.why, place.source};
        if (!found.matches.contains(match))
            found.matches.append(match);
    }
}

/// An answer without a match must not look like one that was forgotten. Then what was meant matters.
template <typename Value>
void sayThatNothingHasIt(Identification &found, const Value &value, const Known &known)
{
    if (!found.matches.isEmpty())
        return;
    found.nearest = nearValues(value, known);
    for (const NearValue &near : found.nearest)
        found.explanation += near.whose.endsWith(QLatin1String("'s"))
                                 ? QStringLiteral(" It is %1 %2 %3.").arg(near.whose, near.value, near.how)
                                 : QStringLiteral(" It is %1 %2; %3.").arg(near.value, near.how, near.whose);
    found.explanation += QLatin1String(" Nothing that was read has it.");
}

/// The other half by the convention that a reservation's last octets are one.
QString byConvention(const Known &known, const QString &hypervisor, std::optional<MacAddress> mac,
                     std::optional<Ipv4> address)
{
    const HypervisorPolicy *policy = known.policy.hypervisor(hypervisor);
    if (!known.policy.reservationOctet || !policy->macs || policy->macs->prefix > 40 || !policy->subnet ||
        policy->subnet->prefix > 24)
        return {};
    const int octet = mac ? mac->octet(5) : address->lastOctet();
    if (octet == 0 || octet == 255)
        return {};
    const QString other =
        mac ? Ipv4(policy->subnet->base.bits() + static_cast<std::uint32_t>(octet)).toString()
            : MacAddress(policy->macs->base.bits() + static_cast<std::uint64_t>(octet)).toString();
    return QStringLiteral(" By the fleet's convention it goes with %1.").arg(other);
}

void explainPlainMac(Identification &found, MacAddress mac, const Known &known)
{
    found.kind = QStringLiteral("mac");
    take(found, known.index.byMac(mac));
    found.belongsTo = known.hypervisorOf(mac);
    if (const FloatPolicy *floating = known.policy.floatWith(mac)) {
        found.matches.prepend(
            {subject::floating(floating->name),
             QStringLiteral("the MAC of %1, which is %2").arg(floating->name, floating->address.toString()),
             floating->source});
        found.explanation = QStringLiteral("%1 is %2's MAC; its address is %3.")
                                .arg(mac.toString(), floating->name, floating->address.toString());
    } else if (!found.belongsTo.isEmpty()) {
        found.explanation = QStringLiteral("%1 is in %2's range %3.")
                                .arg(mac.toString(), found.belongsTo,
                                     known.policy.hypervisor(found.belongsTo)->macs->toString()) +
                            byConvention(known, found.belongsTo, mac, {});
    } else if (const auto owner = known.ownerOf(mac)) {
        found.belongsTo = owner->first;
        found.explanation =
            QStringLiteral("%1 is %2's own: %3.").arg(mac.toString(), owner->first, owner->second);
    } else {
        found.explanation =
            QStringLiteral("%1 is in no hypervisor's range and no float's.").arg(mac.toString());
    }
}

/// A tap's MAC tells its NIC's: libvirt keeps the last five octets. The first one is what the fleet has, else
/// 52, of QEMU's own range.
MacAddress nicBehind(MacAddress tap, const FleetIndex &index)
{
    const MacAddress usual = tap.withFirstOctet(0x52);
    QList<MacAddress> known = index.sameButFirstOctet(tap);
    known.removeAll(tap);
    return known.isEmpty() || known.contains(usual) ? usual : known.front();
}

void explainTap(Identification &found, MacAddress tap, const Known &known)
{
    const MacAddress nic = nicBehind(tap, known.index);
    const QList<Place> taps = known.index.byMac(tap);
    explainPlainMac(found, nic, known);
    take(found, taps);
    found.kind = QStringLiteral("tap-mac");
    found.explanation = QStringLiteral("%1 is the MAC of a tap on a hypervisor; its NIC has %2. ")
                            .arg(tap.toString(), nic.toString()) +
                        found.explanation;
}

/// Explained by tap or NIC, without saying yet what nothing has.
void explainAnyMac(Identification &found, MacAddress mac, const Known &known)
{
    if (mac.octet(0) == tapOctet)
        explainTap(found, mac, known);
    else
        explainPlainMac(found, mac, known);
}

/// What an address is in its subnet by itself, whoever has it.
QString roleOf(Ipv4 address, const Known &known)
{
    if (address == known.policy.floatGateway)
        return QStringLiteral("the floats' gateway");
    const auto in = [address](const Subnet &subnet, const QString &whose) -> QString {
        if (subnet.prefix < 31 && address == subnet.base)
            return QStringLiteral("%1 subnet %2 itself").arg(whose, subnet.toString());
        if (subnet.prefix < 31 && address == subnet.broadcast())
            return QStringLiteral("the broadcast address of %1 subnet %2").arg(whose, subnet.toString());
        return {};
    };
    for (const HypervisorPolicy &hypervisor : known.policy.hypervisors)
        if (const QString role =
                hypervisor.subnet ? in(*hypervisor.subnet, hypervisor.name + QLatin1String("'s")) : QString();
            !role.isEmpty())
            return role;
    return known.policy.floatSubnet ? in(*known.policy.floatSubnet, QStringLiteral("the floats'"))
                                    : QString();
}

} // namespace

void explainMac(Identification &found, MacAddress mac, const Known &known)
{
    explainAnyMac(found, mac, known);
    sayThatNothingHasIt(found, mac, known);
}

void explainAddress(Identification &found, Ipv4 address, const Known &known)
{
    found.kind = QStringLiteral("ipv4");
    take(found, known.index.byAddress(address));
    found.belongsTo = known.hypervisorOf(address);
    const QString text = address.toString();
    if (const FloatPolicy *floating = known.policy.floatWith(address)) {
        found.matches.prepend({subject::floating(floating->name),
                               QStringLiteral("the address of %1, whose MAC is %2")
                                   .arg(floating->name, floating->mac.toString()),
                               floating->source});
        found.explanation = QStringLiteral("%1 is %2's address; its MAC is %3.")
                                .arg(text, floating->name, floating->mac.toString());
        return;
    }
    if (const QString role = roleOf(address, known); !role.isEmpty()) {
        found.explanation = QStringLiteral("%1 is %2.").arg(text, role);
        return;
    }
    if (const auto owner = found.belongsTo.isEmpty() ? known.ownerOf(address) : std::nullopt) {
        found.belongsTo = owner->first;
        found.explanation = QStringLiteral("%1 is %2's own, on %3.").arg(text, owner->first, owner->second);
        return;
    }
    if (!found.belongsTo.isEmpty())
        found.explanation =
            QStringLiteral("%1 is in %2's subnet %3.")
                .arg(text, found.belongsTo, known.policy.hypervisor(found.belongsTo)->subnet->toString()) +
            byConvention(known, found.belongsTo, {}, address);
    else if (known.policy.floatSubnet && known.policy.floatSubnet->contains(address))
        found.explanation = QStringLiteral("%1 is in the floats' subnet %2, but no float's.")
                                .arg(text, known.policy.floatSubnet->toString());
    else
        found.explanation = QStringLiteral("%1 is in no hypervisor's subnet and no float's.").arg(text);
    sayThatNothingHasIt(found, address, known);
}

void explainAddress6(Identification &found, const Ipv6 &address, const Known &known)
{
    const QList<Place> places = known.index.byAddress6(address);
    const auto mac = address.embeddedMac();
    if (!mac) {
        found.kind = QStringLiteral("ipv6");
        take(found, places);
        found.explanation = QStringLiteral("%1 was not made of a MAC, so it tells no more than who has it.")
                                .arg(address.toString());
        if (found.matches.isEmpty())
            found.explanation += QLatin1String(" Nothing that was read has it.");
        return;
    }
    explainAnyMac(found, *mac, known);
    take(found, places);
    found.kind = QStringLiteral("ipv6");
    found.explanation =
        QStringLiteral("%1 was made of the MAC %2. ").arg(address.toString(), mac->toString()) +
        found.explanation;
    sayThatNothingHasIt(found, *mac, known);
}

namespace {

/// The one hypervisor that all matches are on; empty where there are several.
QString commonHypervisor(const QList<IdentifyMatch> &matches, const Policy &policy)
{
    QSet<QString> hosts;
    for (const IdentifyMatch &match : matches)
        if (const QString host = match.subject.section(u'/', 0, 0); policy.hypervisor(host))
            hosts.insert(host);
    return hosts.size() == 1 ? *hosts.begin() : QString();
}

} // namespace

void explainName(Identification &found, const QString &text, const Known &known)
{
    found.kind = QStringLiteral("name");
    take(found, known.index.byName(text));
    for (const FloatPolicy &floating : known.policy.floats)
        if (floating.name.compare(text, Qt::CaseInsensitive) == 0)
            found.matches.prepend(
                {subject::floating(floating.name),
                 QStringLiteral("%1 with MAC %2").arg(floating.address.toString(), floating.mac.toString()),
                 floating.source});
    found.belongsTo = commonHypervisor(found.matches, known.policy);
    const QString shown = visibleText(text, 300);
    if (found.matches.isEmpty()) {
        found.explanation = QStringLiteral("Nothing that was read is called \"%1\".").arg(shown);
        found.nearest = nearValues(text, known);
        QStringList near;
        for (const NearValue &value : found.nearest)
            near.append(visibleText(value.value, 100));
        if (!near.isEmpty())
            found.explanation += QStringLiteral(" Near it: %1.").arg(near.join(QLatin1String(", ")));
        return;
    }
    found.explanation = found.matches.size() == 1
                            ? QStringLiteral("\"%1\" is %2.").arg(shown, found.matches.front().why)
                            : QStringLiteral("\"%1\" is known in %2 places.")
                                  .arg(shown, QString::number(found.matches.size()));
    for (const HypervisorPolicy &hypervisor : known.policy.hypervisors)
        if (hypervisor.name.compare(text, Qt::CaseInsensitive) == 0)
            found.nextFree = nextFreeOf(hypervisor, known);
}

} // namespace tropo
