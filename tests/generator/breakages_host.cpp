#include "tests/generator/breakage.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

QString bridgeOf(const WorldHypervisor &host, const QString &bridge)
{
    return QString(host.name + u"/bridge/"_s + bridge);
}

WorldLink *uplink(WorldHypervisor &host, const QString &bridge)
{
    for (WorldLink &link : host.links)
        if (link.master == bridge && link.kind.isEmpty())
            return &link;
    return nullptr;
}

bool portTakenOut(Breaker &b, bool gone)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    const QString bridge = b.dice.chance(50) ? u"br0"_s : privateBridge;
    WorldLink *port = uplink(*host, bridge);
    const QString name = port->name;
    port->master.clear();
    if (gone)
        host->links.removeIf([&](const WorldLink &one) { return one.name == name; });
    b.expect(u"bridge-port-missing"_s, bridgeOf(*host, bridge));
    return true;
}

bool otherMac(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    const QString bridge = b.dice.chance(50) ? u"br0"_s : privateBridge;
    // What an old kernel takes: the lowest of its ports' MACs; or one that somebody set.
    host->link(bridge)->mac = MacAddress(0x0200'0000'0000ULL + static_cast<quint64>(b.dice.below(0xffffff)));
    b.expect(u"bridge-mac-mismatch"_s, bridgeOf(*host, bridge));
    return true;
}

bool cablePulled(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    const QString bridge = b.dice.chance(50) ? u"br0"_s : privateBridge;
    uplink(*host, bridge)->carrier = false;
    b.expect(u"bridge-port-down"_s, bridgeOf(*host, bridge));
    return true;
}

void expectDrift(Breaker &b, const WorldHypervisor &host, const QString &bridge)
{
    b.expectOneOf(u"interfaces-drift"_s, {bridgeOf(host, bridge), host.name + u"/if/"_s + bridge, host.name});
}

bool addressByHand(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    host->link(privateBridge)->addresses[0].address =
        b.world.privateAddress(b.world.privatePrefix == 24 ? 5 : 1900);
    expectDrift(b, *host, privateBridge);
    return true;
}

bool maskByHand(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    host->link(privateBridge)->addresses[0].prefix = 17;
    expectDrift(b, *host, privateBridge);
    return true;
}

bool gatewayByHand(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    host->gateway = Ipv4(b.world.publicGateway.bits() - 1);
    expectDrift(b, *host, u"br0"_s);
    return true;
}

bool otherPortDeclared(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    host->declaredFile(privateBridge)->bridgePorts = {u"eth7"_s};
    expectDrift(b, *host, privateBridge);
    return true;
}

bool unreachable(Breaker &b, const QString &source, const QStringList &missing)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    b.world.errors.append({host->name, source, u"no answer within 10 s"_s});
    host->missing = missing;
    b.expect(u"source-unreachable"_s, host->name);
    return true;
}

bool guestUnreachable(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    b.world.errors.append(
        {place->host->name, u"guest "_s + place->vm->name, u"connection refused on port 22"_s});
    place->host->missing.append(u"guests/"_s + place->vm->name);
    b.expect(u"source-unreachable"_s, place->subject());
    return true;
}

bool documentUnreadable(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    const QString document = u"guests/%1/%2"_s.arg(
        place->vm->name,
        b.dice.of(QStringList{u"docker/ps.json"_s, u"guest/ip-addr.json"_s, u"interface-pci.txt"_s}));
    b.world.errors.append({place->host->name, document, u"exit status 124 (20 s)"_s});
    place->host->missing.append(document);
    b.expect(u"source-unreachable"_s, place->subject());
    return true;
}

bool hostClock(Breaker &b)
{
    // Of two machines the median could not tell which one is wrong.
    WorldHypervisor *host = b.world.hypervisors.size() > 2 ? b.host() : nullptr;
    if (!host)
        return false;
    host->clockAhead = b.dice.between(90, 5000) * (b.dice.chance(50) ? 1 : -1);
    b.expect(u"clock-skew"_s, host->name);
    return true;
}

bool guestClock(Breaker &b)
{
    auto place = b.guest();
    if (!place)
        return false;
    place->vm->guest->clockAhead = b.dice.between(90, 5000) * (b.dice.chance(50) ? 1 : -1);
    b.expect(u"clock-skew"_s, place->subject());
    return true;
}

bool otherVersion(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    if (b.dice.chance(50))
        host->libvirt = u"8.0.0"_s;
    else
        host->qemu = u"6.2.0"_s;
    b.expect(u"fleet-version-skew"_s, u"fleet"_s);
    return true;
}

bool imageForgotten(Breaker &b)
{
    WorldHypervisor *host = b.host();
    if (!host)
        return false;
    host->volumes.append({u"/var/lib/libvirt/images/Siamond.qcow2"_s, u"qcow2"_s, {}});
    b.expect(u"disk-unused"_s, host->name);
    return true;
}

} // namespace

QList<Breakage> hostBreakages()
{
    return {
        {"source-unreachable", "libvirt does not answer",
         [](Breaker &b) {
             return unreachable(b, u"libvirt"_s, {u"libvirt"_s, u"guests"_s});
         }},
        {"source-unreachable", "no ssh to the hypervisor",
         [](Breaker &b) {
             return unreachable(b, u"host"_s, {u"host"_s, u"declared"_s, u"guests"_s});
         }},
        {"source-unreachable", "one document failed",
         [](Breaker &b) {
             return unreachable(b, u"libvirt/networks/default.xml"_s, {u"libvirt/networks/default.xml"_s});
         }},
        {"source-unreachable", "no ssh to a guest", &guestUnreachable},
        {"source-unreachable", "one document of a guest failed", &documentUnreadable},
        {"bridge-port-missing", "its port taken out", [](Breaker &b) { return portTakenOut(b, false); }},
        {"bridge-port-missing", "its card gone", [](Breaker &b) { return portTakenOut(b, true); }},
        {"bridge-mac-mismatch", "another MAC", &otherMac},
        {"bridge-port-down", "cable pulled", &cablePulled},
        {"interfaces-drift", "address changed by hand", &addressByHand},
        {"interfaces-drift", "mask changed by hand", &maskByHand},
        {"interfaces-drift", "gateway changed by hand", &gatewayByHand},
        {"interfaces-drift", "another port declared", &otherPortDeclared},
        {"clock-skew", "a hypervisor's clock", &hostClock},
        {"clock-skew", "a guest's clock", &guestClock},
        {"fleet-version-skew", "one hypervisor upgraded", &otherVersion},
        {"disk-unused", "an image that no domain has", &imageForgotten},
    };
}

} // namespace tropo::generator
