#include "models/note/by_hand.h"

#include "models/fixes/typed.h"

#include <QHash>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What prints a machine's own documents (capture-format.md), by their names.
QString machineCommand(const QString &name)
{
    static const QHash<QString, QString> commands{
        {u"hostname.txt"_s, u"hostname"_s},
        {u"date.txt"_s, u"date"_s},
        {u"os-release.txt"_s, u"cat /etc/os-release"_s},
        {u"redhat-release.txt"_s, u"cat /etc/redhat-release"_s},
        {u"ip-addr.json"_s, u"ip -j -d addr"_s},
        {u"ip-addr.txt"_s, u"ip -d addr"_s},
        {u"ifconfig.txt"_s, u"ifconfig -a"_s},
        {u"ip-route.json"_s, u"ip -j route"_s},
        {u"ip-route.txt"_s, u"ip route"_s},
        {u"bridge-link.json"_s, u"bridge -j link"_s},
        {u"brctl-show.txt"_s, u"brctl show"_s},
        {u"bridge-fdb.json"_s, u"bridge -j fdb show"_s},
        {u"ip-neigh.json"_s, u"ip -j neigh"_s},
        {u"interfaces.txt"_s, u"cat /etc/network/interfaces"_s},
    };
    return commands.value(name);
}

QString dockerCommand(const QString &name)
{
    static const QHash<QString, QString> commands{
        {u"version.json"_s, u"docker version --format '{{json .}}'"_s},
        {u"ps.json"_s, u"docker ps -a --no-trunc --format '{{json .}}'"_s},
        {u"ps.txt"_s, u"docker ps"_s},
        {u"inspect.json"_s, u"docker inspect $(docker ps -aq)"_s},
        {u"info.json"_s, u"docker info --format '{{json .}}'"_s},
        {u"services.json"_s, u"docker service ls --format '{{json .}}'"_s},
        {u"tasks.json"_s, u"docker service ps --no-trunc --format '{{json .}}' $(docker service ls -q)"_s},
        {u"nodes.json"_s, u"docker node ls --format '{{json .}}'"_s},
    };
    return commands.value(name);
}

QString insideCommand(const QStringList &path)
{
    const QString name = unescapedName(path.last());
    const QString room = path.value(0);
    if (path.size() == 1)
        return room == u"interface-pci.txt" ? u"ls -l /sys/class/net/*/device"_s : QString();
    if (room == u"guest")
        return machineCommand(name);
    if (room == u"docker")
        return path.size() == 2 ? dockerCommand(name)
                                : u"docker exec %1 cat /etc/os-release"_s.arg(shellWord(name.chopped(4)));
    static const QHash<QString, QString> folders{
        {u"ifcfg"_s, u"/etc/sysconfig/network-scripts/"_s},
        {u"nm"_s, u"/etc/NetworkManager/system-connections/"_s},
        {u"netplan"_s, u"/etc/netplan/"_s},
    };
    const QString folder = folders.value(room);
    return folder.isEmpty() ? QString() : u"cat %1"_s.arg(shellWord(folder + name));
}

QString libvirtCommand(const QStringList &path)
{
    const QString name = unescapedName(path.last());
    if (path.size() == 1)
        return name == u"version.txt"                                 ? u"version"_s
               : name.startsWith(u"domains"_s) || name == u"list.txt" ? u"list --all"_s
               : name.startsWith(u"net"_s)                            ? u"net-list --all"_s
                                                                      : QString();
    const auto without = [&name](QLatin1StringView ending) { return shellWord(name.chopped(ending.size())); };
    if (path[0] == u"domains") {
        if (name.endsWith(u".inactive.xml"_s))
            return u"dumpxml --inactive %1"_s.arg(without(".inactive.xml"_L1));
        return name.endsWith(u".xml"_s) ? u"dumpxml %1"_s.arg(without(".xml"_L1)) : QString();
    }
    if (path[0] != u"networks")
        return {};
    if (name.endsWith(u".leases.json"_s))
        return u"net-dhcp-leases %1"_s.arg(without(".leases.json"_L1));
    if (name.endsWith(u".leases.txt"_s))
        return u"net-dhcp-leases %1"_s.arg(without(".leases.txt"_L1));
    return name.endsWith(u".xml"_s) ? u"net-dumpxml %1"_s.arg(without(".xml"_L1)) : QString();
}

QString sshTo(const QString &hypervisor, const Policy &policy)
{
    const HypervisorPolicy *known = policy.hypervisor(hypervisor);
    return shellWord(known && !known->ssh.isEmpty() ? known->ssh : hypervisor);
}

} // namespace

QString commandShowing(const QString &document, const Policy &policy)
{
    const QStringList path = document.split(u'/');
    if (path.size() < 3)
        return {};
    const QString hypervisor = unescapedName(path[0]);
    const QString &room = path[1];
    if (room == u"libvirt") {
        const HypervisorPolicy *known = policy.hypervisor(hypervisor);
        const QString uri =
            known && !known->uri.isEmpty() ? known->uri : u"qemu+ssh://%1/system"_s.arg(hypervisor);
        const QString command = libvirtCommand(path.mid(2));
        return command.isEmpty() ? QString() : u"virsh -c %1 %2"_s.arg(shellWord(uri), command);
    }
    if (room == u"host") {
        const QString command = machineCommand(path.last());
        return command.isEmpty() ? QString()
                                 : u"ssh %1 %2"_s.arg(sshTo(hypervisor, policy), shellWord(command));
    }
    if (room == u"guests" && path.size() > 3) {
        const QString name = unescapedName(path[2]);
        const GuestPolicy *guest = policy.guest(hypervisor, name);
        const QString user = guest && !guest->user.isEmpty() ? guest->user : policy.guestUser;
        const QString place = guest && guest->address ? guest->address->toString() : name;
        const QString login = user.isEmpty() ? place : QString(user + u'@' + place);
        const QString command = insideCommand(path.mid(3));
        return command.isEmpty() ? QString()
                                 : u"ssh -J %1 %2 %3"_s.arg(sshTo(hypervisor, policy), shellWord(login),
                                                            shellWord(command));
    }
    return {};
}

} // namespace tropo
