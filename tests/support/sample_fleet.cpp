#include "tests/support/sample_fleet.h"

#include <algorithm>

namespace tropo::sample {

namespace {

const QDateTime takenAt(QDate(2023, 7, 18), QTime(15, 20, 48), Qt::UTC);

const QByteArray acilamwenXml = R"(<domain type='kvm' id='2'>
  <name>Acilamwen</name>
  <devices>
    <interface type='network'>
      <mac address='52:54:00:02:02:0f'/>
      <source network='default' bridge='virbr0'/>
      <target dev='vnet0'/>
      <model type='virtio'/>
      <alias name='net0'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x03' function='0x0'/>
    </interface>
    <interface type="bridge">
      <mac address="52:54:00:00:01:01"/>
      <source bridge="br0"/>
      <target dev="vnet1"/>
      <model type="virtio"/>
      <alias name="net1"/>
      <address type="pci" domain="0x0000" bus="0x00" slot="0x07" function="0x0"/>
    </interface>
    <interface type="bridge">
      <mac address="52:54:00:00:01:01"/>
      <source bridge="br0"/>
      <target dev="vnet2"/>
      <model type="virtio"/>
      <alias name="net2"/>
      <address type="pci" domain="0x0000" bus="0x00" slot="0x08" function="0x0"/>
    </interface>
    <interface type="bridge">
      <mac address="52:54:00:00:01:01"/>
      <source bridge="br0"/>
      <target dev="vnet3"/>
      <model type="virtio"/>
      <alias name="net3"/>
      <address type="pci" domain="0x0000" bus="0x00" slot="0x09" function="0x0"/>
    </interface>
    <interface type="bridge">
      <mac address="52:54:00:00:01:01"/>
      <source bridge="br0"/>
      <target dev="vnet4"/>
      <model type="virtio"/>
      <alias name="net4"/>
      <address type="pci" domain="0x0000" bus="0x00" slot="0x0a" function="0x0"/>
    </interface>
  </devices>
</domain>
)";

const QByteArray ifcfgEns5 = R"(NAME=ens5
DEVICE=ens5
ONBOOT=yes
TYPE=Ethernet
BOOTPROTO=static
IPV4INIT=yes
IPV6INIT=yes
HWADDR=52:54:00:00:01:01
NETWORK=129.215.175.0
NETMASK=255.255.255.0
GATEWAY=129.215.175.126
IPADDR=129.215.175.100
)";

const QByteArray fleetToml = R"([fleet]
name = "tropo"

[floats]
network = "bridged"

[[float]]
name = "float1"
ip   = "129.215.175.100"
mac  = "52:54:00:00:01:00"

[[float]]
name = "float2"
ip   = "129.215.175.101"
mac  = "52:54:00:00:01:01"
)";

const QByteArray dockerPs =
    R"(CONTAINER ID        IMAGE                           COMMAND                  CREATED             STATUS                PORTS               NAMES
a9775b40354e        firethorn/ogsadai:2.1.36        "/bin/sh -c '/var/lo…"   5 days ago          Up 5 days (healthy)   8080/tcp            ft_jarmila.1.4yzmmuh6jfiqvw4tmslylzox8
aca731144335        firethorn/firethorn:2.1.36      "/bin/sh -c '/var/lo…"   5 days ago          Up 5 days (healthy)   8080/tcp            ft_gillian.1.14o28ydavjbctxh8sirh1yp1i
6216fd3ef158        firethorn/firethorn-py:2.1.36   "python3"                4 weeks ago         Up 4 weeks                                ft_firethorn-py.1.rxfuqi2evdpkeeixz6khdhvin
97980c766d5d        firethorn/postgres:2.1.36       "docker-entrypoint.s…"   4 weeks ago         Up 4 weeks            5432/tcp            ft_carolina.1.zx12opk1k05luhlbkza0pa37l
a562c255b7de        firethorn/postgres:2.1.36       "docker-entrypoint.s…"   4 weeks ago         Up 4 weeks            5432/tcp            ft_bethany.1.sibtonwiibkdc7v08fpazjrt7
)";

