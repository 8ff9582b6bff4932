#include "models/rules/about.h"
#include "tests/compare/comparing.h"

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

Domain withContainers(const QList<Container> &containers)
{
    Domain made = healthyAcilamwen();
    made.guest->engine.containers = containers;
    return made;
}

Fleet withNetwork(const Network &network)
{
    Fleet made = fleetOf(healthyAcilamwen());
    (*made.hypervisors[0].networks)[1] = network;
    return made;
}

Network natNetwork()
{
    Network made = network("default", "nat", "virbr0");
    made.autostart = true;
    made.form->address = InterfaceAddress{ip("192.168.202.1"), 24};
    made.form->reservations.append({mac(natMac), ip(natIp), u"Acilamwen"_s, {u"network.xml"_s, 9, 9}});
    made.leases = QList<Lease>{{mac(natMac),
                                ip(natIp),
                                u"Acilamwen"_s,
                                QDateTime({2023, 7, 18}, {17, 0}, Qt::UTC),
                                {u"leases.json"_s, 1, 1}}};
    return made;
}

} // namespace

class TestCompare : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theSameIsNoChange()
    {
        const Fleet fleet = withNetwork(natNetwork());
        const Comparison comparison = compared(fleet, fleet);
        QCOMPARE(told(comparison), QStringList());
        QCOMPARE(leftOpen(comparison), QStringList());
    }

    void whatPassesIsNoChange()
    {
        Fleet before = withNetwork(natNetwork());
        Domain &domain = (*before.hypervisors[0].domains)[0];
        Container one = container("9683ea05bb04", "apache", "apache");
        one.createdText = u"2 years ago"_s;
        domain.guest->engine.containers = QList<Container>{one};
        domain.guest->system.clock = Sourced<QDateTime>{QDateTime({2023, 7, 18}, {16, 0}, Qt::UTC), {}};
        domain.guest->system.filesystems = QList<Filesystem>{{u"/dev/vda1"_s, u"/"_s, 100, 50, 50, {}}};
        before.hypervisors[0].host.neighbours = QList<Neighbour>{};
        Fleet after = before;
        after.taken = after.taken.addDays(1);
        (*(*after.hypervisors[0].networks)[1].leases)[0].expires = QDateTime({2023, 7, 19}, {17, 0}, Qt::UTC);
        Domain &later = (*after.hypervisors[0].domains)[0];
        (*later.guest->engine.containers)[0].status = u"Up 5 weeks"_s;
        (*later.guest->engine.containers)[0].id = u"9683ea05bb04"_s + QString(52, u'0');
        later.guest->system.clock->value = later.guest->system.clock->value.addDays(1);
        (*later.guest->system.filesystems)[0].usedKib = 51;
        after.hypervisors[0].host.neighbours = QList<Neighbour>{{ip(natIp), mac(natMac), {}, {}, {}}};
        // Started anew, a domain's taps and aliases have other numbers.
        later.live->nics[1].target = u"vnet17"_s;
        later.live->nics[1].alias = u"net0"_s;
        QCOMPARE(told(compared(before, after)), QStringList());
    }

    void aDomainsOwnFields()
    {
        const Domain before = healthyAcilamwen();
        Domain after = before;
        after.state = DomainState::Paused;
        after.persistent = false;
        QCOMPARE(told(compared(before, after)),
                 (QStringList{u"changed state VM"_s, u"changed persistent VM"_s}));
        QCOMPARE(compared(before, after).changes[0].message,
                 u"The state of Acilamwen was running and is paused."_s);
        QCOMPARE(compared(before, after).changes[0].before, u"running"_s);
        // Read in one only: that is no change.
        after = before;
        after.autostart = true;
        QCOMPARE(told(compared(before, after)), QStringList());
        QCOMPARE(leftOpen(compared(before, after)),
                 QStringList(u"trop02/vm/Acilamwen: The autostart of Acilamwen: read in the later alone."_s));
    }

    void aVmThatIsShutOffLosesNoNics()
    {
        const Domain before = healthyAcilamwen();
        Domain after = before;
        after.state = DomainState::ShutOff;
        after.live.reset();
        after.guest.reset();
        QCOMPARE(told(compared(before, after)),
                 (QStringList{u"changed float-holder float/float1"_s, u"changed state VM"_s}));
        QCOMPARE(leftOpen(compared(before, after)), QStringList());
    }

    void aNicThatIsAttachedLiveAndPersistently()
    {
        const Domain before = healthyAcilamwen();
        Domain after = before;
        after.live->nics.append(liveBridged(float2Mac, 2, 8));
        after.inactive->nics.append(persistent(float2Mac, "bridged", 8));
        const Comparison comparison = compared(before, after);
        QCOMPARE(told(comparison), (QStringList{u"changed float-holder float/float2"_s,
                                                u"added nic VM/nic/52:54:00:00:01:01"_s}));
        QCOMPARE(
            comparison.changes[1].message,
            u"The NIC 52:54:00:00:01:01 on bridged is new, in the live and the persistent description of "
            "Acilamwen."_s);
        QCOMPARE(comparison.changes[1].sourcesAfter.size(), 2);
        after.inactive = before.inactive;
        QVERIFY(compared(before, after)
                    .changes[1]
                    .message.endsWith(u"in the live description of Acilamwen alone."_s));
    }

    void nicsAreFollowedBySlotAndMac()
    {
        const Domain before = healthyAcilamwen();
        Domain after = before;
        after.live->nics[1].mac = mac("52:54:00:00:09:09");
        after.live->nics[0].pci = slot(9);
        after.live->nics[0].linkUp = false;
        after.live->nics.swapItemsAt(0, 1);
        const QStringList all = told(compared(before, after));
        QVERIFY(all.contains(u"changed nic-mac VM/nic/52:54:00:00:09:09"_s));
        QVERIFY(all.contains(u"changed nic-slot VM/nic/52:54:00:02:02:0f"_s));
        QVERIFY(all.contains(u"changed nic-link VM/nic/52:54:00:02:02:0f"_s));
        QCOMPARE(all.size(), 3);
    }

    /// What a fragment lacks may well be there.
    void aFragmentIsNotCompared()
    {
        Domain after = healthyAcilamwen();
        after.live = fragment({after.live->nics[1]});
        const Comparison comparison = compared(healthyAcilamwen(), after);
        QCOMPARE(told(comparison), QStringList());
        QVERIFY2(leftOpen(comparison)
                     .join(u' ')
                     .contains(u"The NIC 52:54:00:02:02:0f on default: read in the "
                               "earlier alone"_s),
                 qPrintable(leftOpen(comparison).join(u' ')));
    }

    void disks()
    {
        Domain before = healthyAcilamwen();
        Disk disk;
        disk.target = u"vda"_s;
        disk.path = u"/live/a.qcow"_s;
        before.live->disks.append(disk);
        before.inactive->disks.append(disk);
        Domain after = before;
        after.live->disks[0].path = after.inactive->disks[0].path = u"/live/b.qcow"_s;
        disk.target = u"sda"_s;
        disk.path = u"/iso/boot.iso"_s;
        after.inactive->disks.append(disk);
        const Comparison comparison = compared(before, after);
        QCOMPARE(told(comparison), (QStringList{u"changed disk VM"_s, u"added disk VM"_s}));
        QVERIFY(comparison.changes[0].message.startsWith(
            u"The image of the disk vda was /live/a.qcow and is /live/b.qcow"_s));
    }

    void vmsThatComeAndGo()
    {
        Fleet before = fleetOf(healthyAcilamwen());
        Fleet after = before;
        after.hypervisors[0].domains->append(vm("Ulov"));
        QCOMPARE(told(compared(before, after)), QStringList(u"added vm trop02/vm/Ulov"_s));
        QCOMPARE(told(compared(after, before)), QStringList(u"removed vm trop02/vm/Ulov"_s));
        // VMs that are known by a file alone say nothing of others.
        before.hypervisors[0].domains = QList<Domain>{vm("Acilamwen", DomainState::Unknown)};
        QVERIFY(!told(compared(before, after)).contains(u"added vm trop02/vm/Ulov"_s));
    }

    void whatWasNotReadIsNotComparable()
    {
        const Fleet before = fleetOf(healthyAcilamwen());
        Fleet after = before;
        after.hypervisors[0].domains.reset();
        after.hypervisors[0].networks.reset();
        const Comparison comparison = compared(before, after);
        QCOMPARE(told(comparison), QStringList());
        const QString open = leftOpen(comparison).join(u'\n');
        QVERIFY2(open.contains(u"trop02: Its networks, its VMs: read in the earlier alone."_s),
                 qPrintable(open));
        QVERIFY2(open.contains(
                     u"float/float1: Who holds it: not all of Acilamwen on trop02 was read in the later."_s),
                 qPrintable(open));
    }

    void hypervisorsThatComeAndGo()
    {
        const Fleet one = fleet({hypervisor("trop02", {})});
        const Fleet two = fleet({hypervisor("trop02", {}), hypervisor("trop03", {})});
        QCOMPARE(told(compared(one, two)), QStringList(u"added hypervisor trop03"_s));
        QCOMPARE(told(compared(two, one)), QStringList(u"removed hypervisor trop03"_s));
        // Without a fleet file it may just not have been read.
        const Comparison bare = compare(snapshotOf(two, Policy()), snapshotOf(one, Policy()));
        QCOMPARE(told(bare), QStringList());
        QCOMPARE(leftOpen(bare), QStringList(u"trop03: It was read in the earlier alone."_s));
    }

    void networks()
    {
        const Network before = natNetwork();
        Network after = before;
        after.active = false;
        after.autostart = false;
        after.form->bridge = u"virbr9"_s;
        after.form->reservations[0].mac = mac("52:54:00:02:02:10");
        after.form->reservations.append({mac("52:54:00:02:02:0a"), ip("192.168.202.10"), u"Ulov"_s, {}});
        after.leases->clear();
        const Comparison comparison = compared(withNetwork(before), withNetwork(after));
        const QString at = u" trop02/network/default"_s;
        QCOMPARE(told(comparison), (QStringList{u"changed active"_s + at, u"changed autostart"_s + at,
                                                u"changed bridge"_s + at, u"changed reservation"_s + at,
                                                u"added reservation"_s + at, u"removed lease"_s + at}));
        QCOMPARE(comparison.changes[3].message,
                 u"The reservation for Acilamwen of the network default on trop02 was 52:54:00:02:02:0f "
                 "192.168.202.15 Acilamwen and is 52:54:00:02:02:10 192.168.202.15 Acilamwen."_s);
    }

    void aNetworkThatIsGone()
    {
        const Fleet before = withNetwork(natNetwork());
        Fleet after = before;
        after.hypervisors[0].networks->removeLast();
        QCOMPARE(told(compared(before, after)), QStringList(u"removed network trop02/network/default"_s));
        // Known from declared files alone, the others are not known to be gone.
        (*after.hypervisors[0].networks)[0].active.reset();
        QVERIFY(!told(compared(before, after)).contains(u"removed network trop02/network/default"_s));
    }

    void filesSettingBySetting()
    {
        Domain before = healthyAcilamwen();
        InterfaceConfig &file = before.guest->configs[1];
        file.settings = {{u"DEVICE"_s, u"ens7"_s, {file.source.document, 2, 2}},
                         {u"HWADDR"_s, u"52:54:00:00:01:00"_s, {file.source.document, 8, 8}},
                         {u"IPV4INIT"_s, u"yes"_s, {file.source.document, 9, 9}}};
        Domain after = before;
        after.guest->configs[1].settings[1].value = u"52:54:00:00:01:01"_s;
        after.guest->configs[1].settings[2] = {u"ONBOOT"_s, u"no"_s, {file.source.document, 9, 9}};
        const Comparison comparison = compared(before, after);
        QCOMPARE(told(comparison),
                 (QStringList{u"changed setting VM/if/ens7"_s, u"removed setting VM/if/ens7"_s,
                              u"added setting VM/if/ens7"_s}));
        QCOMPARE(comparison.changes[0].message,
                 u"HWADDR in ifcfg-ens7 of Acilamwen was 52:54:00:00:01:00 and is 52:54:00:00:01:01."_s);
        QCOMPARE(comparison.changes[0].sourcesBefore, (QList<Source>{{file.source.document, 8, 8}}));
        QVERIFY(
            comparison.changes[1].message.startsWith(u"IPV4INIT in ifcfg-ens7 of Acilamwen = yes is gone"_s));
    }

    void filesThatComeAndGo()
    {
        const Domain before = healthyAcilamwen();
        Domain after = before;
        after.guest->configs.removeLast();
        QCOMPARE(told(compared(before, after)), QStringList(u"removed file VM/if/ens7"_s));
        after.guest->configsRead = false;
        QCOMPARE(told(compared(before, after)), QStringList());
        QVERIFY(leftOpen(compared(before, after))
                    .join(u' ')
                    .contains(u"Ifcfg-ens7: read in the earlier alone"_s));
    }

    void interfacesInside()
    {
        const Domain before = healthyAcilamwen();
        Domain after = before;
        QList<Interface> &in = after.guest->system.interfaces->items;
        in[1].addresses[0].address = ip("129.215.175.101");
        in[0].up = false;
        in.append(inside("eth2", float2Mac));
        in.append(inside("veth1234567", "0e:00:00:00:00:01"));
        const QStringList all = told(compared(before, after));
        QVERIFY(all.contains(u"changed address VM/if/ens7"_s));
        QVERIFY(all.contains(u"changed state VM/if/ens3"_s));
        QVERIFY(all.contains(u"added interface VM/if/eth2"_s));
        QVERIFY(!all.join(u' ').contains(u"veth"_s));
        // A listing with lines left out does not say that something is gone.
        after = before;
        after.guest->system.interfaces->items.removeFirst();
        after.guest->system.interfaces->elided = true;
        QCOMPARE(told(compared(before, after)), QStringList());
    }

    void systemsAndRoutes()
    {
        Domain before = healthyAcilamwen();
        before.guest->system.os = OsRelease{u"fedora"_s, u"28"_s, u"Fedora release 28"_s, {}};
        before.guest->system.kernel = Sourced<QString>{u"4.18"_s, {}};
        before.guest->system.routes = QList<Route>{{{}, ip("129.215.175.126"), u"ens7"_s, {}, {}}};
        before.guest->packages = QList<PackageTransaction>{
            {2, u"-y install docker-ce"_s, QDateTime({2018, 10, 16}, {13, 41}), u"Install"_s, {}}};
        Domain after = before;
        after.guest->system.os->pretty = u"Fedora release 40"_s;
        after.guest->system.kernel->value = u"6.8"_s;
        (*after.guest->system.routes)[0].gateway = ip("192.168.202.1");
        after.guest->packages->prepend({3, u"upgrade"_s, QDateTime({2023, 7, 1}, {9, 0}), u"Upgrade"_s, {}});
        const Comparison comparison = compared(before, after);
        QCOMPARE(told(comparison), (QStringList{u"changed kernel VM"_s, u"changed os VM"_s,
                                                u"changed route VM"_s, u"added packages VM"_s}));
        QCOMPARE(comparison.changes[2].message,
                 u"The gateway of the default route through ens7 of Acilamwen was 129.215.175.126 and is "
                 "192.168.202.1."_s);
    }

    void portsOfBridges()
    {
        Fleet before = fleetOf(healthyAcilamwen());
        before.hypervisors[0].host.bridgePorts = QList<BridgePort>{
            {u"br0"_s, u"eth0"_s, u"forwarding"_s, {}}, {u"br0"_s, u"vnet1"_s, u"forwarding"_s, {}}};
        Fleet after = before;
        (*after.hypervisors[0].host.bridgePorts)[0].port = u"eth1"_s;
        (*after.hypervisors[0].host.bridgePorts)[1].port = u"vnet9"_s;
        QCOMPARE(told(compared(before, after)),
                 (QStringList{u"added port trop02/bridge/br0"_s, u"removed port trop02/bridge/br0"_s}));
    }

    void containers()
    {
        Container apache = container("9683ea05bb04", "apache", "apache:2.4");
        const Domain before = withContainers({apache, container("aaaaaaaaaaaa", "old", "x")});
        apache.id = u"111111111111"_s;
        apache.image = u"apache:2.6"_s;
        const Domain after = withContainers({apache, container("bbbbbbbbbbbb", "new", "x")});
        const Comparison comparison = compared(before, after);
        QCOMPARE(
            told(comparison),
            (QStringList{u"changed container VM/container/apache"_s, u"changed image VM/container/apache"_s,
                         u"added container VM/container/new"_s, u"removed container VM/container/old"_s}));
    }

    /// A task's name has its id in it: what is compared is its place.
    void aTaskThatWasStartedAnewIsOneChange()
    {
        const Domain before = withContainers(
            {task("web", 1, "aaaaaaaaaaaa", "nginx"), task("web", 2, "bbbbbbbbbbbb", "nginx")});
        const Domain after = withContainers(
            {task("web", 1, "aaaaaaaaaaaa", "nginx"), task("web", 2, "cccccccccccc", "nginx")});
        const Comparison comparison = compared(before, after);
        QCOMPARE(told(comparison), QStringList(u"changed container VM/container/web.2.cccccccccccc"_s));
        QVERIFY(comparison.changes[0].message.startsWith(u"web.2 of Acilamwen was made anew"_s));
    }

    void swarms()
    {
        Domain before = healthyAcilamwen();
        Engine &engine = before.guest->engine;
        engine.services = QList<Service>{{u"s1"_s, u"web"_s, u"replicated"_s, u"nginx:1"_s, 2, 2, {}, {}}};
        engine.tasks = QList<SwarmTask>{{u"t1"_s,
                                         u"web.1"_s,
                                         u"web"_s,
                                         1,
                                         u"nginx:1"_s,
                                         u"Acilamwen"_s,
                                         u"Running"_s,
                                         u"Running 2 hours ago"_s,
                                         {},
                                         {}},
                                        {u"t0"_s,
                                         u"web.1"_s,
                                         u"web"_s,
                                         1,
                                         u"nginx:1"_s,
                                         u"Acilamwen"_s,
                                         u"Shutdown"_s,
                                         u"Failed 3 hours ago"_s,
                                         {},
                                         {}}};
        engine.nodes = QList<SwarmNode>{{u"n1"_s, u"Acilamwen"_s, u"Ready"_s, u"Active"_s, u"Leader"_s, {}}};
        Domain after = before;
        Engine &later = after.guest->engine;
        (*later.tasks)[0].currentState = u"Running 3 hours ago"_s;
        (*later.tasks)[1].id = u"t9"_s;
        QCOMPARE(told(compared(before, after)), QStringList());
        (*later.services)[0].desired = 3;
        (*later.tasks)[0].node = u"Eterathiel"_s;
        (*later.nodes)[0].status = u"Down"_s;
        QCOMPARE(told(compared(before, after)),
                 (QStringList{u"changed replicas-wanted VM/service/web"_s, u"changed task VM/service/web"_s,
                              u"changed node VM"_s}));
    }

    void aFloatThatMoved()
    {
        Domain bare = healthyAcilamwen();
        bare.live->nics.removeLast();
        bare.inactive->nics.removeLast();
        bare.guest->configs.removeLast();
        bare.guest->system.interfaces->items.removeLast();
        Domain other = healthyAcilamwen();
        other.name = u"Ulov"_s;
        Domain otherBare = bare;
        otherBare.name = u"Ulov"_s;
        const Fleet before = fleet({hypervisor("trop02", {healthyAcilamwen(), otherBare})});
        const Fleet after = fleet({hypervisor("trop02", {bare, other})});
        const Comparison comparison = compared(before, after);
        QCOMPARE(comparison.changes[0].subject, u"float/float1"_s);
        QCOMPARE(comparison.changes[0].message,
                 u"float1 moved from Acilamwen on trop02 (NIC and address) to Ulov on "
                 "trop02 (NIC and address)."_s);
        QVERIFY(!comparison.changes[0].sourcesBefore.isEmpty() &&
                !comparison.changes[0].sourcesAfter.isEmpty());
    }

    void theFloatTableItself()
    {
        const Fleet same = fleetOf(vm("Ulov", DomainState::ShutOff));
        Policy later = policy();
        later.floats[0].mac = mac("52:54:00:00:01:09");
        later.floats.removeLast();
        QCOMPARE(told(compare(snapshotOf(same), snapshotOf(same, later))),
                 (QStringList{u"changed float float/float1"_s, u"removed float float/float4"_s}));
    }

    void findingsThatCameAndWent()
    {
        Snapshot before = snapshotOf(fleetOf(healthyAcilamwen()));
        Snapshot after = before;
        const QString ifcfg = u"trop02/guests/Acilamwen/ifcfg/ifcfg-ens7"_s;
        for (Snapshot *one : {&before, &after})
            one->evidence.documents.insert(u"trop02/guests/Acilamwen/interface-pci.txt"_s, {});
        after.evidence.documents.insert(ifcfg, {});
        Finding finding = about(u"trop02/vm/Acilamwen/if/ens7"_s, u"It is wrong."_s, {{ifcfg, 8, 8}});
        finding.rule = u"float-mac-ip-mismatch"_s;
        finding.severity = Severity::Error;
        after.findings = {finding};
        // The file is new, and that it was not there was seen.
        QCOMPARE(told(compare(before, after)), QStringList(u"added finding VM/if/ens7"_s));
        QCOMPARE(compare(before, after).changes[0].message,
                 u"New finding float-mac-ip-mismatch: It is wrong."_s);
        QCOMPARE(told(compare(after, before)), QStringList(u"removed finding VM/if/ens7"_s));
        // Where nobody looked, it is not known to be gone.
        before.evidence.documents.clear();
        QCOMPARE(told(compare(after, before)), QStringList());
        QCOMPARE(leftOpen(compare(after, before)).size(), 1);
        before = after;
        before.findings[0].severity = Severity::Warning;
        before.findings[0].accepted = u"soon gone"_s;
        QCOMPARE(compare(before, after).changes.size(), 2);
    }

    void hostileNamesAreHarmless()
    {
        Domain before = vm("%1 %2\x1b[31m");
        Domain after = before;
        after.state = DomainState::ShutOff;
        QCOMPARE(compared(before, after).changes[0].message,
                 u"The state of %1 %2\x1b[31m was running and is shut off."_s);
    }
};

QTEST_GUILESS_MAIN(TestCompare)
#include "test_compare.moc"
