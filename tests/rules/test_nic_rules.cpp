#include "models/address/near_miss.h"
#include "models/fleet/connection.h"
#include "models/fleet/inside_outside.h"
#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const char *const spareMac = "52:54:00:02:02:20";

/// A VM with a NAT NIC and a second one on the bridged network that is no float's.
Domain twoNics()
{
    return vm("Ulov", form({liveNat(natMac, 0, 3), liveBridged(spareMac, 1, 7)}),
              form({persistent(natMac, "default", 3), persistent(spareMac, "bridged", 7)}),
              guest({inside("ens3", natMac, natIp, 3), inside("ens7", spareMac, "129.215.175.50", 7)},
                    {ifcfg("ens3", nullptr), ifcfg("ens7", spareMac, "129.215.175.50")}));
}

} // namespace

class TestNicRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void twoNicsOfOneVmShareAMac()
    {
        QCOMPARE(wrongs(fleetOf(twoNics())), QStringList());
        Domain same = twoNics();
        same.live->nics.append(liveBridged(spareMac, 2, 8));
        same.inactive->nics.append(persistent(spareMac, "bridged", 8));
        same.guest->system.interfaces->items.append(inside("ens8", spareMac, "129.215.175.51", 8));
        const QStringList id{u"nic-mac-duplicate:trop02/vm/Ulov/nic/52:54:00:02:02:20"_s};
        const auto findings = judged(fleetOf(same));
        QCOMPARE(wrongs(findings), id);
        QVERIFY2(findings.front().message.startsWith(u"2 NICs have"_s), qPrintable(findings.front().message));
        std::reverse(same.live->nics.begin(), same.live->nics.end());
        std::reverse(same.inactive->nics.begin(), same.inactive->nics.end());
        QCOMPARE(wrongs(fleetOf(same)), id);
    }

    void twoVmsShareAMac()
    {
        const Domain ulov = twoNics();
        Domain araybwyn =
            vm("Araybwyn", form({liveNat(natMac, 4, 3)}), form({persistent(natMac, "default", 3)}),
               guest({inside("ens3", natMac, natIp, 3)}, {ifcfg("ens3", nullptr)}));
        const QStringList id{u"nic-mac-duplicate:trop02/vm/Araybwyn/nic/52:54:00:02:02:0f"_s};
        QCOMPARE(wrongs(fleet({hypervisor("trop02", {ulov, araybwyn})})), id);
        QCOMPARE(wrongs(fleet({hypervisor("trop02", {araybwyn, ulov})})), id);
        araybwyn.live.reset();
        araybwyn.guest.reset();
        araybwyn.state = DomainState::ShutOff;
        QCOMPARE(wrongs(fleet({hypervisor("trop02", {ulov, araybwyn})})), id);
    }

    void aCopyThatNothingConfiguresIsOneFault()
    {
        Domain same = twoNics();
        same.live->nics.append(liveBridged(spareMac, 2, 8));
        same.inactive->nics.append(persistent(spareMac, "bridged", 8));
        same.guest->system.interfaces->items.append(inside("ens8", spareMac, nullptr, 8));
        QCOMPARE(wrongs(fleetOf(same)),
                 QStringList(u"nic-mac-duplicate:trop02/vm/Ulov/nic/52:54:00:02:02:20"_s));
    }

    void aDomainOnTwoHypervisorsHasItsNicsOnce()
    {
        Domain here = twoNics();
        here.uuid = u"ac456621-6265-45a6-8a18-aed80b3e01e2"_s;
        Domain there = here;
        there.guest.reset();
        const auto duplicates = [&] {
            return wrongs(fleet({hypervisor("trop02", {here}), hypervisor("trop03", {there})}))
                .filter(u"nic-mac-duplicate"_s);
        };
        QCOMPARE(duplicates(), QStringList());
        there.name = u"Araybwyn"_s;
        QCOMPARE(duplicates(), QStringList());
        there.uuid = u"0c456621-6265-45a6-8a18-aed80b3e01e2"_s;
        QCOMPARE(duplicates().size(), 2); // another domain with the same NICs
    }

    void oneNicMovedIsDriftAndNoDuplicate()
    {
        Domain moved = twoNics();
        moved.inactive->nics[1] = persistent(spareMac, "default", 7);
        QCOMPARE(wrongs(fleetOf(moved)), QStringList(u"nic-config-drift:trop02/vm/Ulov"_s));
    }

    void slotsMayDiverge()
    {
        Domain vm = twoNics();
        for (const int other : {9, 3}) { // also where they cross
            vm.inactive->nics[1].pci = slot(other);
            vm.inactive->nics[0].pci = slot(other == 3 ? 7 : 3);
            QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        }
        std::reverse(vm.inactive->nics.begin(), vm.inactive->nics.end());
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void pairsByAddressBeforeOrder()
    {
        Domain vm = labAcilamwen();
        std::reverse(vm.inactive->nics.begin(), vm.inactive->nics.end());
        vm.inactive->nics.removeLast(); // the NAT NIC
        const auto pairs = pairNics(vm, hypervisor("trop02", {}));
        QCOMPARE(pairs, (QList<NicPair>{{0, -1}, {1, 3}, {2, 2}, {3, 1}, {4, 0}}));
    }

    void driftIsSaidOnce()
    {
        Domain vm = twoNics();
        vm.inactive->nics.resize(1);
        const auto findings = judged(fleetOf(vm));
        QCOMPARE(wrongs(findings), QStringList(u"nic-config-drift:trop02/vm/Ulov"_s));
        QVERIFY2(findings.front().message.contains(u"52:54:00:02:02:20 on bridged"_s),
                 qPrintable(findings.front().message));
        for (const bool liveIsCut : {true, false}) {
            Domain cut = vm;
            (liveIsCut ? cut.live : cut.inactive)->partial = true;
            QCOMPARE(wrongs(fleetOf(cut)), QStringList());
        }
        Domain added = twoNics();
        added.live->nics.resize(1);
        added.guest->system.interfaces->items.resize(1);
        added.guest->configs.resize(1);
        QCOMPARE(wrongs(fleetOf(added)), QStringList(u"nic-config-drift:trop02/vm/Ulov"_s));
    }

    void hostdevNicsAreNoDrift()
    {
        Domain vm = twoNics();
        vm.live->nics[1] = vm.inactive->nics[1] = nic(NicKind::Hostdev, spareMac, 7);
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm.live->nics[1].mac.reset();
        vm.inactive->nics[1].mac.reset();
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void aMacThatNoNicHas()
    {
        Domain vm = twoNics();
        vm.guest->configs[1].hwaddr->value = mac("52:54:00:02:02:02");
        const QStringList id{u"nic-mac-unknown-inside:trop02/vm/Ulov/if/ens7"_s};
        auto findings = judged(fleetOf(vm));
        QCOMPARE(wrongs(findings), id);
        QVERIFY2(findings.front().message.contains(u"52:54:00:02:02:20"_s) &&
                     findings.front().message.contains(u"digits swapped"_s),
                 qPrintable(findings.front().message));
        QCOMPARE(findings.front().evidence.front().source.document, u"ifcfg/ifcfg-ens7"_s);
        QCOMPARE(findings.front().evidence.front().source.first, 8);
        // The NIC that the file was meant for is bare inside by the same cause.
        vm.guest->configs[1].device.clear();
        vm.guest->system.interfaces->items[1].addresses.clear();
        QCOMPARE(wrongs(fleetOf(vm)), QStringList(u"nic-mac-unknown-inside:trop02/vm/Ulov/if/ifcfg-ens7"_s));
    }

    void aMacIsNotUnknownWhereNicsAre()
    {
        Domain vm = twoNics();
        vm.guest->configs[1].hwaddr->value = mac("02:00:00:00:00:99");
        const Domain wrong = vm;
        QCOMPARE(wrongs(fleetOf(wrong)).size(), 1);
        vm.live->partial = true;
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm = wrong;
        vm.live.reset();
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        // A card that was passed through as a plain PCI device has no NIC in the XML, but shows inside.
        vm = wrong;
        vm.guest->system.interfaces->items.append(inside("ens9", "02:00:00:00:00:99", "10.0.0.1", 9));
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void aBareInterface()
    {
        Domain bare = twoNics();
        bare.guest->configs.resize(1);
        bare.guest->system.interfaces->items[1].addresses.clear();
        bare.guest->system.interfaces->items[1].addresses6.append({Ipv6::linkLocalFrom(mac(spareMac)), 64});
        const auto findings = judged(fleetOf(bare));
        QCOMPARE(wrongs(findings), QStringList(u"nic-unconfigured-inside:trop02/vm/Ulov/if/ens7"_s));
        QVERIFY2(findings.front().message.contains(u"it is vnet1 outside"_s),
                 qPrintable(findings.front().message));

        Domain vm = bare; // an address of its own is enough, also an IPv6 one
        vm.guest->system.interfaces->items[1].addresses6.append({*Ipv6::fromString(u"2001:db8::7"), 64});
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm = bare;
        vm.guest->configsRead = false;
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm = bare;
        vm.guest->system.interfaces->elided = true;
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm = bare;
        vm.guest->configs.append(ifcfg("", nullptr)); // may be for any interface
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        vm = bare;
        vm.guest.reset();
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
    }

    void usedFromAbove_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("master");
        QTest::addColumn<bool>("sameMac");
        QTest::newRow("VLAN by ip") << u"data"_s << u"vlan"_s << QString() << true;
        QTest::newRow("VLAN by ifconfig") << u"ens7.100"_s << QString() << QString() << true;
        QTest::newRow("alias") << u"ens7:1"_s << QString() << QString() << true;
        QTest::newRow("bridge by ip") << u"br0"_s << u"bridge"_s << u"br0"_s << true;
        QTest::newRow("bridge by ifconfig") << u"br0"_s << QString() << QString() << true;
        QTest::newRow("bond by ip, another MAC") << u"bond0"_s << u"bond"_s << u"bond0"_s << false;
        QTest::newRow("bond by ifconfig") << u"bond0"_s << QString() << QString() << true;
    }

    void usedFromAbove()
    {
        QFETCH(QString, name);
        QFETCH(QString, kind);
        QFETCH(QString, master);
        QFETCH(bool, sameMac);
        Domain vm = twoNics();
        vm.guest->configs.resize(1);
        QList<Interface> &in = vm.guest->system.interfaces->items;
        in[1].addresses.clear();
        in[1].master = master;
        in.append(inside(qPrintable(name), sameMac ? spareMac : "02:42:ac:11:00:01", "10.0.0.7"));
        in[2].kind = kind;
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        // The interface above is no NIC, so it takes the match from nobody.
        in[1].pci.reset();
        const auto matches = matchInside(*vm.live, *vm.guest);
        QCOMPARE(matches.size(), 2);
        QCOMPARE(matches[1], (InsideMatch{1, u"ens7"_s, InsideMatch::How::UniqueMac}));
    }

    void containersInterfacesAreNoNics()
    {
        Domain vm = twoNics();
        QList<Interface> &in = vm.guest->system.interfaces->items;
        for (const char *name : {"docker0", "veth12ab", "br-0f1e2d3c4b5a", "docker_gwbridge"})
            in.append(inside(name, "02:42:ac:11:00:01"));
        in.append(inside("veth7", spareMac));
        QCOMPARE(wrongs(fleetOf(vm)), QStringList());
        QCOMPARE(matchInside(*vm.live, *vm.guest).size(), 2);
    }

    void matchesByPciWhereAllMacsAreEqual()
    {
        const Domain vm = labAcilamwen();
        const auto matches = matchInside(*vm.live, *vm.guest);
        QCOMPARE(matches.size(), 5);
        for (int i = 1; i <= 4; ++i)
            QCOMPARE(matches[i], (InsideMatch{i, u"ens%1"_s.arg(6 + i), InsideMatch::How::Pci}));
    }

    void keepsTheAmbiguityWhereNothingTells()
    {
        const Domain vm = notesAcilamwen();
        const auto matches = matchInside(*vm.live, *vm.guest);
        QCOMPARE(matches.size(), 12);
        QVERIFY(std::all_of(matches.begin(), matches.end(),
                            [](const auto &match) { return match.how == InsideMatch::How::Ambiguous; }));
    }

    void addressesThatContradictOutweighTheMac()
    {
        Domain vm = twoNics();
        vm.guest->system.interfaces->items[1].pci->value = slot(12);
        QCOMPARE(matchInside(*vm.live, *vm.guest).size(), 1);
    }

    void slipsOfTheHand_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("how");
        QTest::newRow("the notes'") << u"52:54:00:00:00:01"_s << u"with two bytes swapped"_s;
        QTest::newRow("digit") << u"52:54:00:00:01:08"_s << u"with one digit changed"_s;
        QTest::newRow("digits") << u"52:54:00:00:10:00"_s << u"with two digits swapped"_s;
        QTest::newRow("equal") << u"52:54:00:00:01:00"_s << QString();
        QTest::newRow("far") << u"52:54:00:02:02:0f"_s << QString();
    }

    void slipsOfTheHand()
    {
        QFETCH(QString, written);
        QFETCH(QString, how);
        QCOMPARE(slipBetween(mac(float1Mac), *MacAddress::fromString(written)).value_or(QString()), how);
    }

    void theLikeliestSlipIsNamed()
    {
        const QList<MacAddress> floats{mac(float1Mac), mac(float2Mac), mac("52:54:00:00:01:02")};
        const NearMiss swapped{mac(float1Mac), u"with two bytes swapped"_s, true};
        QCOMPARE(nearestSlip(floats, mac("52:54:00:00:00:01")), std::optional(swapped));
        // One digit away from all of them: nobody's.
        QVERIFY(!nearestSlip(floats, mac("52:54:00:00:01:07")));
        QVERIFY(!nearestSlip({}, mac(float1Mac)));
        QVERIFY(nearestSlip({mac(float1Mac), mac(float1Mac)}, mac("52:54:00:00:01:07")));
    }
};

QTEST_GUILESS_MAIN(TestNicRules)
#include "test_nic_rules.moc"
