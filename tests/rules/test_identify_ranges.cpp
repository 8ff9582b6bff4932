#include "models/identify/identify.h"
#include "tests/rules/judging.h"

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

/// trop02 with its NAT network as the notes have it: .8 to .15 by DHCP, some of it reserved.
Fleet natFleet(const QList<int> &reserved, const QList<Domain> &domains = {healthyAcilamwen()})
{
    Hypervisor host = hypervisor("trop02", domains);
    Network &nat = (*host.networks)[1];
    nat.form->address = InterfaceAddress{ip("192.168.202.1"), 24};
    nat.form->ranges.append({ip("192.168.202.8"), ip("192.168.202.15")});
    for (const int number : reserved)
        nat.form->reservations.append(
            {MacAddress(mac("52:54:00:02:02:00").bits() + static_cast<unsigned>(number)),
             Ipv4(ip("192.168.202.0").bits() + static_cast<unsigned>(number)),
             u"vm%1"_s.arg(number),
             {u"default.xml"_s, number, number}});
    nat.leases = QList<Lease>{};
    host.host.interfaces = InterfaceList{};
    return fleet({host});
}

Identification ask(const QString &text, const Fleet &fleet, bool convention = true)
{
    Policy wanted = policy();
    wanted.reservationOctet = convention;
    return identify(text, fleet, wanted);
}

} // namespace

class TestIdentifyRanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void whoseARangeIs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *text, const char *kind, const char *owner, const char *said) {
            QTest::newRow(text) << str(text) << str(kind) << str(owner) << str(said);
        };
        row("192.168.202.0/24", "subnet", "trop02", "192.168.202.0/24 is trop02's subnet.");
        row("192.168.202.xxx", "subnet", "trop02", "192.168.202.0/24 is trop02's subnet.");
        row("192.168.202.8/29", "subnet", "trop02", "is a part of trop02's subnet 192.168.202.0/24.");
        row("192.168.0.0/16", "subnet", "", "covers the subnets of trop02.");
        row("10.0.0.0/8", "subnet", "", "is no hypervisor's subnet. Nothing that was read has any of it.");
        row("52:54:00:02:02:00/40", "mac-range", "trop02", "is trop02's range.");
        row("52:54:00:02:02:xx", "mac-range", "trop02", "52:54:00:02:02:00/40 is trop02's range.");
        row("52:54:00:xx:xx:xx", "mac-range", "", "covers the ranges of trop02.");
        row("129.215.175.0/24", "subnet", "", "is the floats' subnet. Others use it too");
        // With host bits it is an address as an interface has it.
        row("192.168.202.15/24", "ipv4", "trop02", "192.168.202.15 is in trop02's subnet");
        row("192.168.x.15", "name", "", "Nothing that was read is called");
    }

    void whoseARangeIs()
    {
        QFETCH(QString, text);
        QFETCH(QString, kind);
        QFETCH(QString, owner);
        QFETCH(QString, said);
        const auto found = ask(text, natFleet({8}));
        QCOMPARE(found.kind, kind);
        QCOMPARE(found.belongsTo, owner);
        QVERIFY2(found.explanation.contains(said), qPrintable(found.explanation));
        QCOMPARE(found.nextFree.has_value(), kind != u"ipv4" && !owner.isEmpty());
    }

    void aRangeListsWhatIsInIt()
    {
        const auto found = ask(u"192.168.202.0/24"_s, natFleet({8}));
        QStringList why;
        for (const IdentifyMatch &match : found.matches)
            why.append(match.why);
        QVERIFY(why.contains(u"192.168.202.1: the network default of trop02 has this address"_s));
        QVERIFY(why.contains(u"192.168.202.8: reserved for vm8 in the network default of trop02"_s));
        QVERIFY(why.contains(u"192.168.202.15: ens3 of Acilamwen has this address"_s));
    }

    void theNextFreePair()
    {
        // .8 is reserved and .9's MAC is a NIC's.
        Domain other = healthyAcilamwen();
        other.live->nics[0].mac = mac("52:54:00:02:02:09");
        const auto found = ask(u"trop02"_s, natFleet({8}, {other}));
        QVERIFY(found.nextFree);
        QCOMPARE(found.nextFree->address, std::optional(ip("192.168.202.10")));
        QCOMPARE(found.nextFree->mac, std::optional(mac("52:54:00:02:02:0a")));
        QCOMPARE(found.nextFree->notRead, QStringList());
        QVERIFY2(found.nextFree->standing.endsWith(u"All of the fleet was read: it is free."_s),
                 qPrintable(found.nextFree->standing));
        QVERIFY(found.nextFree->checked.contains(u"1 reservation"_s) ||
                found.nextFree->checked.contains(u"one reservation"_s));
    }

    void eachByItselfWithoutTheConvention()
    {
        Domain other = healthyAcilamwen();
        other.live->nics[0].mac = mac("52:54:00:02:02:01");
        const auto found = ask(u"trop02"_s, natFleet({8}, {other}), false);
        QCOMPARE(found.nextFree->address, std::optional(ip("192.168.202.9")));
        QCOMPARE(found.nextFree->mac, std::optional(mac("52:54:00:02:02:02")));
    }

    void whatIsTakenWhereverItStands_data()
    {
        QTest::addColumn<int>("where");
        for (int i = 0; i < 6; ++i)
            QTest::addRow("%d", i) << i;
    }

    /// .8 is taken in one place alone, so .9 is next.
    void whatIsTakenWhereverItStands()
    {
        QFETCH(int, where);
        Fleet fleet = natFleet({});
        Hypervisor &host = fleet.hypervisors[0];
        Domain &domain = (*host.domains)[0];
        const Ipv4 taken = ip("192.168.202.8");
        switch (where) {
        case 0:
            (*host.networks)[1].leases = QList<Lease>{{mac("52:54:00:aa:aa:aa"), taken, {}, {}, {}}};
            break;
        case 1:
            domain.guest->system.interfaces->items[0].addresses.append({taken, 24});
            break;
        case 2:
            domain.guest->configs[1].addresses.append(Sourced<InterfaceAddress>{{taken, 24}, {}});
            break;
        case 3:
            domain.inactive->nics.append(persistent("52:54:00:02:02:08", "default", 9));
            break;
        case 4:
            host.host.neighbours = QList<Neighbour>{{taken, {}, u"virbr0"_s, u"FAILED"_s, {}}};
            break;
        case 5:
            (*host.networks)[1].declared = (*host.networks)[1].form;
            (*host.networks)[1].declared->reservations.append(
                {mac("52:54:00:02:02:08"), taken, u"later"_s, {}});
            break;
        }
        QCOMPARE(ask(u"trop02"_s, fleet).nextFree->address, std::optional(ip("192.168.202.9")));
    }

    void aFullDhcpRangeIsSaid()
    {
        const auto found = ask(u"trop02"_s, natFleet({8, 9, 10, 11, 12, 13, 14, 15}));
        QCOMPARE(found.nextFree->address, std::optional(ip("192.168.202.16")));
        QVERIFY2(found.nextFree->text.contains(u"outside the DHCP range 192.168.202.8 to 192.168.202.15"_s),
                 qPrintable(found.nextFree->text));
    }

    void aFullRangeHasNothingFree()
    {
        Policy small = policy();
        small.hypervisors[0].subnet = Subnet::fromString(u"192.168.202.8/30");
        small.hypervisors[0].macs.reset();
        const auto found = identify(u"trop02"_s, natFleet({9, 10}), small);
        QVERIFY(!found.nextFree->address);
        QCOMPARE(found.nextFree->text, u"Everything in trop02's 192.168.202.8/30 is in use."_s);
    }

    void whatWasNotReadIsNotFree()
    {
        Fleet fleet = natFleet({8}, {healthyAcilamwen(), vm("Ulov")});
        (*fleet.hypervisors[0].networks)[1].leases.reset();
        Policy wanted = policy({u"trop02"_s, u"trop03"_s});
        const NextFree next = *identify(u"trop02"_s, fleet, wanted).nextFree;
        QCOMPARE(next.notRead,
                 (QStringList{u"trop03"_s, u"the leases of default on trop02"_s, u"the live NICs of Ulov"_s,
                              u"the persistent NICs of Ulov"_s, u"the inside of Ulov"_s}));
        QVERIFY2(next.standing.contains(u"Not known to be free, since these were not read: trop03; "_s),
                 qPrintable(next.standing));
        QVERIFY(!next.standing.contains(u"it is free"_s));
    }

    void aHypervisorWithoutRangesHasNoNext()
    {
        Policy bare = policy();
        bare.hypervisors[0].macs.reset();
        bare.hypervisors[0].subnet.reset();
        QVERIFY(!identify(u"trop02"_s, natFleet({8}), bare).nextFree);
    }
};

QTEST_GUILESS_MAIN(TestIdentifyRanges)
#include "test_identify_ranges.moc"