Source at(const char *document, int first = 0, int last = 0)
{
    return {QString::fromLatin1(document), first, last == 0 ? first : last};
}

Nic nic(const char *address, const char *network, const char *bridge, int number, int slot, int firstLine)
{
    Nic nic;
    nic.kind = qstrlen(network) > 0 ? NicKind::Network : NicKind::Bridge;
    nic.mac = mac(QString::fromLatin1(address));
    nic.network = QString::fromLatin1(network);
    nic.bridge = QString::fromLatin1(bridge);
    nic.target = QStringLiteral("vnet%1").arg(number);
    nic.alias = QStringLiteral("net%1").arg(number);
    nic.model = QStringLiteral("virtio");
    nic.pci = PciAddress{0, 0, static_cast<std::uint8_t>(slot), 0};
    nic.source = at("trop02/libvirt/domains/Acilamwen.xml", firstLine, firstLine + 7);
    return nic;
}

Interface interface(const char *name, const char *address, const char *ipv4, int line)
{
    Interface interface;
    interface.name = QString::fromLatin1(name);
    if (qstrlen(address) > 0)
        interface.mac = mac(QString::fromLatin1(address));
    if (qstrlen(ipv4) > 0)
        interface.addresses.append({ip(QString::fromLatin1(ipv4)), 24});
    interface.up = true;
    interface.carrier = true;
    interface.mtu = 1500;
    interface.source = at("trop02/guests/Acilamwen/guest/ifconfig.txt", line, line + 2);
    return interface;
}

InterfaceConfig ens5Config()
{
    const auto line = [](int number) { return at("trop02/guests/Acilamwen/ifcfg/ifcfg-ens5", number); };
    InterfaceConfig config;
    config.device = QStringLiteral("ens5");
    config.hwaddr = Sourced<MacAddress>{mac(u"52:54:00:00:01:01"), line(8)};
    config.addresses.append({{ip(u"129.215.175.100"), 24}, line(12)});
    config.gateway = Sourced<Ipv4>{ip(u"129.215.175.126"), line(11)};
    config.method = AddressMethod::Static;
    config.onBoot = true;
    int number = 0;
    for (const QByteArray &text : ifcfgEns5.split('\n'))
        if (const qsizetype equals = text.indexOf('='); equals > 0)
            config.settings.append({QString::fromUtf8(text.first(equals)),
                                    QString::fromUtf8(text.sliced(equals + 1)), line(++number)});
    config.source = at("trop02/guests/Acilamwen/ifcfg/ifcfg-ens5", 1, 12);
    return config;
}

Domain acilamwen()
{
    Domain domain;
    domain.name = QStringLiteral("Acilamwen");
    domain.state = DomainState::Running;
    domain.source = at("trop02/libvirt/list.txt", 3);
    DomainForm form;
    form.name = domain.name;
    form.type = QStringLiteral("kvm");
    form.source = at("trop02/libvirt/domains/Acilamwen.xml");
    form.nics = {nic("52:54:00:02:02:0f", "default", "virbr0", 0, 3, 4),
                 nic("52:54:00:00:01:01", "", "br0", 1, 7, 12), nic("52:54:00:00:01:01", "", "br0", 2, 8, 20),
                 nic("52:54:00:00:01:01", "", "br0", 3, 9, 28),
                 nic("52:54:00:00:01:01", "", "br0", 4, 10, 36)};
    domain.live = form;
    Guest guest;
    guest.system.hostname =
        Sourced<QString>{domain.name, at("trop02/guests/Acilamwen/guest/hostname.txt", 1)};
    guest.system.os = OsRelease{QStringLiteral("fedora"), QStringLiteral("28"),
                                QStringLiteral("Fedora release 28 (Twenty Eight)"),
                                at("trop02/guests/Acilamwen/guest/redhat-release.txt", 1)};
    InterfaceList list;
    list.elided = true;
    list.items = {interface("lo", "", "127.0.0.1", 1),
                  interface("ens3", "52:54:00:02:02:0f", "192.168.202.15", 5),
                  interface("ens5", "52:54:00:00:01:01", "129.215.175.100", 9),
                  interface("eth2", "52:54:00:00:01:01", "", 13),
                  interface("eth3", "52:54:00:00:01:01", "", 17),
                  interface("eth4", "52:54:00:00:01:01", "", 21)};
    list.items[2].pci = Sourced<PciAddress>{{0, 0, 7, 0}, at("trop02/guests/Acilamwen/interface-pci.txt", 2)};
    guest.system.interfaces = list;
    guest.configs = {ens5Config()};
    guest.configsRead = true;
    Container apache;
    apache.name = QStringLiteral("apache");
    apache.id = QStringLiteral("9683ea05bb04");
    apache.image = QStringLiteral("firethorn/apache:latest");
    apache.state = ContainerState::Running;
    apache.status = QStringLiteral("Up 4 weeks");
    apache.createdText = QStringLiteral("2 years ago");
    apache.ports = {{QStringLiteral("0.0.0.0"), 80, 80, QStringLiteral("tcp")}};
    apache.source = at("trop02/guests/Acilamwen/docker/ps.txt", 2);
    guest.engine.containers = QList<Container>{apache};
    domain.guest = guest;
    return domain;
}

