#include "tests/generator/render.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

QString joined(const QStringList &objects)
{
    return u"[%1]\n"_s.arg(objects.join(u','));
}

QString learned(MacAddress mac, const QString &port, const QString &bridge)
{
    return u"{\"mac\":\"%1\",\"ifname\":\"%2\",\"flags\":[],\"master\":\"%3\",\"state\":\"\"}"_s.arg(
        mac.toString(), port, bridge);
}

QString permanent(MacAddress mac, const QString &port, const QString &bridge)
{
    return u"{\"mac\":\"%1\",\"ifname\":\"%2\",\"flags\":[],\"master\":\"%3\",\"state\":\"permanent\"}"_s.arg(
        mac.toString(), port, bridge);
}

/// The physical port of a bridge; empty where it has none.
QString uplinkOf(const QList<WorldLink> &links, const QString &bridge)
{
    for (const WorldLink &link : links)
        if (link.master == bridge && link.kind != u"tun")
            return link.name;
    return {};
}

} // namespace

QList<WorldLink> linksOf(const WorldHypervisor &host)
{
    WorldLink lo;
    lo.name = u"lo"_s;
    lo.addresses = {{Ipv4(0x7f00'0001U), 8}};
    QList<WorldLink> links{lo};
    links += host.links;
    for (const WorldVm &vm : host.vms) {
        if (!vm.running)
            continue;
        for (const WorldNic &nic : vm.live) {
            if (nic.tap.isEmpty())
                continue;
            WorldLink tap;
            tap.name = nic.tap;
            tap.mac = nic.tapMac.value_or(nic.mac.withFirstOctet(0xfe));
            tap.kind = u"tun"_s;
            tap.master = host.bridgeOf(nic);
            // A bridge that is not there has no ports.
            bool there = false;
            for (const WorldLink &link : host.links)
                there = there || link.name == tap.master;
            if (!there)
                tap.master.clear();
            tap.masterKind = u"bridge"_s;
            links.append(tap);
        }
    }
    return links;
}

QString fdbJson(const World &world, const WorldHypervisor &host)
{
    const QList<WorldLink> links = linksOf(host);
    QStringList all;
    for (const WorldLink &link : links) {
        if (link.kind == u"bridge" && link.mac)
            all << permanent(*link.mac, link.name, link.name);
        if (link.kind == u"tun" && !link.master.isEmpty())
            all << permanent(*link.mac, link.name, link.master);
    }
    for (const WorldVm &vm : host.vms)
        for (const WorldNic &nic : vm.live)
            if (vm.running && !nic.tap.isEmpty() && !host.bridgeOf(nic).isEmpty())
                all << learned(nic.mac, nic.tap, host.bridgeOf(nic));
    // What stands on the physical segments elsewhere.
    for (const WorldHypervisor &other : world.hypervisors) {
        for (const QString &bridge : {u"br0"_s, privateBridge}) {
            const QString uplink = uplinkOf(links, bridge);
            if (other.name == host.name || uplink.isEmpty() || world.hypervisors.size() > 10)
                continue;
            for (const WorldLink &link : other.links)
                if (link.name == bridge && link.mac)
                    all << learned(*link.mac, uplink, bridge);
            for (const WorldVm &vm : other.vms)
                for (const WorldNic &nic : vm.live)
                    if (vm.running && other.bridgeOf(nic) == bridge)
                        all << learned(nic.mac, uplink, bridge);
        }
    }
    return joined(all);
}

QString neighboursJson(const World &world, const WorldHypervisor &host)
{
    QStringList all;
    const auto add = [&all](Ipv4 address, const QString &device, MacAddress mac) {
        all << u"{\"dst\":\"%1\",\"dev\":\"%2\",\"lladdr\":\"%3\",\"state\":[\"STALE\"]}"_s.arg(
            address.toString(), device, mac.toString());
    };
    if (host.gateway)
        add(*host.gateway, u"br0"_s, MacAddress(0x001c'734a'9001ULL));
    for (const WorldVm &vm : host.vms) {
        if (!vm.guest)
            continue;
        for (const WorldLink &link : vm.guest->links)
            for (const WorldNic &nic : vm.live)
                if (link.mac == nic.mac && nic.network == natNetwork)
                    for (const InterfaceAddress &one : link.addresses)
                        add(one.address, u"virbr0"_s, nic.mac);
    }
    for (const WorldHypervisor &other : world.hypervisors)
        for (const WorldLink &link : other.links)
            if (other.name != host.name && link.name == u"br0" && !link.addresses.isEmpty() &&
                world.hypervisors.size() <= 10)
                add(link.addresses.first().address, u"br0"_s, *link.mac);
    return joined(all);
}

QString osRelease(const WorldOs &os)
{
    return u"NAME=\"%1\"\nVERSION_ID=\"%2\"\nID=%3\nPRETTY_NAME=\"%4\"\nHOME_URL=\"https://example.org/\"\n"_s
        .arg(os.name, os.version, os.id, os.pretty);
}

} // namespace tropo::generator
