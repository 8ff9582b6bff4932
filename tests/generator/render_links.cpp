#include "tests/generator/render.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

QString flagsOf(const WorldLink &link, const QString &separator, const QString &quote)
{
    QStringList flags;
    if (link.mac)
        flags << u"BROADCAST"_s << u"MULTICAST"_s;
    else
        flags << u"LOOPBACK"_s;
    if (link.up && !link.carrier)
        flags.prepend(u"NO-CARRIER"_s);
    if (link.up)
        flags << u"UP"_s;
    if (link.up && link.carrier)
        flags << u"LOWER_UP"_s;
    return QString(quote + flags.join(QString(quote + separator + quote)) + quote);
}

QString stateOf(const WorldLink &link)
{
    return !link.mac ? u"UNKNOWN"_s : link.up && link.carrier ? u"UP"_s : u"DOWN"_s;
}

QString linkInfo(const WorldLink &link)
{
    QStringList parts;
    if (!link.kind.isEmpty())
        parts << u"\"info_kind\":\"%1\""_s.arg(link.kind);
    if (link.kind == u"bridge")
        parts
            << u"\"info_data\":{\"forward_delay\":0,\"hello_time\":200,\"stp_state\":0,\"priority\":32768}"_s;
    if (!link.master.isEmpty())
        parts
            << u"\"info_slave_kind\":\"%1\",\"info_slave_data\":{\"state\":\"%2\",\"priority\":32,\"cost\":4}"_s
                   .arg(link.masterKind, link.carrier ? u"forwarding"_s : u"disabled"_s);
    return parts.isEmpty() ? QString() : u"\"linkinfo\":{%1},"_s.arg(parts.join(u','));
}

QString linkLocal(const WorldLink &link)
{
    return link.mac && link.up && link.carrier && link.master.isEmpty()
               ? Ipv6::linkLocalFrom(*link.mac).toString()
               : QString();
}

QString addressesJson(const WorldLink &link)
{
    QStringList all;
    for (const InterfaceAddress &one : link.addresses)
        all << u"{\"family\":\"inet\",\"local\":\"%1\",\"prefixlen\":%2,\"scope\":\"%3\",\"label\":\"%4\",\"valid_life_time\":4294967295,\"preferred_life_time\":4294967295}"_s
                   .arg(one.address.toString())
                   .arg(one.prefix.value_or(32))
                   .arg(link.mac ? u"global"_s : u"host"_s, link.name);
    if (const QString local = linkLocal(link); !local.isEmpty())
        all << u"{\"family\":\"inet6\",\"local\":\"%1\",\"prefixlen\":64,\"scope\":\"link\",\"valid_life_time\":4294967295,\"preferred_life_time\":4294967295}"_s
                   .arg(local);
    return all.join(u',');
}

QString macText(const WorldLink &link)
{
    return link.mac.value_or(MacAddress()).toString();
}

} // namespace

QString ipAddrJson(const QList<WorldLink> &links)
{
    QStringList all;
    for (const WorldLink &link : links)
        all << u"{\"ifindex\":%1,\"ifname\":\"%2\",\"flags\":[%3],\"mtu\":%4,\"qdisc\":\"noqueue\",%5\"operstate\":\"%6\",\"group\":\"default\",\"txqlen\":1000,\"link_type\":\"%7\",\"address\":\"%8\",\"promiscuity\":0,\"min_mtu\":68,\"max_mtu\":65535,%9"_s
                       .arg(all.size() + 1)
                       .arg(link.name, flagsOf(link, u","_s, u"\""_s))
                       .arg(link.mac ? 1500 : 65536)
                       .arg(link.master.isEmpty() ? QString() : u"\"master\":\"%1\","_s.arg(link.master),
                            stateOf(link), link.mac ? u"ether"_s : u"loopback"_s, macText(link),
                            linkInfo(link)) +
                   u"\"num_tx_queues\":1,\"num_rx_queues\":1,\"addr_info\":[%1]}"_s.arg(addressesJson(link));
    return u"[%1]\n"_s.arg(all.join(u','));
}

QString ipAddrText(const QList<WorldLink> &links)
{
    QString text;
    int index = 0;
    for (const WorldLink &link : links) {
        text += u"%1: %2: <%3> mtu %4 qdisc noqueue %5state %6 group default qlen 1000\n"_s.arg(++index)
                    .arg(link.name, flagsOf(link, u","_s, {}))
                    .arg(link.mac ? 1500 : 65536)
                    .arg(link.master.isEmpty() ? QString() : u"master %1 "_s.arg(link.master), stateOf(link));
        text += u"    link/%1 %2 brd %3 promiscuity 0 minmtu 68 maxmtu 65535 \n"_s.arg(
            link.mac ? u"ether"_s : u"loopback"_s, macText(link),
            link.mac ? u"ff:ff:ff:ff:ff:ff"_s : u"00:00:00:00:00:00"_s);
        if (!link.kind.isEmpty())
            text += u"    %1 \n"_s.arg(link.kind == u"tun" ? u"tun type tap pi off vnet_hdr on persist off"_s
                                       : link.kind == u"bridge" ? u"bridge forward_delay 0 hello_time 200"_s
                                                                : link.kind);
        if (!link.master.isEmpty())
            text += u"    %1_slave state forwarding priority 32 cost 4 \n"_s.arg(link.masterKind);
        for (const InterfaceAddress &one : link.addresses)
            text += u"    inet %1/%2 scope %3 %4\n       valid_lft forever preferred_lft forever\n"_s
                        .arg(one.address.toString())
                        .arg(one.prefix.value_or(32))
                        .arg(link.mac ? u"global"_s : u"host"_s, link.name);
        if (const QString local = linkLocal(link); !local.isEmpty())
            text +=
                u"    inet6 %1/64 scope link \n       valid_lft forever preferred_lft forever\n"_s.arg(local);
    }
    return text;
}