Container task(const char *service, const char *id, const char *image, const char *status, int line)
{
    Container container;
    container.task = SwarmTaskLabel{QString::fromLatin1(service), {}, QString::fromLatin1(id), 1, {}};
    container.name = container.task->service + QLatin1String(".1.") + container.task->taskId;
    container.image = QString::fromLatin1(image);
    container.status = QString::fromLatin1(status);
    container.state = ContainerState::Running;
    container.source = at("trop02/guests/Eterathiel/docker/ps.txt", line);
    return container;
}

Domain eterathiel()
{
    Domain domain;
    domain.name = QStringLiteral("Eterathiel");
    domain.state = DomainState::Running;
    domain.source = at("trop02/libvirt/list.txt", 6);
    Guest guest;
    guest.engine.containers = QList<Container>{
        task("ft_jarmila", "4yzmmuh6jfiqvw4tmslylzox8", "firethorn/ogsadai:2.1.36", "Up 5 days (healthy)", 2),
        task("ft_gillian", "14o28ydavjbctxh8sirh1yp1i", "firethorn/firethorn:2.1.36", "Up 5 days (healthy)",
             3),
        task("ft_firethorn-py", "rxfuqi2evdpkeeixz6khdhvin", "firethorn/firethorn-py:2.1.36", "Up 4 weeks",
             4),
        task("ft_carolina", "zx12opk1k05luhlbkza0pa37l", "firethorn/postgres:2.1.36", "Up 4 weeks", 5),
        task("ft_bethany", "sibtonwiibkdc7v08fpazjrt7", "firethorn/postgres:2.1.36", "Up 4 weeks", 6)};
    domain.guest = guest;
    return domain;
}

Domain plain(const char *name, DomainState state, int line)
{
    Domain domain;
    domain.name = QString::fromLatin1(name);
    domain.state = state;
    domain.source = at("trop02/libvirt/list.txt", line);
    return domain;
}

Network defaultNetwork()
{
    const char *names[] = {"Araybwyn", "Lothigometh", "Ulov",    "Dwiema",
                           "Ibalehar", "Eterathiel",  "Siamond", "Acilamwen"};
    Network network;
    network.name = QStringLiteral("default");
    network.active = network.autostart = network.persistent = true;
    network.source = at("trop02/libvirt/net-list.txt", 4);
    NetworkForm form;
    form.name = network.name;
    form.forward = QStringLiteral("nat");
    form.bridge = QStringLiteral("virbr0");
    form.mac = mac(u"52:54:00:02:02:01");
    form.address = InterfaceAddress{ip(u"192.168.202.1"), 24};
    form.ranges = {{ip(u"192.168.202.8"), ip(u"192.168.202.15")}};
    form.source = at("trop02/declared/etc/libvirt/qemu/networks/default.xml");
    for (int i = 0; i < 8; ++i)
        form.reservations.append({MacAddress(0x525400020208ULL + static_cast<unsigned>(i)),
                                  Ipv4(0xc0a8ca08U + static_cast<unsigned>(i)), QString::fromLatin1(names[i]),
                                  at("trop02/declared/etc/libvirt/qemu/networks/default.xml", 14 + i)});
    network.declared = form;
    return network;
}

