#include "models/floats/float_row.h"
#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const QStringList hosts{u"trop01"_s, u"trop02"_s, u"trop03"_s};

Fleet around(const Domain &domain)
{
    return fleet({hypervisor("trop01", {}), hypervisor("trop02", {domain}), hypervisor("trop03", {})});
}

FloatRow rowOf(const Fleet &fleet, int number)
{
    return floatRows(fleet, policy(hosts))[number - 1];
}

/// "agrees agrees not-known …", layer by layer.
QString states(const FloatRow &row)
{
    QStringList names;
    for (const FloatCell &cell : row.cells)
        names.append(stateName(cell.state));
    return names.join(u' ');
}

QString text(const FloatRow &row, FloatLayer layer)
{
    return row.cell(layer).text;
}

/// A float as it should be, seen by everyone.
Fleet healthy()
{
    Fleet fleet = around(healthyAcilamwen());
    fleet.hypervisors[1].host.fdb = QList<FdbEntry>{learnedOn(float1Mac, "vnet1", "br0", 1)};
    fleet.hypervisors[1].host.neighbours = QList<Neighbour>{};
    for (int other : {0, 2}) {
        fleet.hypervisors[other].host.fdb = QList<FdbEntry>{learnedOn(float1Mac, "eno1", "br0", 1)};
        fleet.hypervisors[other].host.neighbours = QList<Neighbour>{holds(float1Ip, float1Mac, 1)};
    }
    fleet.reachability = {{ip(float1Ip), true, u"tcp 443 answered"_s, {u"reachability.json"_s, 1, 1}}};
    return fleet;
}

} // namespace

