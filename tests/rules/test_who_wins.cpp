#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The lab's Acilamwen on trop02, and two hypervisors beside it.
Fleet labFleet()
{
    return fleet(
        {hypervisor("trop01", {}), hypervisor("trop02", {labAcilamwen()}), hypervisor("trop03", {})});
}

QStringList texts(const QList<Statement> &statements)
{
    QStringList list;
    for (const Statement &statement : statements)
        list.append(statement.text);
    return list;
}

QStringList learned(const Fleet &fleet, const char *macText)
{
    const VmIndex index(fleet);
    return texts(Witnesses(fleet, index).whereLearned(mac(macText)));
}

QStringList believed(const Fleet &fleet, const char *address, const QStringList &hypervisors = {})
{
    const VmIndex index(fleet);
    return texts(Witnesses(fleet, index).whoIsBelieved(ip(address), hypervisors));
}

} // namespace

class TestWhoWins : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nothingIsSaidWhereNothingIsKnown()
    {
        const Fleet fleet = labFleet();
        QCOMPARE(learned(fleet, float2Mac), QStringList());
        QCOMPARE(believed(fleet, float1Ip), QStringList());
    }

    void theTapThatTheBridgeLearnedIsNamedAsItsNic()
    {
        Fleet fleet = labFleet();
        fleet.hypervisors[1].host.fdb = QList<FdbEntry>{learnedOn(float2Mac, "vnet4", "br0", 3)};
        QCOMPARE(learned(fleet, float2Mac),
                 QStringList(u"br0 of trop02 learned 52:54:00:00:01:01 on vnet4, Acilamwen's fourth NIC with "
                             "it (ens10 inside)."_s));
        // The same tap name on another hypervisor is another tap.
        fleet.hypervisors[0].host.fdb = std::exchange(fleet.hypervisors[1].host.fdb, {});
        QCOMPARE(
            learned(fleet, float2Mac),
            QStringList(u"br0 of trop01 learned 52:54:00:00:01:01 on vnet4, which is no tap of a VM."_s));
    }

    void aTapOfAnotherMacIsSaidToBe()
    {
        Fleet fleet = labFleet();
        fleet.hypervisors[1].host.fdb = QList<FdbEntry>{learnedOn(float1Mac, "vnet0", "virbr0", 1)};
        QCOMPARE(learned(fleet, float1Mac),
                 QStringList(u"virbr0 of trop02 learned 52:54:00:00:01:00 on vnet0, a NIC of Acilamwen that "
                             "has another MAC (ens3 inside)."_s));
    }

    void uplinksAreToldTogether()
    {
        Fleet fleet = labFleet();
        for (int host : {0, 2})
            fleet.hypervisors[host].host.fdb = QList<FdbEntry>{learnedOn(float2Mac, "eno1", "br0", 1)};
        QCOMPARE(
            learned(fleet, float2Mac),
            QStringList(u"br0 of trop01 and br0 of trop03 learned 52:54:00:00:01:01 on eno1, which is no "
                        "tap of a VM."_s));
    }

    void permanentEntriesAreNotLearned()
    {
        Fleet fleet = labFleet();
        FdbEntry own = learnedOn(float2Mac, "vnet1", "br0", 1);
        own.state = u"permanent"_s;
        fleet.hypervisors[1].host.fdb = QList<FdbEntry>{own};
        QCOMPARE(learned(fleet, float2Mac), QStringList());
    }

    void neighboursThatAgreeAreToldTogether()
    {
        Fleet fleet = labFleet();
        for (int host : {0, 2})
            fleet.hypervisors[host].host.neighbours = QList<Neighbour>{holds(float1Ip, float2Mac, 4)};
        QCOMPARE(
            believed(fleet, float1Ip),
            QStringList(u"trop01 and trop03 hold 52:54:00:00:01:01 (Acilamwen's) for 129.215.175.100."_s));
        const VmIndex index(fleet);
        const auto said = Witnesses(fleet, index).whoIsBelieved(ip(float1Ip));
        QCOMPARE(said.front().sources.size(), 2);
        QCOMPARE(said.front().sources.front(), (Source{u"neigh.json"_s, 4, 4}));
    }

    void anUnansweredQuestionIsNoMac()
    {
        Fleet fleet = labFleet();
        fleet.hypervisors[0].host.neighbours = QList<Neighbour>{holds(float1Ip, nullptr, 4)};
        QCOMPARE(believed(fleet, float1Ip), QStringList());
    }

    void disagreementIsSaid()
    {
        Fleet fleet = labFleet();
        fleet.hypervisors[0].host.neighbours = QList<Neighbour>{holds(float1Ip, float1Mac, 4)};
        fleet.hypervisors[1].domains->front().guest->system.neighbours =
            QList<Neighbour>{holds(float1Ip, float2Mac, 2)};
        QCOMPARE(
            believed(fleet, float1Ip),
            QStringList(u"The neighbours disagree about 129.215.175.100: trop01 holds 52:54:00:00:01:00; "
                        "Acilamwen on trop02 holds 52:54:00:00:01:01 (Acilamwen's)."_s));
        // Of one hypervisor's side alone there is nothing to disagree about.
        QCOMPARE(believed(fleet, float1Ip, {u"trop01"_s}),
                 QStringList(u"trop01 holds 52:54:00:00:01:00 for 129.215.175.100."_s));
    }

    void findingsSayWhoWins()
    {
        Fleet fleet = labFleet();
        fleet.hypervisors[1].host.fdb = QList<FdbEntry>{learnedOn(float2Mac, "vnet4", "br0", 3)};
        fleet.hypervisors[0].host.neighbours = QList<Neighbour>{holds(float1Ip, float2Mac, 4)};
        const auto findings = judged(fleet, policy({u"trop01"_s, u"trop02"_s, u"trop03"_s}));
        const Finding copies = findingOf(findings, "float-duplicate-nic");
        QVERIFY2(copies.message.contains(u"learned 52:54:00:00:01:01 on vnet4"_s),
                 qPrintable(copies.message));
        QVERIFY(copies.evidence.contains(Quote{{u"fdb.json"_s, 3, 3}, {}}));
        const Finding mixed = findingOf(findings, "float-mac-ip-mismatch");
        QVERIFY2(
            mixed.message.contains(u"trop01 holds 52:54:00:00:01:01 (Acilamwen's) for 129.215.175.100."_s),
            qPrintable(mixed.message));
    }

    void aFloatOnTwoMachinesSaysWhoWins()
    {
        Fleet fleet = labFleet();
        fleet.hypervisors[1].domains = QList<Domain>{healthyAcilamwen()};
        Domain other = healthyAcilamwen();
        other.name = u"Haloweth"_s;
        other.live->nics.removeFirst();
        other.inactive->nics.removeFirst();
        fleet.hypervisors[2].domains = QList<Domain>{other};
        fleet.hypervisors[2].host.fdb = QList<FdbEntry>{learnedOn(float1Mac, "vnet1", "br0", 1)};
        fleet.hypervisors[0].host.neighbours = QList<Neighbour>{holds(float1Ip, float1Mac, 4)};
        const Finding twice =
            findingOf(judged(fleet, policy({u"trop01"_s, u"trop02"_s, u"trop03"_s})), "float-claimed-twice");
        QVERIFY2(twice.message.endsWith(
                     u"trop01 holds 52:54:00:00:01:00 for 129.215.175.100. br0 of trop03 learned "
                     "52:54:00:00:01:00 on vnet1, Haloweth's NIC (ens7 inside)."_s),
                 qPrintable(twice.message));
    }

    void twoVmsWithOneMacSayWhoWins()
    {
        Fleet fleet = labFleet();
        const char *shared = "52:54:00:02:02:20";
        Domain first = vm("Ulov", form({liveNat(shared, 5, 3)}), form({persistent(shared, "default", 3)}),
                          guest({}, {}));
        Domain second = vm("Dwiema", form({liveNat(shared, 6, 3)}), form({persistent(shared, "default", 3)}),
                           guest({}, {}));
        fleet.hypervisors[1].domains = QList<Domain>{first, second};
        fleet.hypervisors[1].host.fdb = QList<FdbEntry>{learnedOn(shared, "vnet6", "virbr0", 7)};
        const Finding both = findingOf(judged(fleet), "nic-mac-duplicate");
        QVERIFY2(
            both.message.endsWith(u"virbr0 of trop02 learned 52:54:00:02:02:20 on vnet6, Dwiema's NIC."_s),
            qPrintable(both.message));
        QVERIFY(both.evidence.contains(Quote{{u"fdb.json"_s, 7, 7}, {}}));
    }
};

QTEST_GUILESS_MAIN(TestWhoWins)
#include "test_who_wins.moc"