QString ifconfigText(const QList<WorldLink> &links, bool elided)
{
    QString text = elided ? u"....\n\n"_s : QString();
    for (const WorldLink &link : links) {
        QStringList flags;
        if (link.up)
            flags << u"UP"_s;
        flags << (link.mac ? u"BROADCAST"_s : u"LOOPBACK"_s);
        if (link.up && link.carrier)
            flags << u"RUNNING"_s;
        flags << u"MULTICAST"_s;
        text +=
            u"%1: flags=4163<%2>  mtu %3\n"_s.arg(link.name, flags.join(u',')).arg(link.mac ? 1500 : 65536);
        for (const InterfaceAddress &one : link.addresses.first(qMin(link.addresses.size(), qsizetype(1))))
            text += u"        inet %1  netmask %2%3\n"_s.arg(
                one.address.toString(), maskOf(one.prefix.value_or(32)).toString(),
                link.mac ? u"  broadcast "_s +
                               Subnet::of(one.address, one.prefix.value_or(32)).broadcast().toString()
                         : QString());
        if (const QString local = linkLocal(link); !local.isEmpty())
            text += u"        inet6 %1  prefixlen 64  scopeid 0x20<link>\n"_s.arg(local);
        text += link.mac ? u"        ether %1  txqueuelen 1000  (Ethernet)\n"_s.arg(macText(link))
                         : u"        loop  txqueuelen 1000  (Local Loopback)\n"_s;
        text +=
            u"        RX packets 107  bytes 6820 (6.6 KiB)\n        TX packets 15  bytes 1194 (1.1 KiB)\n\n"_s;
        if (elided)
            text += u"....\n\n"_s;
    }
    return text;
}

QString ipRouteJson(const QList<WorldLink> &links, const QList<WorldRoute> &defaults)
{
    QStringList all;
    for (const WorldRoute &route : defaults)
        all << u"{\"dst\":\"default\",\"gateway\":\"%1\",\"dev\":\"%2\",%3\"flags\":[]}"_s.arg(
            route.gateway.toString(), route.device,
            route.metric ? u"\"metric\":%1,"_s.arg(*route.metric) : QString());
    for (const WorldLink &link : links)
        for (const InterfaceAddress &one : link.addresses)
            if (link.mac)
                all << u"{\"dst\":\"%1\",\"dev\":\"%2\",\"protocol\":\"kernel\",\"scope\":\"link\",\"prefsrc\":\"%3\",\"flags\":[]}"_s
                           .arg(Subnet::of(one.address, one.prefix.value_or(32)).toString(), link.name,
                                one.address.toString());
    return u"[%1]\n"_s.arg(all.join(u','));
}

QString ipRouteText(const QList<WorldLink> &links, const QList<WorldRoute> &defaults)
{
    QString text;
    for (const WorldRoute &route : defaults)
        text += u"default via %1 dev %2 %3\n"_s.arg(route.gateway.toString(), route.device,
                                                    route.metric ? u"metric %1 "_s.arg(*route.metric)
                                                                 : QString());
    for (const WorldLink &link : links)
        for (const InterfaceAddress &one : link.addresses)
            if (link.mac)
                text += u"%1 dev %2 proto kernel scope link src %3 \n"_s.arg(
                    Subnet::of(one.address, one.prefix.value_or(32)).toString(), link.name,
                    one.address.toString());
    return text;
}

QString bridgeLinkJson(const QList<WorldLink> &links)
{
    QStringList all;
    int index = 0;
    for (const WorldLink &link : links) {
        ++index;
        if (link.masterKind == u"bridge" && !link.master.isEmpty())
            all << u"{\"ifindex\":%1,\"ifname\":\"%2\",\"flags\":[%3],\"mtu\":1500,\"master\":\"%4\",\"state\":\"%5\",\"priority\":32,\"cost\":4}"_s
                       .arg(index)
                       .arg(link.name, flagsOf(link, u","_s, u"\""_s), link.master,
                            link.up && link.carrier ? u"forwarding"_s : u"disabled"_s);
    }
    return u"[%1]\n"_s.arg(all.join(u','));
}

QString brctlShow(const QList<WorldLink> &links)
{
    QString text = u"bridge name\tbridge id\t\tSTP enabled\tinterfaces\n"_s;
    for (const WorldLink &bridge : links) {
        if (bridge.kind != u"bridge")
            continue;
        QStringList ports;
        for (const WorldLink &link : links)
            if (link.master == bridge.name)
                ports << link.name;
        text += u"%1\t\t8000.%2\tno\t\t%3\n"_s.arg(bridge.name, macText(bridge).remove(u':'),
                                                   ports.join(u"\n\t\t\t\t\t\t\t"_s));
    }
    return text;
}

} // namespace tropo::generator
