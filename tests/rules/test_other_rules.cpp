#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

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