Hypervisor trop02()
{
    Hypervisor hypervisor;
    hypervisor.name = QStringLiteral("trop02");
    InterfaceList list;
    list.elided = true;
    list.items = {interface("br0", "0c:c4:7a:35:12:06", "129.215.175.97", 1),
                  interface("br1", "0c:c4:7a:35:12:07", "192.168.137.233", 6),
                  interface("eth0", "0c:c4:7a:35:12:06", "", 11),
                  interface("eth1", "0c:c4:7a:35:12:07", "", 14),
                  interface("vnet1", "fe:54:00:00:01:01", "", 17),
                  interface("vnet2", "fe:54:00:00:01:01", "", 21),
                  interface("vnet3", "fe:54:00:00:01:01", "", 25),
                  interface("vnet4", "fe:54:00:00:01:01", "", 29)};
    for (Interface &item : list.items)
        item.source.document = QStringLiteral("trop02/host/ifconfig.txt");
    hypervisor.host.interfaces = list;
    InterfaceConfig br0;
    br0.device = QStringLiteral("br0");
    br0.bridgePorts = {{QStringLiteral("eth0"), at("trop02/declared/etc/network/interfaces", 20)}};
    InterfaceConfig br1;
    br1.device = QStringLiteral("br1");
    br1.bridgePorts = {{QStringLiteral("eth1"), at("trop02/declared/etc/network/interfaces", 33)}};
    hypervisor.declaredInterfaces = QList<InterfaceConfig>{br0, br1};
    Network bridged;
    bridged.name = QStringLiteral("bridged");
    bridged.active = bridged.autostart = bridged.persistent = true;
    bridged.source = at("trop02/libvirt/net-list.txt", 3);
    NetworkForm form;
    form.name = bridged.name;
    form.forward = form.bridge = QStringLiteral("bridge");
    form.bridge = QStringLiteral("br0");
    form.source = at("trop02/declared/etc/libvirt/qemu/networks/bridged.xml");
    bridged.declared = form;
    hypervisor.networks = QList<Network>{bridged, defaultNetwork()};
    hypervisor.domains = QList<Domain>{acilamwen(),
                                       plain("Lothigometh", DomainState::Running, 4),
                                       plain("Ulov", DomainState::Running, 5),
                                       eterathiel(),
                                       plain("Ibalehar", DomainState::Running, 7),
                                       plain("Siamond", DomainState::ShutOff, 8)};
    return hypervisor;
}

Quote quote(const char *document, int first, int last, const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    lines = lines.mid(first - 1, last - first + 1);
    return {at(document, first, last), QString::fromUtf8(lines.join('\n'))};
}

