#include "models/identify/identify.h"
#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

Fleet seedFleet()
{
    Hypervisor host = hypervisor("trop02", {labAcilamwen()});
    NetworkForm &nat = *(*host.networks)[1].form;
    nat.reservations.append(
        {mac("52:54:00:02:02:0c"), ip("192.168.202.12"), u"Ibalehar"_s, {u"default.xml"_s, 14, 14}});
    host.host.interfaces = InterfaceList{{inside("vnet1", "fe:54:00:00:01:01")}, false};
    host.host.interfaces->items[0].addresses6.append({*Ipv6::fromString(u"fe80::fc54:ff:fe00:101"), 64});
    (*host.domains)[0].guest->engine.containers =
        QList<Container>{container("9683ea05bb04", "apache", "firethorn/apache:latest")};
    return fleet({hypervisor("trop01", {vm("Acilamwen", DomainState::ShutOff)}), host});
}

Identification ask(const QString &text)
{
    return identify(text, seedFleet(), policy({u"trop01"_s, u"trop02"_s}));
}

QStringList subjects(const Identification &found)
{
    QStringList all;
    for (const IdentifyMatch &match : found.matches)
        all.append(match.subject);
    return all;
}

} // namespace

class TestIdentify : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aMac()
    {
        const auto found = ask(u" 52:54:00:02:02:0F "_s);
        QCOMPARE(found.kind, u"mac"_s);
        QCOMPARE(found.belongsTo, u"trop02"_s);
        QVERIFY(subjects(found).contains(u"trop02/vm/Acilamwen/nic/52:54:00:02:02:0f"_s));
        QVERIFY(subjects(found).contains(u"trop02/vm/Acilamwen/if/ens3"_s));
        QVERIFY2(found.matches.front().why.contains(u"vnet0 of Acilamwen"_s),
                 qPrintable(found.matches.front().why));
    }

    void aFragmentsNicIsItsDomains()
    {
        const auto found = identify(str(float2Mac), fleetOf(notesAcilamwen()), policy());
        QVERIFY2(found.matches[1].why.contains(u"vnet1 of Acilamwen"_s), qPrintable(found.matches[1].why));
    }

    void aTapsMacAndAddressLeadToTheNic_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kind");
        QTest::newRow("MAC") << u"fe:54:00:00:01:01"_s << u"tap-mac"_s;
        QTest::newRow("link-local") << u"fe80::fc54:ff:fe00:101"_s << u"ipv6"_s;
        QTest::newRow("with a prefix") << u"fe80::fc54:ff:fe00:101/64"_s << u"ipv6"_s;
        QTest::newRow("with a scope") << u"fe80::fc54:ff:fe00:101%vnet1"_s << u"ipv6"_s;
    }

    void aTapsMacAndAddressLeadToTheNic()
    {
        QFETCH(QString, text);
        QFETCH(QString, kind);
        const auto found = ask(text);
        QCOMPARE(found.kind, kind);
        QVERIFY2(found.explanation.contains(u"52:54:00:00:01:01"_s) &&
                     found.explanation.contains(u"float2"_s),
                 qPrintable(found.explanation));
        QCOMPARE(found.matches.front().subject, u"float/float2"_s);
        QVERIFY(subjects(found).contains(u"trop02/vm/Acilamwen/nic/net1"_s));
        QVERIFY(subjects(found).contains(u"trop02"_s));
    }

    void aTapOfANicOutsideQemusRange()
    {
        Domain other = healthyAcilamwen();
        other.live->nics[1].mac = mac("02:16:3e:00:00:07");
        const auto found = identify(u"fe:16:3e:00:00:07"_s, fleetOf(other), policy());
        QVERIFY2(found.explanation.contains(u"02:16:3e:00:00:07"_s), qPrintable(found.explanation));
        QVERIFY(subjects(found).contains(u"trop02/vm/Acilamwen/nic/02:16:3e:00:00:07"_s));
    }

    void aFloatsMacAndAddress()
    {
        const auto byMac = ask(str(float1Mac));
        QCOMPARE(subjects(byMac), QStringList(u"float/float1"_s));
        QVERIFY(byMac.explanation.contains(str(float1Ip)));
        const auto byAddress = ask(str(float1Ip));
        QCOMPARE(byAddress.kind, u"ipv4"_s);
        QVERIFY(byAddress.explanation.contains(str(float1Mac)));
        QVERIFY(subjects(byAddress).contains(u"trop02/vm/Acilamwen/if/ens7"_s));
        QCOMPARE(subjects(ask(u"FLOAT3"_s)), QStringList(u"float/float3"_s));
    }

    void aMacThatIsNearlyAFloats()
    {
        const auto found = ask(u"52:54:00:00:00:01"_s);
        QVERIFY(found.matches.isEmpty());
        QVERIFY2(found.explanation.contains(u"float1's 52:54:00:00:01:00 with two bytes swapped"_s),
                 qPrintable(found.explanation));
    }

    void anAddressThatNothingHas()
    {
        const auto found = ask(u"192.168.201.77"_s);
        QVERIFY(found.matches.isEmpty());
        QCOMPARE(found.belongsTo, u"trop01"_s);
        QVERIFY2(found.explanation.contains(u"trop01's subnet 192.168.201.0/24"_s) &&
                     found.explanation.contains(u"Nothing that was read has it"_s),
                 qPrintable(found.explanation));
        QVERIFY(ask(u"129.215.175.9"_s).explanation.contains(u"no float's"_s));
        QVERIFY(ask(u"10.9.8.7"_s).belongsTo.isEmpty());
    }

    void aReservedVmThatIsNotThere()
    {
        for (const QString &text : {u"Ibalehar"_s, u"192.168.202.12"_s, u"52:54:00:02:02:0c"_s}) {
            const auto found = ask(text);
            QCOMPARE(subjects(found), QStringList(u"trop02/network/default"_s));
            QCOMPARE(found.belongsTo, u"trop02"_s);
            QCOMPARE(found.matches.front().source.first, 14);
        }
    }

    void aNameOnTwoHypervisors()
    {
        const auto found = ask(u"acilamwen"_s);
        QCOMPARE(subjects(found), (QStringList{u"trop01/vm/Acilamwen"_s, u"trop02/vm/Acilamwen"_s}));
        QVERIFY(found.belongsTo.isEmpty());
        QVERIFY(found.explanation.contains(u"2 places"_s));
    }

    void aContainersIdMayBeCut()
    {
        for (const QString &text : {u"9683ea05bb04"_s, u"9683ea"_s, u"9683EA05"_s, u"apache"_s})
            QVERIFY2(subjects(ask(text)).contains(u"trop02/vm/Acilamwen/container/apache"_s),
                     qPrintable(text));
        // Printed in full elsewhere than here.
        QVERIFY(subjects(ask(u"9683ea05bb04"_s + QString(52, u'0')))
                    .contains(u"trop02/vm/Acilamwen/container/apache"_s));
    }

    void aMacAsOthersWriteIt()
    {
        for (const QString &text : {u"5254.0000.0101"_s, u"52:54:0:0:1:1"_s, u"52-54-00-00-01-01"_s})
            QCOMPARE(ask(text).matches.front().subject, u"float/float2"_s);
    }

    void anAddressThatIsMistyped()
    {
        const auto found = ask(u"129.215.157.100"_s);
        QVERIFY(found.matches.isEmpty());
        QCOMPARE(found.nearest.size(), 1);
        QCOMPARE(found.nearest[0].value, str(float1Ip));
        QCOMPARE(found.nearest[0].whose, u"float1's"_s);
        QVERIFY2(found.explanation.contains(u"It is float1's 129.215.175.100 with two digits swapped."_s),
                 qPrintable(found.explanation));
        // In a range every address is one digit from the next: that says nothing.
        QVERIFY(ask(u"192.168.202.16"_s).nearest.isEmpty());
        QVERIFY(ask(u"129.215.175.109"_s).nearest.isEmpty());
        QVERIFY(ask(u"52:54:00:02:02:0e"_s).nearest.isEmpty());
    }

    void textThatIsNearlyAnAddressOrAMac()
    {
        QCOMPARE(ask(u"129.215.175.1000"_s).nearest.front().value, str(float1Ip));
        QCOMPARE(ask(u"52:54:00:02:02:0cc"_s).nearest.front().value, u"52:54:00:02:02:0c"_s);
    }

    void aNameThatIsMistyped()
    {
        const auto found = ask(u"Ibalhear"_s);
        QCOMPARE(found.nearest.front().value, u"Ibalehar"_s);
        QVERIFY(found.explanation.contains(u"Near it: Ibalehar."_s));
        QCOMPARE(ask(u"flaot3"_s).nearest.front().value, u"float3"_s);
        QVERIFY(ask(u"something else"_s).nearest.isEmpty());
    }

    /// A trace shows MACs that nothing has any more, and the hypervisors' own.
    void whatWasOnlySeenOnTheWire()
    {
        Fleet fleet = seedFleet();
        Machine &host = fleet.hypervisors[1].host;
        host.neighbours = QList<Neighbour>{{ip("129.215.175.9"),
                                            mac("00:1c:73:4a:90:01"),
                                            u"br0"_s,
                                            u"STALE"_s,
                                            {u"ip-neigh.json"_s, 1, 1}}};
        host.fdb =
            QList<FdbEntry>{{mac("52:54:00:02:07:0a"), u"eth0"_s, u"br0"_s, {}, {}, {u"fdb.json"_s, 3, 3}},
                            {mac("33:33:00:00:00:01"), u"eth0"_s, u"br0"_s, u"permanent"_s, {}, {}}};
        const auto learned = identify(u"52:54:00:02:07:0a"_s, fleet, policy());
        QCOMPARE(learned.matches.size(), 1);
        QCOMPARE(learned.matches[0].subject, u"trop02"_s);
        QCOMPARE(learned.matches[0].why, u"br0 of trop02 has learned this MAC behind its port eth0"_s);
        QVERIFY(identify(u"33:33:00:00:00:01"_s, fleet, policy()).matches.isEmpty());
        QCOMPARE(identify(u"129.215.175.9"_s, fleet, policy()).matches[0].why,
                 u"the ARP table of trop02 has this address on br0, at 00:1c:73:4a:90:01"_s);
        QCOMPARE(identify(u"00:1c:73:4a:90:01"_s, fleet, policy()).matches[0].why,
                 u"the ARP table of trop02 has 129.215.175.9 at this MAC on br0"_s);
    }

    void aHypervisorsOwnMacAndAddress()
    {
        Fleet fleet = seedFleet();
        fleet.hypervisors[1].host.interfaces->items.append(
            inside("br0", "0c:c4:7a:35:12:06", "129.215.175.97"));
        fleet.hypervisors[1].host.interfaces->items.append(inside("eth0", "0c:c4:7a:35:12:06"));
        const auto byMac = identify(u"0c:c4:7a:35:12:06"_s, fleet, policy());
        QCOMPARE(byMac.belongsTo, u"trop02"_s);
        QCOMPARE(byMac.explanation, u"0c:c4:7a:35:12:06 is trop02's own: br0 and eth0."_s);
        QCOMPARE(identify(u"129.215.175.97"_s, fleet, policy()).belongsTo, u"trop02"_s);
    }

    void theOtherHalfByTheConvention()
    {
        Policy wanted = policy();
        QVERIFY(!identify(u"52:54:00:02:02:1f"_s, seedFleet(), wanted).explanation.contains(u"convention"_s));
        wanted.reservationOctet = true;
        QVERIFY(identify(u"52:54:00:02:02:1f"_s, seedFleet(), wanted)
                    .explanation.contains(u"By the fleet's convention it goes with 192.168.202.31."_s));
        QVERIFY(identify(u"192.168.202.31"_s, seedFleet(), wanted)
                    .explanation.contains(u"it goes with 52:54:00:02:02:1f."_s));
    }

    void whatAnAddressIsInItsSubnet()
    {
        Policy wanted = policy();
        wanted.floatGateway = ip("129.215.175.126");
        const auto said = [&](const QString &text) {
            return identify(text, seedFleet(), wanted).explanation;
        };
        QCOMPARE(said(u"129.215.175.126"_s), u"129.215.175.126 is the floats' gateway."_s);
        QCOMPARE(said(u"192.168.202.255"_s),
                 u"192.168.202.255 is the broadcast address of trop02's subnet 192.168.202.0/24."_s);
        QCOMPARE(said(u"129.215.175.0"_s), u"129.215.175.0 is the floats' subnet 129.215.175.0/24 itself."_s);
    }

    void hostileTextIsAName_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("long") << QString(1000000, u'a');
        QTest::newRow("control") << u"a\x1b[31m\n\r\tb\u202e"_s;
        QTest::newRow("null") << (u"a"_s + QChar(0) + u"b"_s);
        QTest::newRow("placeholder") << u"%1 %2 %3"_s;
        QTest::newRow("markup") << u"<b>x</b>&"_s;
        QTest::newRow("lone surrogate") << QString(QChar(0xd800));
        QTest::newRow("nearly a MAC") << u"52:54:00:02:02:0g"_s;
        QTest::newRow("nearly an address") << u"192.168.202.256"_s;
        QTest::newRow("slashes") << u"////"_s;
        QTest::newRow("percent") << u"%"_s;
        QTest::newRow("pattern") << u".*[("_s;
    }

    void hostileTextIsAName()
    {
        QFETCH(QString, text);
        const auto found = ask(text);
        QCOMPARE(found.kind, u"name"_s);
        QVERIFY(found.matches.isEmpty());
        QVERIFY(found.explanation.size() < 700);
        for (const QChar c : found.explanation)
            QVERIFY2(c.unicode() >= 0x20 && c.unicode() != 0x202e, qPrintable(found.explanation));
    }

    void placeholdersInNamesStayAsTheyAre()
    {
        Domain a = vm("%2", DomainState::ShutOff);
        const Fleet all = fleet({hypervisor("trop01", {a}), hypervisor("trop02", {a})});
        QCOMPARE(identify(u"%2"_s, all, policy()).explanation, u"\"%2\" is known in 2 places."_s);
    }

    void nothingIsAskedFor()
    {
        for (const QString &text : {QString(), u"  \n\t"_s}) {
            const auto found = ask(text);
            QCOMPARE(found.kind, u"nothing"_s);
            QVERIFY(found.matches.isEmpty() && !found.explanation.isEmpty());
        }
        QVERIFY(identify(u"x"_s, Fleet{}, Policy{}).matches.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestIdentify)
#include "test_identify.moc"
