#include "tests/generator/render.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

QString pciXml(const PciAddress &pci)
{
    return u"      <address type='pci' domain='0x0000' bus='0x%1' slot='0x%2' function='0x0'/>\n"_s
        .arg(pci.bus, 2, 16, QLatin1Char('0'))
        .arg(pci.slot, 2, 16, QLatin1Char('0'));
}

PciAddress placeAt(const WorldVm &vm, std::uint8_t place)
{
    return vm.q35 ? PciAddress{0, place, 0, 0} : PciAddress{0, 0, place, 0};
}

QString diskXml(const WorldVm &vm, const WorldDisk &disk, bool live, int number)
{
    QString text = u"    <disk type='file' device='%1'>\n      <driver name='qemu' type='%2'/>\n"_s.arg(
        disk.device, disk.format);
    if (!disk.path.isEmpty())
        text += u"      <source file='%1'%2/>\n"_s.arg(disk.path,
                                                       live ? u" index='%1'"_s.arg(number) : QString());
    if (live) {
        for (const QString &store : disk.backing)
            text +=
                u"      <backingStore type='file' index='%1'>\n        <format type='qcow2'/>\n        <source file='%2'/>\n"_s
                    .arg(++number)
                    .arg(store);
        text += u"        <backingStore/>\n"_s;
        for (qsizetype i = 0; i < disk.backing.size(); ++i)
            text += u"      </backingStore>\n"_s;
    }
    text += u"      <target dev='%1' bus='%2'/>\n"_s.arg(
        disk.target, disk.target.startsWith(u"vd") ? u"virtio"_s : u"sata"_s);
    if (disk.readOnly)
        text += u"      <readonly/>\n"_s;
    if (disk.shareable)
        text += u"      <shareable/>\n"_s;
    if (live)
        text += u"      <alias name='%1-disk%2'/>\n"_s.arg(
            disk.target.startsWith(u"vd") ? u"virtio"_s : u"sata0-0"_s, QString::number(number));
    text += disk.target == u"vda"
                ? pciXml(placeAt(vm, 4))
                : u"      <address type='drive' controller='0' bus='0' target='0' unit='0'/>\n"_s;
    return text + u"    </disk>\n"_s;
}

QString nicXml(const WorldHypervisor &host, const WorldNic &nic, bool live)
{
    const QString bridge = host.bridgeOf(nic);
    bool bridged = !nic.bridge.isEmpty();
    for (const WorldNetwork &network : host.networks)
        bridged = bridged || (live && network.name == nic.network && network.forward == u"bridge");
    QString source;
    if (!nic.bridge.isEmpty() || (live && nic.plainBridge))
        source = u"bridge='%1'"_s.arg(bridge);
    else if (live)
        source = u"network='%1' portid='05db4df6-60c4-41da-9109-f911e6d3aabd' bridge='%2'"_s.arg(nic.network,
                                                                                                 bridge);
    else
        source = u"network='%1'"_s.arg(nic.network);
    QString text = u"    <interface type='%1'>\n      <mac address='%2'/>\n      <source %3/>\n"_s.arg(
        bridged ? u"bridge"_s : u"network"_s, nic.mac.toString(), source);
    if (live)
        text += u"      <target dev='%1'/>\n"_s.arg(nic.tap);
    text += u"      <model type='%1'/>\n"_s.arg(nic.model);
    if (live)
        text += u"      <alias name='%1'/>\n"_s.arg(nic.alias);
    return text + pciXml(nic.pci) + u"    </interface>\n"_s;
}

QString agentXml(const WorldVm &vm, bool live)
{
    QString text = u"    <channel type='unix'>\n"_s;
    if (live)
        text +=
            u"      <source mode='bind' path='/var/lib/libvirt/qemu/channel/target/domain-%1-%2/org.qemu.guest_agent.0'/>\n"_s
                .arg(vm.id)
                .arg(vm.name);
    text += u"      <target type='virtio' name='org.qemu.guest_agent.0'%1/>\n"_s.arg(
        live ? u" state='%1'"_s.arg(vm.agentConnected ? u"connected"_s : u"disconnected"_s) : QString());
    if (live)
        text += u"      <alias name='channel0'/>\n"_s;
    return text +
           u"      <address type='virtio-serial' controller='0' bus='0' port='1'/>\n    </channel>\n"_s;
}

QString compact(const QJsonArray &array)
{
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact)) + u'\n';
}

QString stateWord(const WorldVm &vm)
{
    return vm.running ? u"running"_s : u"shut off"_s;
}

} // namespace

