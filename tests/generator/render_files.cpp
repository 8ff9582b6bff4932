#include "tests/generator/render.h"

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

QString ifcfg(const WorldFile &file)
{
    QStringList lines{u"TYPE=Ethernet"_s, u"NAME="_s + file.name};
    if (!file.device.isEmpty())
        lines << u"DEVICE="_s + file.device;
    if (file.hwaddr)
        lines << u"HWADDR="_s + file.hwaddr->toString();
    if (file.macaddr)
        lines << u"MACADDR="_s + file.macaddr->toString();
    lines << u"ONBOOT="_s + (file.onBoot ? u"yes"_s : u"no"_s);
    lines << u"BOOTPROTO="_s + (file.dhcp ? u"dhcp"_s : file.address ? u"static"_s : u"none"_s);
    lines << u"DEFROUTE="_s + (file.defaultRoute ? u"yes"_s : u"no"_s);
    lines << u"IPV6INIT=yes"_s;
    if (file.address) {
        lines << u"IPADDR="_s + file.address->address.toString();
        lines << u"NETMASK="_s + maskOf(file.address->prefix.value_or(24)).toString();
    }
    if (!file.network.isEmpty())
        lines << u"NETWORK="_s + file.network;
    if (!file.broadcast.isEmpty())
        lines << u"BROADCAST="_s + file.broadcast;
    if (file.gateway)
        lines << u"GATEWAY="_s + file.gateway->toString();
    for (const auto &[key, value] : file.extra)
        lines << key + u'=' + value;
    return QString(lines.join(u'\n') + u'\n');
}

QString keyfile(const WorldFile &file)
{
    QStringList lines{u"[connection]"_s, u"id="_s + file.name, u"uuid=83e18454-b156-4806-a33f-62f42fdb9b2d"_s,
                      u"type=ethernet"_s};
    if (!file.device.isEmpty())
        lines << u"interface-name="_s + file.device;
    if (!file.onBoot)
        lines << u"autoconnect=false"_s;
    lines << u""_s << u"[ethernet]"_s;
    if (file.hwaddr)
        lines << u"mac-address="_s + file.hwaddr->toString();
    if (file.macaddr)
        lines << u"cloned-mac-address="_s + file.macaddr->toString();
    lines << u""_s << u"[ipv4]"_s
          << (file.dhcp      ? u"method=auto"_s
              : file.address ? u"method=manual"_s
                             : u"method=disabled"_s);
    if (file.address)
        lines << u"address1="_s + file.address->toString() +
                     (file.gateway ? u',' + file.gateway->toString() : QString());
    if (!file.defaultRoute)
        lines << u"never-default=true"_s;
    for (const auto &[key, value] : file.extra)
        lines << key + u'=' + value;
    lines << u""_s << u"[ipv6]"_s << u"method=auto"_s;
    return QString(lines.join(u'\n') + u'\n');
}

QString netplan(const WorldFile &file)
{
    QString text = u"network:\n  version: 2\n  ethernets:\n    %1:\n"_s.arg(
        file.device.isEmpty() ? u"nic-"_s + file.name : file.device);
    if (file.hwaddr) {
        text += u"      match:\n        macaddress: \"%1\"\n"_s.arg(file.hwaddr->toString());
        if (!file.device.isEmpty())
            text += u"      set-name: %1\n"_s.arg(file.device);
    }
    if (file.macaddr)
        text += u"      macaddress: \"%1\"\n"_s.arg(file.macaddr->toString());
    if (file.dhcp) {
        text += u"      dhcp4: true\n"_s;
        if (!file.defaultRoute)
            text += u"      dhcp4-overrides:\n        use-routes: false\n"_s;
    }
    if (file.address)
        text += u"      addresses:\n        - %1\n"_s.arg(file.address->toString());
    if (file.gateway)
        text += u"      routes:\n        - to: default\n          via: %1\n"_s.arg(file.gateway->toString());
    for (const auto &[key, value] : file.extra)
        text += u"      %1: %2\n"_s.arg(key, value);
    return text;
}

} // namespace

QString debianInterfaces(const QList<WorldFile> &files, const QString &extra)
{
    QString text = u"# This file describes the network interfaces available on your system\n"
                   "# and how to activate them. For more information, see interfaces(5).\n\n"
                   "# The loopback network interface\nauto lo\niface lo inet loopback\n"_s;
    for (const WorldFile &file : files) {
        text += u'\n';
        if (file.onBoot)
            text += u"auto %1\n"_s.arg(file.device);
        text += u"iface %1 inet %2\n"_s.arg(file.device, file.dhcp      ? u"dhcp"_s
                                                         : file.address ? u"static"_s
                                                                        : u"manual"_s);
        const auto option = [&text](const QString &key, const QString &value) {
            if (!value.isEmpty())
                text += u"    %1 %2\n"_s.arg(key, value);
        };
        if (file.address) {
            option(u"address"_s, file.address->address.toString());
            option(u"netmask"_s, maskOf(file.address->prefix.value_or(24)).toString());
        }
        option(u"network"_s, file.network);
        option(u"gateway"_s, file.gateway ? file.gateway->toString() : QString());
        option(u"broadcast"_s, file.broadcast);
        if (file.macaddr)
            option(u"hwaddress"_s, u"ether "_s + file.macaddr->toString());
        option(u"bridge_ports"_s, file.bridgePorts.join(u' '));
        for (const auto &[key, value] : file.extra)
            option(key, value);
    }
    return text + extra;
}

void renderFiles(const WorldGuest &guest, Shelf shelf)
{
    if (guest.os.form == FileForm::Debian) {
        shelf.put(u"guest/interfaces.txt"_s, debianInterfaces(guest.files));
        return;
    }
    for (const WorldFile &file : guest.files) {
        if (guest.os.form == FileForm::Ifcfg)
            shelf.put(u"ifcfg/ifcfg-"_s + escapedName(file.name), ifcfg(file));
        else if (guest.os.form == FileForm::Keyfile)
            shelf.put(u"nm/%1.nmconnection"_s.arg(escapedName(file.name)), keyfile(file));
        else
            shelf.put(u"netplan/%1.yaml"_s.arg(escapedName(file.name)), netplan(file));
    }
}

} // namespace tropo::generator