QList<Finding> findings()
{
    constexpr const char *xml = "trop02/libvirt/domains/Acilamwen.xml";
    constexpr const char *ifcfg = "trop02/guests/Acilamwen/ifcfg/ifcfg-ens5";
    const QString vm = QStringLiteral("trop02/vm/Acilamwen");
    QList<Finding> all;
    all.append({QStringLiteral("float-mac-ip-mismatch"),
                vm + QLatin1String("/if/ens5"),
                Severity::Error,
                QStringLiteral("ens5 in Acilamwen is given float1's address 129.215.175.100 and float2's MAC "
                               "52:54:00:00:01:01; float1's MAC is 52:54:00:00:01:00."),
                {QStringLiteral("float/float1"), QStringLiteral("float/float2")},
                {quote(ifcfg, 8, 8, ifcfgEns5), quote(ifcfg, 12, 12, ifcfgEns5),
                 quote("fleet.toml", 7, 10, fleetToml)},
                {QStringLiteral("float-repair"), QStringLiteral("float-reassign")},
                {}});
    all.append(
        {QStringLiteral("float-duplicate-nic"),
         vm,
         Severity::Error,
         QStringLiteral("Acilamwen has four NICs with float2's MAC 52:54:00:00:01:01: vnet1, vnet2, vnet3 "
                        "and vnet4."),
         {QStringLiteral("float/float2")},
         {quote(xml, 13, 13, acilamwenXml), quote(xml, 21, 21, acilamwenXml),
          quote(xml, 29, 29, acilamwenXml), quote(xml, 37, 37, acilamwenXml)},
         {QStringLiteral("nic-remove-duplicates")},
         {}});
    all.append({QStringLiteral("source-unreachable"),
                QStringLiteral("trop03"),
                Severity::Error,
                QStringLiteral("libvirt on trop03 could not be read: no answer within 10 s. Its networks and "
                               "virtual machines were not checked."),
                {},
                {},
                {},
                {}});
    all.append({QStringLiteral("guest-os-eol"),
                vm,
                Severity::Warning,
                QStringLiteral("Acilamwen runs Fedora 28, which is past its end of life since 28 May 2019."),
                {},
                {{at("trop02/guests/Acilamwen/guest/redhat-release.txt", 1),
                  QStringLiteral("Fedora release 28 (Twenty Eight)")}},
                {},
                QStringLiteral("replaced in the spring")});
    all.append({QStringLiteral("nic-unconfigured-inside"),
                vm + QLatin1String("/nic/0000:00:08.0"),
                Severity::Warning,
                QStringLiteral("vnet2 outside is an interface inside with neither a file nor an address."),
                {},
                {quote(xml, 20, 27, acilamwenXml)},
                {},
                {}});
    all.append({QStringLiteral("container-image-shared"),
                QStringLiteral("trop02/vm/Eterathiel/service/ft_carolina"),
                Severity::Info,
                QStringLiteral("ft_carolina and ft_bethany are two services on one image, "
                               "firethorn/postgres:2.1.36; they are not duplicates."),
                {QStringLiteral("trop02/vm/Eterathiel/service/ft_bethany")},
                {quote("trop02/guests/Eterathiel/docker/ps.txt", 5, 6, dockerPs)},
                {},
                {}});
    all.append({QStringLiteral("float-unassigned"),
                QStringLiteral("float/float3"),
                Severity::Info,
                QStringLiteral("Nobody holds float3 (129.215.175.102, 52:54:00:00:01:02)."),
                {},
                {},
                {},
                {}});
    return all;
}

QByteArray numbered(const char *what, int lines)
{
    QByteArray text;
    for (int i = 1; i <= lines; ++i)
        text += QByteArray(what) + " line " + QByteArray::number(i) + '\n';
    return text;
}

Evidence evidence()
{
    Evidence evidence;
    evidence.taken = takenAt;
    const auto put = [&evidence](const char *path, const QByteArray &text, int later = 0) {
        evidence.documents.insert(QString::fromLatin1(path), {text, takenAt.addSecs(later), {}});
    };
    put("fleet.toml", fleetToml);
    put("trop02/libvirt/domains/Acilamwen.xml", acilamwenXml, 4);
    put("trop02/libvirt/list.txt", numbered("list", 9));
    put("trop02/libvirt/net-list.txt", numbered("net-list", 5));
    put("trop02/declared/etc/libvirt/qemu/networks/default.xml", numbered("default.xml", 26));
    put("trop02/declared/etc/libvirt/qemu/networks/bridged.xml", numbered("bridged.xml", 6));
    put("trop02/declared/etc/network/interfaces", numbered("interfaces", 38));
    put("trop02/host/ifconfig.txt", numbered("ifconfig", 33));
    put("trop02/guests/Acilamwen/guest/ifconfig.txt", numbered("ifconfig", 24), 60);
    put("trop02/guests/Acilamwen/guest/hostname.txt", "Acilamwen\n", 60);
    put("trop02/guests/Acilamwen/guest/redhat-release.txt", "Fedora release 28 (Twenty Eight)\n", 60);
    put("trop02/guests/Acilamwen/ifcfg/ifcfg-ens5", ifcfgEns5, 62);
    put("trop02/guests/Acilamwen/interface-pci.txt",
        "ens3 52:54:00:02:02:0f 0000:00:03.0\nens5 52:54:00:00:01:01 0000:00:07.0\n", 62);
    put("trop02/guests/Acilamwen/docker/ps.txt", numbered("ps", 2), 63);
    put("trop02/guests/Eterathiel/docker/ps.txt", dockerPs, 70);
    evidence.errors = {
        {QStringLiteral("trop02"), QStringLiteral("guest Ulov"),
         QStringLiteral("connection refused on port 22"), takenAt.addSecs(70)},
        {QStringLiteral("trop03"), QStringLiteral("libvirt"), QStringLiteral("no answer within 10 s"),
         takenAt},
        {QStringLiteral("trop03"), QStringLiteral("host"), QStringLiteral("no answer within 10 s"), takenAt}};
    return evidence;
}