QString domainXml(const WorldHypervisor &host, const WorldVm &vm, bool live)
{
    QString text = u"<domain type='kvm'%1>\n  <name>%2</name>\n  <uuid>%3</uuid>\n"_s.arg(
        live ? u" id='%1'"_s.arg(vm.id) : QString(), vm.name, vm.uuid);
    text +=
        u"  <memory unit='KiB'>2097152</memory>\n  <currentMemory unit='KiB'>2097152</currentMemory>\n"
        "  <vcpu placement='static'>2</vcpu>\n  <os>\n    <type arch='x86_64' machine='%1'>hvm</type>\n"
        "    <boot dev='hd'/>\n  </os>\n  <features>\n    <acpi/>\n    <apic/>\n  </features>\n"
        "  <clock offset='utc'/>\n  <on_poweroff>destroy</on_poweroff>\n  <on_reboot>restart</on_reboot>\n"
        "  <on_crash>destroy</on_crash>\n  <devices>\n    <emulator>/usr/bin/qemu-system-x86_64</emulator>\n"_s
            .arg(vm.q35 ? u"pc-q35-7.2"_s : u"pc-i440fx-7.2"_s);
    int number = 1;
    for (const WorldDisk &disk : vm.disks)
        text += diskXml(vm, disk, live, number++);
    text += u"    <controller type='pci' index='0' model='%1'%2\n"_s.arg(
        vm.q35 ? u"pcie-root"_s : u"pci-root"_s,
        live ? u">\n      <alias name='pci.0'/>\n    </controller>"_s : u"/>"_s);
    // Each device of a PCI Express machine sits alone behind a port.
    for (int bus = 1; vm.q35 && bus <= 16; ++bus)
        text += u"    <controller type='pci' index='%1' model='pcie-root-port'/>\n"_s.arg(bus);
    for (const WorldNic &nic : live ? vm.live : vm.next)
        text += nicXml(host, nic, live);
    if (vm.agentChannel)
        text += agentXml(vm, live);
    text += u"    <memballoon model='virtio'>\n"_s + pciXml(placeAt(vm, 5)) +
            u"    </memballoon>\n  </devices>\n</domain>\n\n"_s;
    return text;
}

QString networkXml(const WorldNetwork &network)
{
    QString text =
        u"<network ipv6='yes'>\n  <name>%1</name>\n  <uuid>%2</uuid>\n"_s.arg(network.name, network.uuid);
    if (network.forward == u"nat")
        text +=
            u"  <forward mode='nat'>\n    <nat>\n      <port start='1024' end='65535'/>\n    </nat>\n  </forward>\n"_s;
    else if (!network.forward.isEmpty())
        text += u"  <forward mode='%1'/>\n"_s.arg(network.forward);
    text += network.forward == u"bridge"
                ? u"  <bridge name='%1'/>\n"_s.arg(network.bridge)
                : u"  <bridge name='%1' stp='off' delay='0'/>\n"_s.arg(network.bridge);
    if (network.mac)
        text += u"  <mac address='%1'/>\n"_s.arg(network.mac->toString());
    if (network.address) {
        text +=
            u"  <ip family='ipv4' address='%1' netmask='%2'>\n    <dhcp>\n      <range start='%3' end='%4'/>\n"_s
                .arg(network.address->address.toString(),
                     maskOf(network.address->prefix.value_or(24)).toString(), network.rangeStart.toString(),
                     network.rangeEnd.toString());
        for (const WorldReservation &one : network.reservations)
            text += u"      <host mac='%1' name='%2' ip='%3'/>\n"_s.arg(one.mac.toString().toUpper(),
                                                                        one.name, one.address.toString());
        text += u"    </dhcp>\n  </ip>\n"_s;
    }
    return text + u"</network>\n\n"_s;
}

