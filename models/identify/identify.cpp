#include "models/identify/identify.h"

#include "models/address/near_miss.h"
#include "models/fleet/fleet_index.h"
#include "models/fleet/subject.h"
#include "models/text/plain_text.h"

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

QString hypervisorOf(const Policy &policy, MacAddress mac)
{
    for (const HypervisorPolicy &hypervisor : policy.hypervisors)
        if (hypervisor.macs && hypervisor.macs->contains(mac))
            return hypervisor.name;
    return {};
}

QString hypervisorOf(const Policy &policy, Ipv4 address)
{
    for (const HypervisorPolicy &hypervisor : policy.hypervisors)
        if (hypervisor.subnet && hypervisor.subnet->contains(address))
            return hypervisor.name;
    return {};
}

QString slipOf(const Policy &policy, MacAddress mac)
{
    QList<MacAddress> floats;
    for (const FloatPolicy &floating : policy.floats)
        floats.append(floating.mac);
    if (const auto meant = nearestSlip(floats, mac))
        return QStringLiteral(" It is %1's %2 %3.")
            .arg(policy.floatWith(meant->meant)->name, meant->meant.toString(), meant->how);
    return {};
}

void explainMac(Identification &found, MacAddress mac, const FleetIndex &index, const Policy &policy)
{
    take(found, index.byMac(mac));
    found.belongsTo = hypervisorOf(policy, mac);
    if (const FloatPolicy *floating = policy.floatWith(mac)) {
        found.matches.prepend(
            {subject::floating(floating->name),
             QStringLiteral("the MAC of %1, which is %2").arg(floating->name, floating->address.toString()),
             floating->source});
        found.explanation = QStringLiteral("%1 is %2's MAC; its address is %3.")
                                .arg(mac.toString(), floating->name, floating->address.toString());
    } else if (!found.belongsTo.isEmpty()) {
        found.explanation =
            QStringLiteral("%1 is in %2's range %3.")
                .arg(mac.toString(), found.belongsTo, policy.hypervisor(found.belongsTo)->macs->toString());
    } else {
        found.explanation =
            QStringLiteral("%1 is in no hypervisor's range and no float's.").arg(mac.toString()) +
            slipOf(policy, mac);
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

void explainTap(Identification &found, MacAddress tap, const FleetIndex &index, const Policy &policy)
{
    const MacAddress nic = nicBehind(tap, index);
    const QList<Place> taps = index.byMac(tap);
    explainMac(found, nic, index, policy);
    take(found, taps);
    found.kind = QStringLiteral("tap-mac");
    found.explanation = QStringLiteral("%1 is the MAC of a tap on a hypervisor; its NIC has %2. ")
                            .arg(tap.toString(), nic.toString()) +
                        found.explanation;
}

/// An answer without a match must not look like one that was forgotten.
void sayThatNothingHasIt(Identification &found)
{
    if (found.matches.isEmpty())
        found.explanation += QLatin1String(" Nothing that was read has it.");
}

void explainAddress(Identification &found, Ipv4 address, const FleetIndex &index, const Policy &policy)
{
    take(found, index.byAddress(address));
    found.belongsTo = hypervisorOf(policy, address);
    if (const FloatPolicy *floating = policy.floatWith(address)) {
        found.matches.prepend({subject::floating(floating->name),
                               QStringLiteral("the address of %1, whose MAC is %2")
                                   .arg(floating->name, floating->mac.toString()),
                               floating->source});
        found.explanation = QStringLiteral("%1 is %2's address; its MAC is %3.")
                                .arg(address.toString(), floating->name, floating->mac.toString());
    } else if (!found.belongsTo.isEmpty()) {
        found.explanation = QStringLiteral("%1 is in %2's subnet %3.")
                                .arg(address.toString(), found.belongsTo,
                                     policy.hypervisor(found.belongsTo)->subnet->toString());
    } else if (policy.floatSubnet && policy.floatSubnet->contains(address)) {
        found.explanation = QStringLiteral("%1 is in the floats' subnet %2, but no float's.")
                                .arg(address.toString(), policy.floatSubnet->toString());
    } else {
        found.explanation =
            QStringLiteral("%1 is in no hypervisor's subnet and no float's.").arg(address.toString());
    }
}

void explainAddress6(Identification &found, const Ipv6 &address, const FleetIndex &index,
                     const Policy &policy)
{
    const QList<Place> places = index.byAddress6(address);
    const auto mac = address.embeddedMac();
    if (!mac) {
        take(found, places);
        found.explanation = QStringLiteral("%1 was not made of a MAC, so it tells no more than who has it.")
                                .arg(address.toString());
        return;
    }
    if (mac->octet(0) == tapOctet)
        explainTap(found, *mac, index, policy);
    else
        explainMac(found, *mac, index, policy);
    take(found, places);
    found.kind = QStringLiteral("ipv6");
    found.explanation =
        QStringLiteral("%1 was made of the MAC %2. ").arg(address.toString(), mac->toString()) +
        found.explanation;
}

void explainName(Identification &found, const QString &text, const FleetIndex &index, const Policy &policy)
{
    take(found, index.byName(text));
    for (const FloatPolicy &floating : policy.floats)
        if (floating.name.compare(text, Qt::CaseInsensitive) == 0)
            found.matches.prepend(
                {subject::floating(floating.name),
                 QStringLiteral("%1 with MAC %2").arg(floating.address.toString(), floating.mac.toString()),
                 floating.source});
    for (const IdentifyMatch &match : found.matches) {
        const QString host = match.subject.section(u'/', 0, 0);
        if (policy.hypervisor(host) && (found.belongsTo.isEmpty() || found.belongsTo == host))
            found.belongsTo = host;
        else if (policy.hypervisor(host)) {
            found.belongsTo.clear(); // several hypervisors have it
            break;
        }
    }
    const QString shown = visibleText(text);
    found.explanation = found.matches.isEmpty()
                            ? QStringLiteral("Nothing that was read is called \"%1\".").arg(shown)
                            : QStringLiteral("\"%1\" is known in %2 places.")
                                  .arg(shown, QString::number(found.matches.size()));
    if (found.matches.size() == 1)
        found.explanation = QStringLiteral("\"%1\" is %2.").arg(shown, found.matches.front().why);
}

} // namespace

Identification identify(const QString &given, const Fleet &fleet, const Policy &policy)
{
    const QString text = given.trimmed().left(500);
    Identification found{text, QStringLiteral("nothing"), {}, {}, {}};
    if (text.isEmpty()) {
        found.explanation = QStringLiteral("Give a MAC, an address or a name.");
        return found;
    }
    const FleetIndex index(fleet);
    const QString bare = text.section(u'%', 0, 0).section(u'/', 0, 0);
    if (const auto mac = MacAddress::fromString(text)) {
        found.kind = QStringLiteral("mac");
        if (mac->octet(0) == tapOctet)
            explainTap(found, *mac, index, policy);
        else
            explainMac(found, *mac, index, policy);
    } else if (const auto address = Ipv4::fromString(bare)) {
        found.kind = QStringLiteral("ipv4");
        explainAddress(found, *address, index, policy);
    } else if (const auto address6 = Ipv6::fromString(bare)) {
        found.kind = QStringLiteral("ipv6");
        explainAddress6(found, *address6, index, policy);
    } else {
        found.kind = QStringLiteral("name");
        explainName(found, text, index, policy);
        return found;
    }
    sayThatNothingHasIt(found);
    return found;
}

} // namespace tropo