Policy policy()
{
    Policy policy;
    policy.name = QStringLiteral("tropo");
    for (const char *name : {"trop02", "trop03", "trop04"}) {
        HypervisorPolicy hypervisor;
        hypervisor.name = QString::fromLatin1(name);
        hypervisor.uri = QStringLiteral("qemu+ssh://%1/system").arg(hypervisor.name);
        policy.hypervisors.append(hypervisor);
    }
    policy.floatNetwork = QStringLiteral("bridged");
    for (unsigned i = 0; i < 4; ++i)
        policy.floats.append({QStringLiteral("float%1").arg(i + 1), Ipv4(0x81d7af64U + i),
                              MacAddress(0x525400000100ULL + i), at("fleet.toml", 7, 10)});
    return policy;
}

} // namespace

MacAddress mac(QStringView text)
{
    return MacAddress::fromString(text).value();
}

Ipv4 ip(QStringView text)
{
    return Ipv4::fromString(text).value();
}

Snapshot fleet()
{
    Snapshot snapshot;
    snapshot.kind = SnapshotKind::Demo;
    snapshot.origin = QStringLiteral("the bundled demo");
    snapshot.evidence = evidence();
    snapshot.policy = policy();
    snapshot.fleet.name = QStringLiteral("tropo");
    snapshot.fleet.taken = takenAt;
    Hypervisor dead;
    dead.name = QStringLiteral("trop03");
    for (const SourceError &error : snapshot.evidence.errors)
        if (error.hypervisor == dead.name)
            dead.errors.append(error);
    Hypervisor alive = trop02();
    alive.errors = {snapshot.evidence.errors.first()};
    snapshot.fleet.hypervisors = {alive, dead};
    snapshot.findings = findings();
    snapshot.stories = stories(snapshot.fleet, snapshot.policy, snapshot.findings);
    snapshot.floats = floatRows(snapshot.fleet, snapshot.policy);
    snapshot.notKnown = notKnown(snapshot.fleet, snapshot.policy);
    return snapshot;
}

Snapshot large(int hypervisors, int domains)
{
    Snapshot snapshot = fleet();
    snapshot.policy.hypervisors.clear();
    snapshot.fleet.hypervisors.clear();
    for (int h = 0; h < hypervisors; ++h) {
        Hypervisor hypervisor = trop02();
        hypervisor.name = QStringLiteral("hyper%1").arg(h, 3, 10, QLatin1Char('0'));
        const Domain model = hypervisor.domains->first();
        hypervisor.domains->clear();
        for (int d = 0; d < domains; ++d) {
            Domain domain = model;
            domain.name = QStringLiteral("vm%1").arg(d, 4, 10, QLatin1Char('0'));
            hypervisor.domains->append(domain);
        }
        snapshot.fleet.hypervisors.append(hypervisor);
    }
    snapshot.floats = floatRows(snapshot.fleet, snapshot.policy);
    snapshot.notKnown = notKnown(snapshot.fleet, snapshot.policy);
    return snapshot;
}

} // namespace tropo::sample