namespace {

void renderLists(const WorldHypervisor &host, Shelf &shelf)
{
    if (host.tableForms) {
        QString list = u" Id   Name             State\n-----------------------------------\n"_s;
        for (const WorldVm &vm : host.vms)
            list += u" %1 %2 %3\n"_s.arg(vm.running ? QString::number(vm.id) : u"-"_s, -4)
                        .arg(vm.name, -16)
                        .arg(stateWord(vm));
        shelf.put(u"list.txt"_s, QString(list + u'\n'));
        QString nets =
            u" Name      State    Autostart   Persistent\n--------------------------------------------\n"_s;
        for (const WorldNetwork &one : host.networks)
            nets += u" %1 %2 %3 yes\n"_s.arg(one.name, -9)
                        .arg(one.active ? u"active"_s : u"inactive"_s, -8)
                        .arg(one.autostart ? u"yes"_s : u"no"_s, -11);
        shelf.put(u"net-list.txt"_s, QString(nets + u'\n'));
        return;
    }
    QJsonArray domains;
    for (const WorldVm &vm : host.vms)
        domains.append(QJsonObject{{u"name"_s, vm.name},
                                   {u"uuid"_s, vm.uuid},
                                   {u"state"_s, stateWord(vm)},
                                   {u"autostart"_s, vm.autostart},
                                   {u"persistent"_s, vm.persistent}});
    shelf.put(u"domains.json"_s, compact(domains));
    QJsonArray networks;
    for (const WorldNetwork &one : host.networks)
        networks.append(QJsonObject{{u"name"_s, one.name},
                                    {u"active"_s, one.active},
                                    {u"autostart"_s, one.autostart},
                                    {u"persistent"_s, true}});
    shelf.put(u"networks.json"_s, compact(networks));
}

void renderLeases(const WorldHypervisor &host, const WorldNetwork &network, Shelf &shelf)
{
    const QDateTime expires = shelf.time().addSecs(1800);
    if (host.tableForms) {
        QString text =
            u" Expiry Time           MAC address         Protocol   IP address          Hostname      Client "
            u"ID or DUID\n"
            "--------------------------------------------------------------------------------------------------------------\n"_s;
        for (const WorldLease &one : network.leases)
            text += u" %1   %2   ipv4       %3   %4   01:%2\n"_s.arg(
                expires.toString(u"yyyy-MM-dd HH:mm:ss"_s), one.mac.toString(),
                QString(one.address.toString() + u"/24"_s), one.hostname);
        shelf.put(u"networks/%1.leases.txt"_s.arg(network.name), QString(text + u'\n'));
        return;
    }
    QJsonArray leases;
    for (const WorldLease &one : network.leases)
        leases.append(QJsonObject{{u"mac"_s, one.mac.toString()},
                                  {u"ip"_s, one.address.toString()},
                                  {u"hostname"_s, one.hostname},
                                  {u"expires"_s, expires.toString(Qt::ISODate)}});
    shelf.put(u"networks/%1.leases.json"_s.arg(network.name), compact(leases));
}

void renderStorage(const WorldHypervisor &host, Shelf &shelf)
{
    QJsonArray snapshots;
    for (const WorldVm &vm : host.vms)
        for (const WorldSnapshot &one : vm.snapshots)
            snapshots.append(QJsonObject{{u"domain"_s, vm.name},
                                         {u"name"_s, one.name},
                                         {u"created"_s, one.created.toString(Qt::ISODate)}});
    shelf.put(u"snapshots.json"_s, compact(snapshots));
    QJsonArray volumes;
    QSet<QString> seen;
    const auto add = [&](const QString &path, const QString &format, const QString &backing) {
        if (path.isEmpty() || seen.contains(path))
            return;
        seen.insert(path);
        volumes.append(QJsonObject{{u"pool"_s, path.contains(u"/base/") ? u"base"_s : u"default"_s},
                                   {u"name"_s, path.section(u'/', -1)},
                                   {u"path"_s, path},
                                   {u"format"_s, format},
                                   {u"backing"_s, backing}});
    };
    for (const WorldVm &vm : host.vms) {
        for (const WorldDisk &disk : vm.disks) {
            QStringList chain{disk.path};
            chain += disk.backing;
            for (qsizetype i = 0; i < chain.size(); ++i)
                add(chain[i], disk.format, chain.value(i + 1));
        }
    }
    for (const WorldVolume &one : host.volumes)
        add(one.path, one.format, one.backing);
    shelf.put(u"volumes.json"_s, compact(volumes));
}

} // namespace

void renderLibvirt(const WorldHypervisor &host, Shelf shelf)
{
    shelf.put(
        u"version.txt"_s,
        u"Compiled against library: libvirt %1\nUsing library: libvirt %1\nUsing API: QEMU %1\nRunning hypervisor: QEMU %2\n\n"_s
            .arg(host.libvirt, host.qemu));
    renderLists(host, shelf);
    for (const WorldNetwork &one : host.networks) {
        shelf.put(u"networks/%1.xml"_s.arg(one.name), networkXml(one));
        if (one.forward == u"nat" && one.active)
            renderLeases(host, one, shelf);
    }
    for (const WorldVm &vm : host.vms) {
        if (vm.running)
            shelf.put(u"domains/%1.xml"_s.arg(escapedName(vm.name)), domainXml(host, vm, true));
        if (vm.persistent)
            shelf.put(u"domains/%1.inactive.xml"_s.arg(escapedName(vm.name)), domainXml(host, vm, false));
    }
    renderStorage(host, shelf);
}

} // namespace tropo::generator
