#include "models/rules/not_known.h"
#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Acilamwen on trop02, with everything read.
Fleet wholeFleet()
{
    Domain vm = healthyAcilamwen();
    vm.guest->system.os = OsRelease{u"debian"_s, u"12"_s, {}, {}};
    Hypervisor host = hypervisor("trop02", {vm});
    host.host.interfaces = InterfaceList{};
    host.host.bridgePorts = QList<BridgePort>{};
    host.host.fdb = QList<FdbEntry>{};
    host.host.neighbours = QList<Neighbour>{};
    return fleet({host});
}

QStringList lines(const Fleet &fleet, const Policy &policy = build::policy())
{
    QStringList all;
    for (const NotKnown &one : notKnown(fleet, policy))
        all.append(one.subject + u": "_s + one.what +
                   (one.reason.isEmpty() ? QString() : u" ("_s + one.reason + u')'));
    return all;
}

void fail(Fleet &fleet, const char *source, const char *message)
{
    fleet.hypervisors[0].errors.append({u"trop02"_s, str(source), str(message), {}});
}

} // namespace

class TestNotKnown : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nothingIsMissingWhereAllWasRead() { QCOMPARE(lines(wholeFleet()), QStringList()); }

    void aHypervisorOfTheFleetFileThatIsNotThere()
    {
        QCOMPARE(lines(wholeFleet(), policy({u"trop01"_s, u"trop02"_s})),
                 QStringList(u"trop01: anything of it"_s));
        Fleet empty = fleet({{}});
        empty.hypervisors[0].name = u"trop02"_s;
        QCOMPARE(lines(empty), QStringList(u"trop02: anything of it"_s));
    }

    void reasonsComeFromTheErrors()
    {
        Fleet fleet = wholeFleet();
        fleet.hypervisors[0].domains.reset();
        fleet.hypervisors[0].host.fdb.reset();
        fleet.hypervisors[0].host.neighbours.reset();
        fail(fleet, "libvirt", "no route\nto host");
        fail(fleet, "host/bridge-fdb.json", "bridge: not found");
        QCOMPARE(lines(fleet), QStringList({u"trop02: its VMs (no route to host)"_s,
                                            u"trop02: what its bridges learned (bridge: not found)"_s,
                                            u"trop02: its ARP table"_s}));
    }

    void aRunningGuestWithoutAnInside()
    {
        Fleet fleet = wholeFleet();
        fleet.hypervisors[0].domains->front().guest.reset();
        QCOMPARE(lines(fleet), QStringList(u"trop02/vm/Acilamwen: its inside"_s));
        fail(fleet, "guest Acilamwen", "permission denied");
        QCOMPARE(lines(fleet), QStringList(u"trop02/vm/Acilamwen: its inside (permission denied)"_s));
        // One that is off has no inside, and no live description.
        fleet.hypervisors[0].errors.clear();
        fleet.hypervisors[0].domains->front().state = DomainState::ShutOff;
        fleet.hypervisors[0].domains->front().live.reset();
        QCOMPARE(lines(fleet), QStringList());
    }

    void whatTheNotesLeaveOut()
    {
        Fleet fleet = wholeFleet();
        fleet.hypervisors[0].domains = QList<Domain>{notesAcilamwen()};
        fleet.hypervisors[0].domains->front().guest->configsRead = false;
        QCOMPARE(
            lines(fleet),
            QStringList(
                {u"trop02/vm/Acilamwen: the whole of its live description"_s,
                 u"trop02/vm/Acilamwen: its persistent description"_s,
                 u"trop02/vm/Acilamwen: all of its interfaces inside (the listing leaves lines out)"_s,
                 u"trop02/vm/Acilamwen: all of its interface files"_s,
                 u"trop02/vm/Acilamwen: its operating system"_s,
                 u"trop02/vm/Acilamwen: its package history"_s, u"trop02/vm/Acilamwen: its containers"_s}));
    }

    void aGuestWithoutDockerHasNoContainersToMiss()
    {
        Fleet fleet = wholeFleet();
        QVERIFY(!fleet.hypervisors[0].domains->front().guest->engine.containers);
        QCOMPARE(lines(fleet), QStringList());
        fail(fleet, "guests/Acilamwen/docker", "permission denied");
        QCOMPARE(lines(fleet), QStringList(u"trop02/vm/Acilamwen: its containers (permission denied)"_s));
    }

    void whatIsShownFromBeforeIsSaidToBe()
    {
        Fleet fleet = wholeFleet();
        fail(fleet, "guest Acilamwen", "timed out");
        QCOMPARE(lines(fleet),
                 QStringList(u"trop02/vm/Acilamwen: what it is now (what is shown was read before) "
                             "(timed out)"_s));
    }

    void anErrorAboutALesserDocumentIsListedToo()
    {
        Fleet fleet = wholeFleet();
        fail(fleet, "guests/Acilamwen/guest/df.txt", "cut off after 20 s");
        fail(fleet, "guest Ulov", "no address");
        fail(fleet, "declared", "no such branch");
        fail(fleet, "libvirt/domains/Acilamwen.inactive.xml", "gone");
        QCOMPARE(lines(fleet),
                 QStringList({u"trop02: its declared configuration (no such branch)"_s,
                              u"trop02/vm/Acilamwen: libvirt/domains/Acilamwen.inactive.xml (gone)"_s,
                              u"trop02/vm/Acilamwen: guests/Acilamwen/guest/df.txt (cut off after 20 s)"_s,
                              u"trop02/vm/Ulov: its inside (no address)"_s}));
    }

    void networksThatRunOtherThanKnown()
    {
        Fleet fleet = wholeFleet();
        Network &nat = fleet.hypervisors[0].networks->last();
        nat.form->ranges.append({ip("192.168.202.8"), ip("192.168.202.15")});
        QCOMPARE(lines(fleet), QStringList(u"trop02: the leases of its network default"_s));
        nat.leases = QList<Lease>{};
        nat.form.reset();
        QCOMPARE(lines(fleet), QStringList(u"trop02: what its network default runs"_s));
        // One that is declared and nothing more is missing on the host, not unread.
        nat.active.reset();
        nat.declared = NetworkForm{};
        QCOMPARE(lines(fleet), QStringList());
    }

    void declaredConfigurationIsMissedWhereTheFleetFileNamesIt()
    {
        Policy policy = build::policy();
        policy.declaredRepository = u"/var/git"_s;
        QCOMPARE(lines(wholeFleet(), policy), QStringList(u"trop02: its declared configuration"_s));
    }

    void ofANodeOnlyItsOwn()
    {
        const QList<NotKnown> all{{u"trop02"_s, u"its ARP table"_s, {}},
                                  {u"trop02/vm/Ulov"_s, u"its inside"_s, {}},
                                  {u"trop02/vm/Ulov2"_s, u"its inside"_s, {}},
                                  {u"trop03"_s, u"its VMs"_s, {}}};
        const auto at = [&all](const QString &subject) { return notKnownTexts(notKnownAt(all, subject)); };
        QCOMPARE(at(u"fleet"_s).size(), 4);
        QCOMPARE(at(u"trop02"_s).size(), 3);
        QCOMPARE(at(u"trop02/bridge/br0"_s), QStringList(u"trop02: its ARP table"_s));
        QCOMPARE(at(u"trop02/vm/Ulov"_s), QStringList(u"Ulov on trop02: its inside"_s));
        QCOMPARE(at(u"trop02/vm/Ulov/if/ens3"_s), QStringList(u"Ulov on trop02: its inside"_s));
        QCOMPARE(at(u"trop02/vm/Dwiema"_s), QStringList());
    }

    void oneLineAMachine()
    {
        QCOMPARE(notKnownTexts({{u"trop02/vm/Ulov"_s, u"its description"_s, {}},
                                {u"trop02/vm/Ulov"_s, u"its inside"_s, u"denied"_s},
                                {u"trop03"_s, u"its VMs"_s, {}},
                                {u"trop03"_s, u"its networks"_s, {}}}),
                 QStringList({u"Ulov on trop02: its description; its inside (denied)"_s,
                              u"trop03: its VMs and its networks"_s}));
    }
};

QTEST_GUILESS_MAIN(TestNotKnown)
#include "test_not_known.moc"