class TestFloatRows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aHealthyFloatAgreesInEveryLayer()
    {
        const FloatRow row = rowOf(healthy(), 1);
        QCOMPARE(states(row), u"agrees agrees agrees agrees agrees agrees agrees agrees"_s);
        QCOMPARE(row.firstDisagreeing, std::nullopt);
        QCOMPARE(row.holders, QList<FloatHolder>({{u"trop02/vm/Acilamwen"_s, u"its MAC and its address"_s}}));
        QCOMPARE(text(row, FloatLayer::Declared), u"129.215.175.100 with 52:54:00:00:01:00"_s);
        QCOMPARE(text(row, FloatLayer::Live), u"Acilamwen: vnet1"_s);
        QCOMPARE(text(row, FloatLayer::File), u"Acilamwen: ifcfg-ens7"_s);
        QCOMPARE(text(row, FloatLayer::Running), u"Acilamwen: ens7"_s);
        QCOMPARE(text(row, FloatLayer::Neighbours), u"trop01 and trop03: 52:54:00:00:01:00"_s);
        for (const FloatCell &cell : row.cells)
            QVERIFY2(!cell.sources.isEmpty(), qPrintable(layerName(cell.layer)));
    }

    void aFreeFloatIsAbsentNotWrong()
    {
        Fleet fleet = healthy();
        fleet.reachability.append({ip(float2Ip), false, u"tcp 80: no answer in 3 s"_s, {}});
        const FloatRow row = rowOf(fleet, 2);
        QCOMPARE(states(row), u"agrees absent absent absent absent absent absent absent"_s);
        QCOMPARE(row.firstDisagreeing, std::nullopt);
        QVERIFY(row.holders.isEmpty());
    }

    void whatWasNotReadIsNotKnown()
    {
        Fleet fleet = around(healthyAcilamwen());
        fleet.hypervisors[0].domains.reset();
        const FloatRow row = rowOf(fleet, 2);
        QCOMPARE(states(row),
                 u"agrees not-known not-known not-known not-known not-known not-known not-known"_s);
        QCOMPARE(row.firstDisagreeing, std::nullopt);
        // Of the one that is held the rest is known all the same.
        QCOMPARE(states(rowOf(fleet, 1)),
                 u"agrees agrees agrees not-known agrees agrees not-known not-known"_s);
    }

    void aTableThatWasNotReadWhereItCountsIsNotKnown()
    {
        // The other hypervisors' tables are empty: that tells nothing of the bridge that the float hangs on.
        Fleet fleet = around(healthyAcilamwen());
        for (int other : {0, 2}) {
            fleet.hypervisors[other].host.fdb = QList<FdbEntry>{};
            fleet.hypervisors[other].host.neighbours = QList<Neighbour>{};
        }
        const FloatRow row = rowOf(fleet, 1);
        QCOMPARE(row.cell(FloatLayer::Forwarding).state, LayerState::NotKnown);
        QCOMPARE(text(row, FloatLayer::Forwarding), u"not read on trop02"_s);
        QCOMPARE(row.cell(FloatLayer::Neighbours).state, LayerState::NotKnown);
        fleet.hypervisors[1].host.fdb = QList<FdbEntry>{};
        QCOMPARE(rowOf(fleet, 1).cell(FloatLayer::Forwarding).state, LayerState::Absent);
    }

    void theNotesCaseDisagreesInTheFileAndOutside()
    {
        const Fleet fleet = around(notesAcilamwen());
        const FloatRow first = rowOf(fleet, 1);
        QCOMPARE(first.cell(FloatLayer::Persistent).state, LayerState::NotKnown);
        // What was read of the domain is a fragment: that it has no NIC for float1 is not known.
        QCOMPARE(first.cell(FloatLayer::Live).state, LayerState::NotKnown);
        QCOMPARE(first.firstDisagreeing, FloatLayer::File);
        QCOMPARE(text(first, FloatLayer::File), u"Acilamwen: ifcfg-ens5 with MAC 52:54:00:00:01:01"_s);
        QVERIFY(first.cell(FloatLayer::File).detail.contains(u"which is float2's"_s));
        QCOMPARE(first.holders.front().has, u"its address"_s);
        const FloatRow second = rowOf(fleet, 2);
        QCOMPARE(second.firstDisagreeing, FloatLayer::Live);
        QCOMPARE(text(second, FloatLayer::Live), u"Acilamwen: vnet1, vnet2, vnet3, vnet4"_s);
        QVERIFY(
            second.cell(FloatLayer::Live).detail.contains(u"four live NICs with its MAC; a float has one"_s));
        QCOMPARE(text(second, FloatLayer::File), u"Acilamwen: ifcfg-ens5 with 129.215.175.100"_s);
        QCOMPARE(text(second, FloatLayer::Running),
                 u"Acilamwen: eth2 with no address, eth3 with no address, eth4 with no address"_s);
    }

    void theLabsCaseDisagreesFromThePersistentFormOn()
    {
        Fleet fleet = around(labAcilamwen());
        fleet.hypervisors[1].host.fdb = QList<FdbEntry>{learnedOn(float2Mac, "vnet4", "br0", 3)};
        fleet.hypervisors[0].host.neighbours = QList<Neighbour>{holds(float1Ip, float2Mac, 4)};
        const FloatRow first = rowOf(fleet, 1);
        QCOMPARE(states(first),
                 u"agrees disagrees disagrees absent disagrees disagrees disagrees not-known"_s);
        QCOMPARE(first.firstDisagreeing, FloatLayer::Persistent);
        QCOMPARE(text(first, FloatLayer::Persistent), u"Acilamwen has none"_s);
        QCOMPARE(text(first, FloatLayer::Neighbours), u"trop01: 52:54:00:00:01:01"_s);
        const FloatRow second = rowOf(fleet, 2);
        QCOMPARE(second.firstDisagreeing, FloatLayer::Persistent);
        // vnet4 has its MAC, but nothing inside listens on it for this float.
        QCOMPARE(text(second, FloatLayer::Forwarding), u"trop02 vnet4"_s);
        QVERIFY(second.cell(FloatLayer::Forwarding).detail.contains(u"Acilamwen's fourth NIC with it"_s));
    }

    void aFloatThatARestartLosesDisagreesWhereItIsMissing()
    {
        Fleet fleet = healthy();
        Domain &vm = fleet.hypervisors[1].domains->front();
        vm.inactive->nics.resize(1);
        FloatRow row = rowOf(fleet, 1);
        QCOMPARE(row.firstDisagreeing, FloatLayer::Persistent);
        QCOMPARE(text(row, FloatLayer::Persistent), u"Acilamwen has none"_s);
        vm.persistent = false;
        vm.inactive.reset();
        QCOMPARE(text(rowOf(fleet, 1), FloatLayer::Persistent), u"Acilamwen is not persistent"_s);
    }

    void aHolderThatIsOffHasNothingThatRuns()
    {
        Domain vm = healthyAcilamwen();
        vm.state = DomainState::ShutOff;
        vm.live.reset();
        vm.guest.reset();
        const FloatRow row = rowOf(around(vm), 1);
        QCOMPARE(row.cell(FloatLayer::Persistent).state, LayerState::Agrees);
        QCOMPARE(row.cell(FloatLayer::Live).state, LayerState::Absent);
        QCOMPARE(text(row, FloatLayer::Live), u"Acilamwen is off"_s);
        QCOMPARE(row.cell(FloatLayer::Running).state, LayerState::Absent);
        QCOMPARE(row.cell(FloatLayer::File).state, LayerState::NotKnown);
        QCOMPARE(row.firstDisagreeing, std::nullopt);
    }

    void aFloatOnTwoVmsDisagreesInEveryLayerThatHasBoth()
    {
        Fleet fleet = healthy();
        fleet.hypervisors[2].domains =
            QList<Domain>{vm("Haloweth", form({liveBridged(float1Mac, 1, 7)}), form({}),
                             guest({inside("ens7", float1Mac, float1Ip, 7)}, {}))};
        const FloatRow row = rowOf(fleet, 1);
        QCOMPARE(row.cell(FloatLayer::Persistent).state, LayerState::Agrees);
        QCOMPARE(row.firstDisagreeing, FloatLayer::Live);
        QVERIFY(row.cell(FloatLayer::Live).detail.startsWith(u"It is on two machines."_s));
        QCOMPARE(row.cell(FloatLayer::File).state, LayerState::Agrees);
        QCOMPARE(row.holders.size(), 2);
    }

    void liveElsewhereThanPersistentDisagrees()
    {
        Domain here = healthyAcilamwen();
        here.live->nics.resize(1);
        here.guest->system.interfaces->items.resize(1);
        Fleet fleet = around(here);
        fleet.hypervisors[2].domains =
            QList<Domain>{vm("Haloweth", form({liveBridged(float1Mac, 1, 7)}), form({}), guest({}, {}))};
        const FloatRow row = rowOf(fleet, 1);
        QCOMPARE(row.cell(FloatLayer::Persistent).state, LayerState::Agrees);
        QCOMPARE(row.firstDisagreeing, FloatLayer::Live);
        QVERIFY(row.cell(FloatLayer::Live).detail.contains(u"persistent elsewhere"_s));
    }

    void onAnotherNetworkItDisagrees()
    {
        Domain vm = healthyAcilamwen();
        vm.live->nics[1] = liveNat(float1Mac, 1, 7);
        const FloatRow row = rowOf(around(vm), 1);
        QCOMPARE(row.firstDisagreeing, FloatLayer::Live);
        QCOMPARE(text(row, FloatLayer::Live), u"Acilamwen: vnet1 on default"_s);
    }

    void aHypervisorThatHasTheAddressItselfIsAHolder()
    {
        Fleet fleet = around(healthyAcilamwen());
        fleet.hypervisors[0].host.interfaces =
            InterfaceList{{inside("br0", "0c:c4:7a:35:12:06", float2Ip)}, false};
        const FloatRow row = rowOf(fleet, 2);
        QCOMPARE(row.holders, QList<FloatHolder>({{u"trop01"_s, u"its address"_s}}));
        QCOMPARE(row.firstDisagreeing, FloatLayer::Running);
        QCOMPARE(text(row, FloatLayer::Running), u"trop01 itself"_s);
    }

    void whatTheBridgeLearnedElsewhereDisagrees()
    {
        Fleet fleet = healthy();
        // Its own hypervisor sees it behind the uplink: somebody outside has it too.
        fleet.hypervisors[1].host.fdb = QList<FdbEntry>{learnedOn(float1Mac, "eth0", "br0", 1)};
        QCOMPARE(rowOf(fleet, 1).firstDisagreeing, FloatLayer::Forwarding);
        fleet.hypervisors[1].host.fdb = QList<FdbEntry>{learnedOn(float1Mac, "vnet0", "virbr0", 1)};
        QCOMPARE(rowOf(fleet, 1).firstDisagreeing, FloatLayer::Forwarding);
    }

    void neighboursThatHoldAnotherMacDisagree()
    {
        Fleet fleet = healthy();
        fleet.hypervisors[0].host.neighbours = QList<Neighbour>{holds(float1Ip, "0c:c4:7a:35:12:99", 1)};
        const FloatRow row = rowOf(fleet, 1);
        QCOMPARE(row.firstDisagreeing, FloatLayer::Neighbours);
        QVERIFY(row.cell(FloatLayer::Neighbours).detail.startsWith(u"The neighbours disagree"_s));
    }

    void anOldArpEntryOfAFreeFloatIsNoHolder()
    {
        Fleet fleet = healthy();
        fleet.hypervisors[0].host.neighbours->append(holds(float2Ip, float2Mac, 2));
        QCOMPARE(rowOf(fleet, 2).cell(FloatLayer::Neighbours).state, LayerState::Absent);
        fleet.hypervisors[0].host.neighbours->last().state = u"REACHABLE"_s;
        QCOMPARE(rowOf(fleet, 2).firstDisagreeing, FloatLayer::Neighbours);
    }

    void noAnswerFromAHeldFloatDisagrees()
    {
        Fleet fleet = healthy();
        fleet.reachability.front() = {ip(float1Ip), false, u"tcp 80, 443 and 22: no answer in 3 s"_s, {}};
        const FloatRow row = rowOf(fleet, 1);
        QCOMPARE(row.firstDisagreeing, FloatLayer::Service);
        QCOMPARE(row.cell(FloatLayer::Service).detail, u"tcp 80, 443 and 22: no answer in 3 s"_s);
    }

    void oneAddressInTwoLinesOfTheTableDisagrees()
    {
        Policy policy = build::policy(hosts);
        policy.floats[1].mac = policy.floats[0].mac;
        const auto rows = floatRows(healthy(), policy);
        QCOMPARE(rows[0].firstDisagreeing, FloatLayer::Declared);
        QCOMPARE(rows[1].firstDisagreeing, FloatLayer::Declared);
    }

    void anAddressOnABridgeAboveTheNicIsTheNics()
    {
        Domain vm = healthyAcilamwen();
        Interface nic = inside("ens7", float1Mac, nullptr, 7);
        nic.master = u"br0"_s;
        Interface above = inside("br0", float1Mac, float1Ip);
        above.kind = u"bridge"_s;
        vm.guest->system.interfaces->items = {vm.guest->system.interfaces->items.front(), nic, above};
        vm.guest->configs.last() = ifcfg("br0", nullptr, float1Ip);
        const FloatRow row = rowOf(around(vm), 1);
        QCOMPARE(row.cell(FloatLayer::Running).state, LayerState::Agrees);
        QCOMPARE(row.firstDisagreeing, std::nullopt);
    }

    void rowsOfAHealthyFleetDisagreeNowhereWhereFindingsAreSilent()
    {
        for (const FloatRow &row : floatRows(healthy(), policy(hosts)))
            QVERIFY2(!row.firstDisagreeing, qPrintable(row.name));
    }
};

QTEST_GUILESS_MAIN(TestFloatRows)
#include "test_float_rows.moc"
