#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList notesFaults{u"float-duplicate-nic:trop02/vm/Acilamwen"_s,
                              u"float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens5"_s};

} // namespace

class TestFloatRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nothingIsWrongWithAHealthyFloat()
    {
        const auto findings = judged(fleetOf(healthyAcilamwen()));
        QCOMPARE(allIds(findings),
                 (QStringList{u"float-unassigned:float/float2"_s, u"float-unassigned:float/float3"_s,
                              u"float-unassigned:float/float4"_s}));
    }

    void olderLibvirtsBridgeIsTheNetwork()
    {
        Domain vm = healthyAcilamwen();
        vm.live->nics[1] = liveBridgeOnly(float1Mac, 1, 7);
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        // Nor does a second network on the same bridge make it another connection, whichever is named first.
        for (const bool first : {true, false}) {
            Hypervisor host = hypervisor("trop02", {vm});
            const Network twin = network("public", "bridge", "br0");
            first ? host.networks->prepend(twin) : host.networks->append(twin);
            QCOMPARE(wrongs(fleet({host})), QStringList());
        }
        Hypervisor unread = hypervisor("trop02", {vm});
        unread.networks.reset();
        QCOMPARE(wrongs(fleet({unread})), QStringList());
    }

    void theNotesFaultsAreTwo()
    {
        const auto findings = judged(fleetOf(notesAcilamwen()));
        QCOMPARE(allIds(findings), notesFaults);
        const Finding copies = findingOf(findings, "float-duplicate-nic");
        QVERIFY2(copies.message.contains(u"4 live NICs (vnet1, vnet2, vnet3, vnet4)"_s),
                 qPrintable(copies.message));
        QVERIFY2(copies.message.contains(u"float2"_s), qPrintable(copies.message));
        QVERIFY2(copies.message.contains(u"eth2, eth3, eth4"_s), qPrintable(copies.message));
        const Finding mixed = findingOf(findings, "float-mac-ip-mismatch");
        for (const QString &part : {u"float1"_s, u"float2"_s, u"129.215.175.100"_s, u"52:54:00:00:01:01"_s})
            QVERIFY2(mixed.message.contains(part), qPrintable(mixed.message));
        QVERIFY(mixed.evidence.size() >= 4);
        QCOMPARE(mixed.evidence.front().source.document, u"ifcfg/ifcfg-ens5"_s);
    }

    void theLabsFormSaysTheSame()
    {
        QStringList wanted = notesFaults;
        wanted[1].replace(u"ens5"_s, u"ens7"_s);
        const auto findings = judged(fleetOf(labAcilamwen()));
        QCOMPARE(wrongs(findings), wanted);
        const Finding copies = findingOf(findings, "float-duplicate-nic");
        QVERIFY2(copies.message.contains(u"4 persistent NICs"_s), qPrintable(copies.message));
        QVERIFY2(copies.message.contains(u"ens7 (vnet1), ens8 (vnet2), ens9 (vnet3), ens10 (vnet4)"_s),
                 qPrintable(copies.message));
    }

    void copiesMadeLiveAloneAreOneFault()
    {
        Domain vm = labAcilamwen();
        vm.inactive->nics.resize(2);
        QCOMPARE(wrongs(fleetOf(vm)).filter(u"drift"_s), QStringList());
        vm.live->nics.resize(2);
        vm.guest->system.interfaces->items.resize(2);
        QVERIFY(findingOf(judged(fleetOf(vm)), "float-duplicate-nic").rule.isEmpty());
    }

    void aSlipOfTheHandIsOneFault_data()
    {
        QTest::addColumn<bool>("up");
        QTest::addColumn<bool>("otherName");
        QTest::addColumn<bool>("attached");
        QTest::newRow("not come up") << false << false << true;
        QTest::newRow("up all the same") << true << false << true;
        QTest::newRow("interface has another name") << false << true << true;
        QTest::newRow("NIC not attached") << false << false << false;
    }

    void aSlipOfTheHandIsOneFault()
    {
        QFETCH(bool, up);
        QFETCH(bool, otherName);
        QFETCH(bool, attached);
        Domain vm = healthyAcilamwen();
        vm.guest->configs[1] = ifcfg("ens5", "52:54:00:00:00:01", float1Ip);
        vm.guest->system.interfaces->items[1] =
            inside(otherName ? "eth1" : "ens5", float1Mac, up ? float1Ip : nullptr, 7);
        if (!attached) {
            vm.live->nics.resize(1);
            vm.inactive->nics.resize(1);
            vm.guest->system.interfaces->items.resize(1);
        }
        const auto findings = judged(fleetOf(vm));
        QCOMPARE(wrongs(findings), QStringList(u"nic-mac-unknown-inside:trop02/vm/Acilamwen/if/ens5"_s));
        const QString message = findings.front().message;
        QVERIFY2(message.contains(u"52:54:00:00:01:00"_s) && message.contains(u"float1"_s) &&
                     message.contains(u"two bytes swapped"_s),
                 qPrintable(message));
    }

    void fileAndKernelAreJudgedApart()
    {
        // The file was mended, but the interface was not restarted; and the other way round.
        Domain vm = healthyAcilamwen();
        vm.live->nics.append(liveBridged(float2Mac, 2, 8));
        vm.inactive->nics.append(persistent(float2Mac, "bridged", 8));
        vm.guest->system.interfaces->items[1].mac = mac(float2Mac);
        vm.guest->system.interfaces->items.append(inside("ens8", float2Mac, float2Ip, 8));
        vm.guest->configs.append(ifcfg("ens8", float2Mac, float2Ip));
        const QString id = u"float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens7"_s;
        QVERIFY(wrongs(fleetOf(vm)).contains(id));
        vm.guest->system.interfaces->items[1].mac = mac(float1Mac);
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm.guest->configs[1].hwaddr->value = mac(float2Mac);
        QVERIFY(wrongs(fleetOf(vm)).contains(id));
    }

    void aFloatAddressOnTheNatNicIsAMismatch()
    {
        Domain vm = healthyAcilamwen();
        vm.live->nics.resize(1);
        vm.inactive->nics.resize(1);
        vm.guest = guest({inside("ens3", natMac, natIp, 3)}, {ifcfg("ens3", nullptr)});
        vm.guest->system.interfaces->items[0].addresses.append({ip(float1Ip), 24});
        QCOMPARE(wrongs(fleetOf(vm)), QStringList(u"float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens3"_s));
    }

    void twoWrongAddressesOnOneInterfaceAreOneFinding()
    {
        Domain vm = healthyAcilamwen();
        vm.guest->system.interfaces->items[0].addresses.append({ip("129.215.175.102"), 24});
        vm.guest->system.interfaces->items[0].addresses.append({ip("129.215.175.103"), 24});
        const auto findings = judged(fleetOf(vm));
        QCOMPARE(wrongs(findings), QStringList(u"float-mac-ip-mismatch:trop02/vm/Acilamwen/if/ens3"_s));
        QVERIFY(findings.front().message.contains(u"float3"_s) &&
                findings.front().message.contains(u"float4"_s));
        QVERIFY(findings.front().related.contains(u"float/float3"_s) &&
                findings.front().related.contains(u"float/float4"_s));
    }

    void aBridgeOrBondInsideMayCarryTheFloat_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("said");
        for (const char *kind : {"bridge", "bond"})
            for (const bool said : {true, false})
                QTest::addRow("%s %s", kind, said ? "by ip" : "by ifconfig")
                    << QString::fromLatin1(kind) << said;
    }

    void aBridgeOrBondInsideMayCarryTheFloat()
    {
        QFETCH(QString, kind);
        QFETCH(bool, said);
        Domain vm = healthyAcilamwen();
        const char *name = kind == u"bridge"_s ? "br0" : "bond0";
        QList<Interface> &in = vm.guest->system.interfaces->items;
        in[1] = inside("eth1", float1Mac, nullptr, said ? 7 : -1);
        in.append(inside(name, float1Mac, float1Ip));
        if (said) {
            in[1].master = str(name);
            in[2].kind = kind;
        }
        vm.guest->configs = {ifcfg("ens3", nullptr), ifcfg(name, nullptr, float1Ip)};
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        // A bridge takes the lowest of its ports' MACs, here a container's.
        in[2].mac = mac("02:42:00:00:00:01");
        if (said)
            QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void twoMachinesClaimAFloat_data()
    {
        QTest::addColumn<bool>("byMac");
        QTest::addColumn<bool>("byAddress");
        QTest::newRow("MAC and address") << true << true;
        QTest::newRow("MAC alone") << true << false;
        QTest::newRow("address alone") << false << true;
        QTest::newRow("neither") << false << false;
    }

    void twoMachinesClaimAFloat()
    {
        QFETCH(bool, byMac);
        QFETCH(bool, byAddress);
        const char *otherNat = "52:54:00:02:01:08";
        Domain other = vm("Ulov", form({liveNat(otherNat, 0, 3)}), form({persistent(otherNat, "default", 3)}),
                          guest({inside("ens3", otherNat, "192.168.201.8", 3)}, {ifcfg("ens3", nullptr)}));
        if (byMac) {
            other.live->nics.append(liveBridged(float1Mac, 1, 7));
            other.inactive->nics.append(persistent(float1Mac, "bridged", 7));
        }
        if (byAddress)
            other.guest->configs.append(ifcfg("ens7", float1Mac, float1Ip));
        const Fleet both = fleet({hypervisor("trop01", {other}), hypervisor("trop02", {healthyAcilamwen()})});
        const auto findings = judged(both);
        const Finding twice = findingOf(findings, "float-claimed-twice");
        QCOMPARE(twice.subject, byMac || byAddress ? u"float/float1"_s : QString());
        QCOMPARE(wrongs(findings).filter(u"nic-mac-duplicate"_s), QStringList());
        if (byMac || byAddress)
            QCOMPARE(twice.related, (QStringList{u"trop01/vm/Ulov"_s, u"trop02/vm/Acilamwen"_s}));
    }

    void aHypervisorsPortAndBridgeAreOneClaimant()
    {
        // ifconfig shows the address at the bridge and at its port alike.
        Domain empty = healthyAcilamwen();
        empty.live->nics.resize(1);
        empty.inactive->nics.resize(1);
        empty.guest = guest({inside("ens3", natMac, natIp, 3)}, {ifcfg("ens3", nullptr)});
        Hypervisor host = hypervisor("trop02", {empty});
        host.host.interfaces = InterfaceList{{inside("br0", "0c:c4:7a:35:12:06", float1Ip),
                                              inside("eth0", "0c:c4:7a:35:12:06", float1Ip),
                                              inside("virbr0", "52:54:00:02:02:01", "192.168.202.1")},
                                             false};
        QCOMPARE(wrongs(fleet({host})), QStringList());
        host.domains = QList<Domain>{healthyAcilamwen()};
        QCOMPARE(wrongs(fleet({host})), QStringList(u"float-claimed-twice:float/float1"_s));
    }

    void halfAFloat()
    {
        Domain noNic = healthyAcilamwen();
        noNic.live->nics.resize(1);
        noNic.inactive->nics.resize(1);
        noNic.guest->system.interfaces->items.resize(1);
        QCOMPARE(wrongs(fleetOf(noNic)), QStringList(u"float-half-assigned:trop02/vm/Acilamwen/if/ens7"_s));

        Domain noInside = healthyAcilamwen();
        noInside.guest->configs.resize(1);
        noInside.guest->system.interfaces->items[1].addresses.clear();
        const QStringList half{u"float-half-assigned:trop02/vm/Acilamwen/nic/52:54:00:00:01:00"_s};
        QCOMPARE(wrongs(fleetOf(noInside)), half);
    }

    void nothingIsHalfWhereEvidenceIsMissing()
    {
        Domain noInside = healthyAcilamwen();
        noInside.guest->configs.resize(1);
        noInside.guest->system.interfaces->items[1].addresses.clear();

        Domain elided = noInside;
        elided.guest->system.interfaces->elided = true;
        QCOMPARE(wrongs(fleetOf(elided)), QStringList());
        Domain filesUnread = noInside;
        filesUnread.guest->configsRead = false;
        QCOMPARE(wrongs(fleetOf(filesUnread)), QStringList());
        Domain unread = noInside;
        unread.guest.reset();
        QCOMPARE(wrongs(fleetOf(unread)), QStringList());

        Domain noNic = healthyAcilamwen();
        noNic.live = fragment({noNic.live->nics[0]});
        noNic.inactive.reset();
        QCOMPARE(wrongs(fleetOf(noNic)), QStringList());
        // A running domain of which only the persistent form was read, and one whose state nobody told.
        Domain persistentOnly = healthyAcilamwen();
        persistentOnly.live.reset();
        persistentOnly.inactive->nics.resize(1);
        QCOMPARE(wrongs(fleetOf(persistentOnly)), QStringList());
        for (const DomainState state : {DomainState::Unknown, DomainState::Paused}) {
            persistentOnly.state = state;
            QCOMPARE(wrongs(fleetOf(persistentOnly)), QStringList());
        }
    }

    void floatsOnTheWrongNetwork_data()
    {
        QTest::addColumn<QString>("bridge");
        QTest::addColumn<QString>("network");
        QTest::addColumn<bool>("networksRead");
        QTest::addColumn<bool>("wrong");
        QTest::newRow("NAT") << u"virbr0"_s << u"default"_s << true << true;
        QTest::newRow("NAT, networks unread") << u"virbr0"_s << u"default"_s << false << true;
        QTest::newRow("a bridge without a network") << u"br1"_s << QString() << true << true;
        QTest::newRow("the same, networks unread") << u"br1"_s << QString() << false << false;
        QTest::newRow("the right bridge alone") << u"br0"_s << QString() << true << false;
        QTest::newRow("another network on the right bridge") << u"br0"_s << u"public"_s << true << false;
    }

    void floatsOnTheWrongNetwork()
    {
        QFETCH(QString, bridge);
        QFETCH(QString, network);
        QFETCH(bool, networksRead);
        QFETCH(bool, wrong);
        Domain vm = healthyAcilamwen();
        for (Nic *nic : {&vm.live->nics[1], &vm.inactive->nics[1]}) {
            nic->bridge = bridge;
            nic->network = network;
        }
        Hypervisor host = hypervisor("trop02", {vm});
        host.networks->prepend(build::network("public", "bridge", "br0"));
        if (!networksRead)
            host.networks.reset();
        const QStringList found = wrongs(fleet({host}));
        const QStringList id{u"float-wrong-network:trop02/vm/Acilamwen/nic/52:54:00:00:01:00"_s};
        QCOMPARE(found, wrong ? id : QStringList());
        Policy anywhere = policy();
        anywhere.floatNetwork.clear();
        QCOMPARE(wrongs(fleet({host}), anywhere), QStringList());
    }

    void floatsMayBelongOnABridge()
    {
        Policy byBridge = policy();
        byBridge.floatNetwork = u"br0"_s;
        Fleet all = fleetOf(healthyAcilamwen());
        QCOMPARE(wrongs(all, byBridge), QStringList());
        all.hypervisors[0].networks.reset(); // then "bridged" may well be on br0
        QCOMPARE(wrongs(all, byBridge), QStringList());
    }

    void onlyThePersistentNicIsOnTheWrongNetwork()
    {
        Domain vm = healthyAcilamwen();
        vm.inactive->nics[1] = persistent(float1Mac, "default", 7);
        const auto findings = judged(fleetOf(vm));
        QCOMPARE(wrongs(findings),
                 QStringList(u"float-wrong-network:trop02/vm/Acilamwen/nic/52:54:00:00:01:00"_s));
        QVERIFY2(findings.front().message.contains(u"persistent"_s), qPrintable(findings.front().message));
    }

    void attachedLiveAlone()
    {
        Domain vm = healthyAcilamwen();
        vm.inactive->nics.resize(1);
        const QStringList lost{u"float-not-persistent:trop02/vm/Acilamwen/if/ens7"_s};
        QCOMPARE(wrongs(fleetOf(vm)), lost);
        vm.inactive.reset();
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm.inactive = fragment({});
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());

        Domain noFile = healthyAcilamwen();
        noFile.guest->configs.resize(1);
        QCOMPARE(wrongs(fleetOf(noFile)), lost);
        noFile.guest->configsRead = false;
        QCOMPARE(wrongs(fleetOf(noFile)), QStringList());
    }

    void setUpButNotUp()
    {
        Domain detached = healthyAcilamwen();
        detached.live->nics.resize(1);
        detached.guest->system.interfaces->items.resize(1);
        const QStringList down{u"float-not-live:trop02/vm/Acilamwen/if/ens7"_s};
        QCOMPARE(wrongs(fleetOf(detached)), down);

        Domain noAddress = healthyAcilamwen();
        noAddress.guest->system.interfaces->items[1].addresses.clear();
        QCOMPARE(wrongs(fleetOf(noAddress)), down);
        noAddress.guest->system.interfaces->elided = true;
        QCOMPARE(wrongs(fleetOf(noAddress)), QStringList());
    }

    void aDomainThatIsOffIsQuiet()
    {
        Domain off = healthyAcilamwen();
        off.state = DomainState::ShutOff;
        off.live.reset();
        off.guest.reset();
        const auto findings = judged(fleetOf(off));
        QCOMPARE(wrongs(findings), QStringList());
        QVERIFY(!allIds(findings).contains(u"float-unassigned:float/float1"_s));
    }

    void unassignedNeedsEveryNic()
    {
        const QString free = u"float-unassigned:float/float4"_s;
        const Hypervisor known = hypervisor("trop02", {healthyAcilamwen()});
        QVERIFY(allIds(judged(fleet({known}))).contains(free));
        Hypervisor unread;
        unread.name = u"trop01"_s;
        QVERIFY(!allIds(judged(fleet({known, unread}))).contains(free));
        QVERIFY(!allIds(judged(fleet({known}), policy({u"trop01"_s, u"trop02"_s}))).contains(free));
        QVERIFY(
            !allIds(judged(fleet({hypervisor("trop02", {healthyAcilamwen(), vm("Ulov")})}))).contains(free));
        QVERIFY(!allIds(judged(fleetOf(notesAcilamwen()))).contains(free));
        QCOMPARE(allIds(judged(fleet({}), policy({}))), QStringList());
    }

    void probesCountForAssignedFloats()
    {
        Fleet all = fleetOf(healthyAcilamwen());
        all.reachability = {{ip(float1Ip), false, u"tcp 80: no answer in 3 s"_s, {}},
                            {ip(float2Ip), false, u"tcp 80: no answer in 3 s"_s, {}}};
        QCOMPARE(wrongs(all), QStringList(u"float-unreachable:float/float1"_s));
        all.reachability[0].answered = true;
        QCOMPARE(wrongs(all), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestFloatRules)
#include "test_float_rules.moc"
