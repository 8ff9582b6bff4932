#include "tests/rules/judging.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::build;
using namespace Qt::Literals::StringLiterals;

namespace {

Fleet onDay(const Domain &domain, QDate day)
{
    Fleet made = fleetOf(domain);
    made.taken = QDateTime(day, {12, 0}, Qt::UTC);
    return made;
}

OsRelease os(const char *id, const char *version)
{
    return {str(id), str(version), {}, {u"os-release.txt"_s, 1, 2}};
}

Domain withDocker(const char *version, const char *platform)
{
    Domain made = dockerHost("Ulov", "52:54:00:02:02:0a", {container("9683ea05bb04", "apache", "apache:2")});
    made.guest->engine.version = Sourced<QString>{str(version), {u"version.json"_s, 1, 1}};
    made.guest->engine.platform = str(platform);
    return made;
}

Domain withKernel(const char *release)
{
    Domain made = healthyAcilamwen();
    made.guest->system.kernel = Sourced<QString>{str(release), {u"kernel.txt"_s, 1, 1}};
    return made;
}

QString messageOf(const Fleet &fleet, const char *rule)
{
    return findingOf(judged(fleet, policy(), bundledTable()), rule).message;
}

} // namespace

class TestEndOfLife : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theWholeTableIsRead()
    {
        QFile file(QStringLiteral(PROJECT_SOURCE "/resources/eol/end-of-life.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto parsed = parseEndOfLifeTable(file.readAll(), u"end-of-life.json"_s);
        QCOMPARE(parsed.problems.size(), 0);
        QVERIFY(parsed.value.systems.size() > 100);
        QVERIFY(parsed.value.docker.size() > 20);
        QVERIFY(parsed.value.kernels.size() > 30);
    }

    void beforeTheEnd_data()
    {
        QTest::addColumn<QDate>("day");
        QTest::addColumn<QString>("says"); // empty: quiet
        QTest::newRow("91 days") << QDate(2023, 9, 5) << QString();
        QTest::newRow("90 days")
            << QDate(2023, 9, 6)
            << u"Acilamwen runs Fedora 37, whose life ends on 2023-12-05, 90 days after"_s;
        QTest::newRow("eve") << QDate(2023, 12, 4) << u"ends on 2023-12-05, one day after this was read."_s;
        QTest::newRow("last day") << QDate(2023, 12, 5) << u"ends on 2023-12-05, the day on which"_s;
        QTest::newRow("day after")
            << QDate(2023, 12, 6)
            << u"ended on 2023-12-05, one day before this was read: no security updates since."_s;
    }

    void beforeTheEnd()
    {
        QFETCH(QDate, day);
        QFETCH(QString, says);
        Domain vm = healthyAcilamwen();
        vm.guest->system.os = os("fedora", "37");
        const QString message = messageOf(onDay(vm, day), "guest-os-eol");
        QCOMPARE(message.isEmpty(), says.isEmpty());
        QVERIFY2(message.contains(says), qPrintable(message));
    }

    void theHypervisorsOwnSystem()
    {
        Fleet all = onDay(healthyAcilamwen(), QDate(2023, 7, 18));
        QVERIFY(messageOf(all, "host-os-eol").isEmpty()); // not read
        all.hypervisors[0].host.os = os("debian", "12");
        QVERIFY(messageOf(all, "host-os-eol").isEmpty());
        all.hypervisors[0].host.os = os("debian", "8");
        QVERIFY2(messageOf(all, "host-os-eol")
                     .startsWith(u"trop02 runs Debian GNU/Linux 8, whose life ended on"_s),
                 qPrintable(messageOf(all, "host-os-eol")));
        QVERIFY(isSteady(all, policy(), bundledTable()));
        QVERIFY(messageOf(all, "guest-os-eol").isEmpty());
    }

    void docker_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("platform");
        QTest::addColumn<bool>("ended");
        const auto row = [](const char *version, const char *platform, bool ended) {
            QTest::addRow("%s %s", version, platform) << str(version) << str(platform) << ended;
        };
        const char *const own = "Docker Engine - Community";
        row("18.06.1-ce", "", true);
        row("19.03.5", own, true);
        row("24.0.2", own, false);
        row("27.5.1", own, false);
        row("99.0.1", own, false);
        row("20.10.24+dfsg1", "", false); // Debian's
        row("19.03.5", "", false);        // a distribution's, or not known
        row("19.03.5+azure", own, false); // somebody's
        row("19.03.5", "Docker Engine - Enterprise", false);
        row("", own, false);
    }

    void docker()
    {
        QFETCH(QString, version);
        QFETCH(QString, platform);
        QFETCH(bool, ended);
        const Fleet all = onDay(withDocker(qPrintable(version), qPrintable(platform)), QDate(2023, 7, 18));
        const auto found = findingsOf(judged(all, policy(), bundledTable()), "guest-docker-eol");
        QCOMPARE(allIds(found), ended ? QStringList(u"guest-docker-eol:trop02/vm/Ulov"_s) : QStringList());
        if (ended)
            QVERIFY2(found[0].message.startsWith(u"Ulov runs Docker Engine "_s + version),
                     qPrintable(found[0].message));
    }

    void longerVersionsFallBack()
    {
        const EndOfLifeTable table = bundledTable();
        QCOMPARE(table.findDocker(u"27.5.1"_s)->date, QDate(2025, 5, 3));
        QCOMPARE(table.findDocker(u"26.0.2"_s)->date, QDate(2024, 6, 8));
        QCOMPARE(table.findDocker(u"26.1.5"_s)->date, QDate(2025, 2, 17));
        QVERIFY(!table.findDocker(u"2"_s));
        QVERIFY(!table.findDocker(u"27"_s)); // no version that an engine tells
    }

    void kernels_data()
    {
        QTest::addColumn<QString>("release");
        QTest::addColumn<QString>("series"); // empty: a distribution's
        const auto row = [](const char *release, const char *series) {
            QTest::newRow(release) << str(release) << str(series);
        };
        row("4.14.2", "4.14");
        row("6.1", "6.1");
        row("5.4.123+", "5.4");
        row("5.4.273-1.el8.elrepo.x86_64", "5.4");
        row("6.2.0-060200-generic", "6.2");
        row("5.15.123-0515123-generic", "5.15");
        for (const char *distribution :
             {"6.1.0-10-amd64", "5.15.0-76-generic", "4.16.3-301.fc28.x86_64", "5.14.0-284.18.1.el9_2.x86_64",
              "6.1.38-0-virt", "5.14.21-150500.55.7-default", "6.4.3-arch1-1", "5.15.107-2-pve",
              "6.1.34-59.116.amzn2023.x86_64", "4.19.0-25-cloud-amd64", "5.10.0-rc3", "", "linux"})
            row(distribution, "");
    }

    void kernels()
    {
        QFETCH(QString, release);
        QFETCH(QString, series);
        QCOMPARE(upstreamSeries(release).value_or(QString()), series);
    }

    void aKernelPastItsEnd()
    {
        const QDate day(2024, 6, 1);
        const QString message = messageOf(onDay(withKernel("4.14.2"), day), "guest-kernel-eol");
        QVERIFY2(message.contains(u"kernel.org's Linux 4.14, whose life ended on 2024-01-10"_s),
                 qPrintable(message));
        QVERIFY(messageOf(onDay(withKernel("6.1.38"), day), "guest-kernel-eol").isEmpty());
        QVERIFY(messageOf(onDay(withKernel("4.14.0-3-amd64"), day), "guest-kernel-eol").isEmpty());
        QVERIFY(messageOf(onDay(withKernel("5.7.1"), day), "guest-kernel-eol").isEmpty()); // no date is known
        Fleet all = onDay(healthyAcilamwen(), day);
        all.hypervisors[0].host.kernel = Sourced<QString>{u"4.14.2"_s, {u"kernel.txt"_s, 1, 1}};
        QVERIFY(messageOf(all, "host-kernel-eol").startsWith(u"trop02 runs the kernel 4.14.2"_s));
        QVERIFY(messageOf(all, "guest-kernel-eol").isEmpty());
    }

    void badSeriesAreProblems()
    {
        const auto parsed = parseEndOfLifeTable(
            R"({"systems":[],"docker":[{"version":"1.0","eol":"never"},{"eol":"2020-01-01"},
                {"version":"2.0","eol":"2020-01-01"}]})",
            u"eol.json"_s);
        QCOMPARE(parsed.value.docker.size(), 1);
        QCOMPARE(parsed.problems.size(), 2);
        QVERIFY2(parsed.problems[0].message.contains(u"Docker Engine 1.0 has no date"_s),
                 qPrintable(parsed.problems[0].message));
    }
};

QTEST_GUILESS_MAIN(TestEndOfLife)
#include "test_end_of_life.moc"
