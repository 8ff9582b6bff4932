#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

const char *const mac13 = "52:54:00:02:02:0d";
const char *const mac08 = "52:54:00:02:02:08";

Fleet twoHosts(const QList<Container> &a, const QList<Container> &b, const char *clusterA = "",
               const char *clusterB = "")
{
    return fleet({hypervisor("trop02", {dockerHost("Eterathiel", mac13, a, clusterA),
                                        dockerHost("Araybwyn", mac08, b, clusterB)})});
}

Fleet withOs(const char *id, const char *version, const char *pretty, QDate day)
{
    Domain vm = healthyAcilamwen();
    vm.guest->system.os = OsRelease{str(id), str(version), str(pretty), {u"os-release.txt"_s, 1, 2}};
    Fleet made = fleetOf(vm);
    made.taken = day.isValid() ? QDateTime(day, {12, 0}, Qt::UTC) : QDateTime();
    return made;
}

SourceError unread(const char *source, const char *message = "no route to host")
{
    return {u"trop02"_s, str(source), str(message), {}};
}

} // namespace

class TestOtherRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void oneSlotOnTwoVms()
    {
        const QStringList id{u"container-task-duplicate:trop02/vm/Araybwyn/service/web"_s};
        const Container first = task("web", 2, "4yzmmuh6jfiqvw4tmslylzox8", "web:1");
        const Container second = task("web", 2, "14o28ydavjbctxh8sirh1yp1i", "web:1");
        const Container other = task("web", 1, "rxfuqi2evdpkeeixz6khdhvin", "web:1");
        auto findings = judged(twoHosts({first, other}, {second}));
        QCOMPARE(wrongs(findings), id);
        QVERIFY2(findings.front().message.contains(u"slot 2 runs 2 times"_s),
                 qPrintable(findings.front().message));
        QVERIFY(!findings.front().message.contains(u"slot 1"_s));
        QCOMPARE(wrongs(twoHosts({second}, {other, first})), id);
        QCOMPARE(wrongs(twoHosts({first}, {other})), QStringList());
        QCOMPARE(wrongs(twoHosts({first, second}, {})),
                 QStringList(u"container-task-duplicate:trop02/vm/Eterathiel/service/web"_s));
    }

    void theManagersListTellsWhichCopyIsWanted()
    {
        const Container stale = task("web", 2, "4yzmmuh6jfiqvw4tmslylzox8", "web:1");
        const Container wanted = task("web", 2, "14o28ydavjbctxh8sirh1yp1i", "web:1");
        Fleet all = twoHosts({stale}, {wanted}, "", "c1");
        const Source list{u"tasks.json"_s, 1, 4};
        // Tables cut ids to twelve digits.
        (*all.hypervisors[0].domains)[1].guest->engine.tasks = QList<SwarmTask>{
            {u"4yzmmuh6jfiq"_s, u"web.2"_s, u"web"_s, 2, {}, {}, u"Shutdown"_s, {}, {}, list},
            {u"14o28ydavjbctxh8sirh1yp1i"_s, u"web.2"_s, u"web"_s, 2, {}, {}, u"Running"_s, {}, {}, list}};
        const Finding finding = findingOf(judged(all), "container-task-duplicate");
        QVERIFY2(finding.message.contains(
                     u"web.2.4yzmmuh6jfiqvw4tmslylzox8 on Eterathiel, which its manager wants shutdown"_s),
                 qPrintable(finding.message));
        QVERIFY2(finding.message.contains(
                     u"web.2.14o28ydavjbctxh8sirh1yp1i on Araybwyn, which its manager wants;"_s) ||
                     finding.message.contains(
                         u"web.2.14o28ydavjbctxh8sirh1yp1i on Araybwyn, which its manager wants)"_s),
                 qPrintable(finding.message));
        QVERIFY(finding.evidence.contains(Quote{list, {}}));
    }

    void twoSwarmsMayUseOneName()
    {
        const Container a = task("web", 1, "4yzmmuh6jfiqvw4tmslylzox8", "web:1", "s1");
        const Container b = task("web", 1, "14o28ydavjbctxh8sirh1yp1i", "web:1", "s2");
        QCOMPARE(wrongs(twoHosts({a}, {b})), QStringList());
        const Container plainA = task("web", 1, "4yzmmuh6jfiqvw4tmslylzox8", "web:1");
        const Container plainB = task("web", 1, "14o28ydavjbctxh8sirh1yp1i", "web:1");
        QCOMPARE(wrongs(twoHosts({plainA}, {plainB}, "c1", "c2")), QStringList());
        QCOMPARE(wrongs(twoHosts({plainA}, {plainB}, "c1", "c1")).size(), 1);
    }

    void oneThatTellsTooLittleJoinsNoTwo()
    {
        // A third engine that says neither service nor cluster must not make one service of two, whatever the
        // order in which they were read.
        const Container bare = task("web", 1, "zx12opk1k05luhlbkza0pa37l", "web:1");
        const Container a = task("web", 1, "4yzmmuh6jfiqvw4tmslylzox8", "web:1", "s1");
        const Container b = task("web", 1, "14o28ydavjbctxh8sirh1yp1i", "web:1", "s2");
        QList<Domain> vms{dockerHost("Eterathiel", mac13, {bare}), dockerHost("Araybwyn", mac08, {a}),
                          dockerHost("Ulov", "52:54:00:02:02:0a", {b})};
        for (int turn = 0; turn < 3; ++turn) {
            vms.append(vms.takeFirst());
            QCOMPARE(wrongs(fleet({hypervisor("trop02", vms)})), QStringList());
        }
    }

    void globalServicesRunOnEachNode()
    {
        const Container a = nodeTask("agent", "n1n1n1n1n1n1n1n1n1n1n1n1n", "4yzmmuh6jfiqvw4tmslylzox8");
        const Container b = nodeTask("agent", "n2n2n2n2n2n2n2n2n2n2n2n2n", "14o28ydavjbctxh8sirh1yp1i");
        QCOMPARE(wrongs(twoHosts({a}, {b})), QStringList());
        const Container c = nodeTask("agent", "n1n1n1n1n1n1n1n1n1n1n1n1n", "14o28ydavjbctxh8sirh1yp1i");
        QCOMPARE(wrongs(twoHosts({a, c}, {})).size(), 1);
    }

    void oldTasksOfASlotAreNoCopies()
    {
        const Container now = task("web", 1, "4yzmmuh6jfiqvw4tmslylzox8", "web:1");
        for (const ContainerState state :
             {ContainerState::Exited, ContainerState::Dead, ContainerState::Created, ContainerState::Removing,
              ContainerState::Unknown}) {
            Container old = task("web", 1, "14o28ydavjbctxh8sirh1yp1i", "web:1");
            old.state = state;
            QCOMPARE(wrongs(twoHosts({now, old}, {old})), QStringList());
        }
    }

    void twoServicesOnOneImageAreNoCopies()
    {
        const Container a = task("ft_carolina", 1, "zx12opk1k05luhlbkza0pa37l", "firethorn/postgres:2.1.36");
        const Container b = task("ft_bethany", 1, "sibtonwiibkdc7v08fpazjrt7", "firethorn/postgres:2.1.36");
        const auto findings = judged(twoHosts({a, b}, {}));
        QCOMPARE(wrongs(findings), QStringList());
        const Finding shared = findingOf(findings, "container-image-shared");
        QCOMPARE(shared.subject, u"trop02/vm/Eterathiel/service/ft_bethany"_s);
        QCOMPARE(shared.severity, Severity::Info);
        for (const QString &word : {u"ft_carolina"_s, u"ft_bethany"_s, u"firethorn/postgres:2.1.36"_s})
            QVERIFY2(shared.message.contains(word), qPrintable(shared.message));
        QVERIFY(findingOf(judged(twoHosts({a}, {b})), "container-image-shared").rule.isEmpty());
        const Container again =
            task("ft_carolina", 2, "4yzmmuh6jfiqvw4tmslylzox8", "firethorn/postgres:2.1.36");
        QVERIFY(findingOf(judged(twoHosts({a, again}, {})), "container-image-shared").rule.isEmpty());
    }

    void namesAreNotTakenForPlaceholders()
    {
        const Container a = task("%1%4", 1, "zx12opk1k05luhlbkza0pa37l", "%2:%3");
        const Container b = task("%2", 1, "sibtonwiibkdc7v08fpazjrt7", "%2:%3");
        const Container c = task("%2", 1, "14o28ydavjbctxh8sirh1yp1i", "%2:%3");
        const auto findings = judged(twoHosts({a, b, c}, {}));
        QVERIFY(findingOf(findings, "container-image-shared")
                    .message.startsWith(
                        u"%1%4 and %2 on Eterathiel run the same image %2:%3. They are 2 different"_s));
        QVERIFY(findingOf(findings, "container-task-duplicate")
                    .message.contains(u"slot 1 runs 2 times (%2.1.sibtonwiibkdc7v08fpazjrt7 on"_s));
    }

    void errorsOfOneMachineAreOneFinding()
    {
        Hypervisor host = hypervisor("trop02", {healthyAcilamwen()});
        host.errors = {unread("libvirt"), unread("host", "permission denied\n(publickey)\n")};
        auto findings = judged(fleet({host}));
        QCOMPARE(wrongs(findings), QStringList(u"source-unreachable:trop02"_s));
        QVERIFY2(findings.front().message.contains(u"no route to host. Not checked: its VMs"_s) &&
                     findings.front().message.contains(
                         u"permission denied (publickey). Not checked: its bridges"_s),
                 qPrintable(findings.front().message));
        host.errors.append(unread("guest Acilamwen"));
        host.errors.append(unread("guests/Acilamwen/docker/ps.json"));
        host.errors.append(unread("host/fdb.json"));
        QCOMPARE(wrongs(fleet({host})),
                 (QStringList{u"source-unreachable:trop02"_s, u"source-unreachable:trop02/vm/Acilamwen"_s}));
        host.errors = {unread("host", QByteArray(100000, 'x').constData())};
        QVERIFY(judged(fleet({host})).front().message.size() < 1000);
    }

    void aHypervisorOfWhichNothingWasRead()
    {
        Hypervisor nothing;
        nothing.name = u"trop03"_s;
        const Hypervisor known = hypervisor("trop02", {healthyAcilamwen()});
        const QStringList id{u"source-unreachable:trop03"_s};
        QCOMPARE(wrongs(fleet({known, nothing})), id);
        QCOMPARE(wrongs(fleet({known}), policy({u"trop02"_s, u"trop03"_s})), id);
        nothing.errors = {{u"trop03"_s, u"libvirt"_s, u"timed out"_s, {}}};
        QCOMPARE(wrongs(fleet({known, nothing}), policy({u"trop02"_s, u"trop03"_s})), id);
        QCOMPARE(wrongs(fleet({known})), QStringList());
    }

    void readsTheBundledTable()
    {
        QFile file(QStringLiteral(PROJECT_SOURCE "/resources/eol/end-of-life.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto parsed = parseEndOfLifeTable(file.readAll(), file.fileName());
        QCOMPARE(parsed.problems, QList<Problem>());
        QVERIFY(parsed.value.systems.size() > 80);
        QVERIFY(parsed.value.dated.isValid());
        QCOMPARE(parsed.value.systems.values(u"centos 8"_s).size(), 2);
    }

    void endsOfLife_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("pretty");
        QTest::addColumn<QDate>("day");
        QTest::addColumn<QString>("ended"); // empty: quiet
        const QString fedora = u"Fedora release 28 (Twenty Eight)"_s;
        QTest::newRow("seed") << u"fedora"_s << u"28"_s << fedora << QDate(2023, 7, 18)
                              << u"2019-05-28, 4 years"_s;
        QTest::newRow("its very day")
            << u"fedora"_s << u"28"_s << fedora << QDate(2019, 5, 28) << u"ends on 2019-05-28"_s;
        QTest::newRow("the day after")
            << u"fedora"_s << u"28"_s << fedora << QDate(2019, 5, 29) << u"2019-05-28, one day before"_s;
        QTest::newRow("no date") << u"fedora"_s << u"28"_s << fedora << QDate() << QString();
        QTest::newRow("unknown system")
            << u"plan9"_s << u"4"_s << u"Plan 9"_s << QDate(2023, 7, 18) << QString();
        QTest::newRow("unknown version")
            << u"fedora"_s << u"99"_s << QString() << QDate(2223, 7, 18) << QString();
        QTest::newRow("no version") << u"fedora"_s << QString() << QString() << QDate(2223, 7, 18)
                                    << QString();
        QTest::newRow("7.9 is 7") << u"centos"_s << u"7.9"_s << u"CentOS Linux release 7.9.2009 (Core)"_s
                                  << QDate(2024, 7, 1) << u"2024-06-30"_s;
        QTest::newRow("CentOS Linux 8")
            << u"centos"_s << u"8"_s << u"CentOS Linux 8"_s << QDate(2022, 6, 1) << u"2021-12-31"_s;
        QTest::newRow("CentOS Linux 8.5") << u"centos"_s << u"8.5"_s << u"CentOS Linux release 8.5.2111"_s
                                          << QDate(2022, 6, 1) << u"2021-12-31"_s;
        QTest::newRow("CentOS Stream 8")
            << u"centos"_s << u"8"_s << u"CentOS Stream 8"_s << QDate(2022, 6, 1) << QString();
        QTest::newRow("CentOS Stream 8 ended")
            << u"centos"_s << u"8"_s << u"CentOS Stream release 8"_s << QDate(2024, 6, 1) << u"2024-05-31"_s;
        QTest::newRow("some CentOS 8")
            << u"centos"_s << u"8"_s << QString() << QDate(2030, 6, 1) << QString();
        QTest::newRow("3.18.2 is 3.18")
            << u"alpine"_s << u"3.18.2"_s << u"Alpine Linux v3.18"_s << QDate(2025, 5, 10) << u"2025-05-09"_s;
        QTest::newRow("3.1 is not 3.10")
            << u"alpine"_s << u"3.1"_s << u"Alpine"_s << QDate(2030, 1, 1) << QString();
    }

    void endsOfLife()
    {
        QFETCH(QString, id);
        QFETCH(QString, version);
        QFETCH(QString, pretty);
        QFETCH(QDate, day);
        QFETCH(QString, ended);
        const Fleet all = withOs(qPrintable(id), qPrintable(version), qPrintable(pretty), day);
        const Finding finding = findingOf(judged(all, policy(), bundledTable()), "guest-os-eol");
        QCOMPARE(finding.subject, ended.isEmpty() ? QString() : u"trop02/vm/Acilamwen"_s);
        QVERIFY2(finding.message.contains(ended), qPrintable(finding.message));
    }

    void theGuestsClockStandsIn()
    {
        Fleet all = withOs("fedora", "28", "", QDate());
        Machine &system = (*all.hypervisors[0].domains)[0].guest->system;
        system.clock = Sourced<QDateTime>{QDateTime({2023, 7, 18}, {16, 20}, Qt::UTC), {}};
        const Finding finding = findingOf(judged(all, policy(), bundledTable()), "guest-os-eol");
        QVERIFY2(finding.message.contains(u"Fedora 28"_s), qPrintable(finding.message));
    }

    void badTablesAreProblems_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("systems");
        QTest::addColumn<QString>("says");
        QTest::newRow("no JSON") << QByteArray("{") << 0 << u"is not JSON"_s;
        QTest::newRow("empty") << QByteArray() << 0 << u"is not JSON"_s;
        QTest::newRow("array") << QByteArray("[]") << 0 << u"systems"_s;
        QTest::newRow("no id") << QByteArray(R"({"systems":[{"name":"A","version":"1","eol":"2020-01-01"}]})")
                               << 0 << u"\"id\""_s;
        QTest::newRow("no date") << QByteArray(
                                        R"({"systems":[{"id":"a","name":"A","version":"1","eol":"2020-13-01"},
            {"id":"b","name":"B","version":"1","eol":"2020-01-01"}]})")
                                 << 1 << u"A 1 has no date"_s;
    }

    void badTablesAreProblems()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, systems);
        QFETCH(QString, says);
        const auto parsed = parseEndOfLifeTable(json, u"eol.json"_s);
        QCOMPARE(int(parsed.value.systems.size()), systems);
        QCOMPARE(parsed.problems.size(), 1);
        QVERIFY2(parsed.problems.front().message.contains(says), qPrintable(parsed.problems.front().message));
    }
};

QTEST_GUILESS_MAIN(TestOtherRules)
#include "test_other_rules.moc"
