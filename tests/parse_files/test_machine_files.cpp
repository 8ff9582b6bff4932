#include "models/parse/date_text.h"
#include "models/parse/os_release.h"
#include "models/parse/package_history.h"
#include "tests/parse_files/fixture.h"
#include "tests/parse_files/mangle.h"

#include <QRegularExpression>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

class TestMachineFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsReleases_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("version");
        const auto row = [](const char *line, const char *id, const char *version) {
            QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(id)
                                << QString::fromLatin1(version);
        };
        row("Fedora release 28 (Twenty Eight)", "fedora", "28");
        row("CentOS Linux release 7.9.2009 (Core)", "centos", "7");
        row("CentOS release 6.10 (Final)", "centos", "6");
        row("CentOS Stream release 9", "centos", "9");
        row("Red Hat Enterprise Linux Server release 7.9 (Maipo)", "rhel", "7.9");
        row("Red Hat Enterprise Linux release 8.4 (Ootpa)", "rhel", "8.4");
        row("Rocky Linux release 8.9 (Green Obsidian)", "rocky", "8.9");
        row("AlmaLinux release 9.3 (Shamrock Pampas Cat)", "almalinux", "9.3");
        row("Scientific Linux release 7.9 (Nitrogen)", "scientific", "7.9");
    }
    void readsReleases()
    {
        QFETCH(const QString, line);
        QFETCH(const QString, id);
        QFETCH(const QString, version);
        const QByteArray text = "\n   " + line.toUtf8() + "\n";
        const auto parsed = parseRedhatRelease(text, u"r"_s);
        QVERIFY(parsed.problems.isEmpty());
        QCOMPARE(*parsed.value, (OsRelease{id, version, line, {u"r"_s, 2, 2}}));
        QCOMPARE(parseOsRelease(text, u"r"_s).value, parsed.value);
    }

    void readsOsRelease()
    {
        const auto debian = parseOsRelease(fixture(u"os-release-debian12.txt"_s), u"o"_s);
        QVERIFY(debian.problems.isEmpty());
        QCOMPARE(*debian.value,
                 (OsRelease{u"debian"_s, u"12"_s, u"Debian GNU/Linux 12 (bookworm)"_s, {u"o"_s, 1, 6}}));
        const auto loose =
            parseOsRelease("# x\nNAME=Some Linux\nVERSION='28 (it\\'s)\nID=\"Fedora\nVERSION_ID=28", u"o"_s);
        QCOMPARE(loose.value->id, u"fedora"_s);
        QCOMPARE(loose.value->version, u"28"_s);
        QVERIFY(loose.value->pretty.startsWith(u"Some Linux 28"_s));
        const auto bad = parseOsRelease("A=1\nnonsense\n", u"o"_s);
        QVERIFY(!bad.value);
        QCOMPARE(bad.problems.size(), 2);
        QCOMPARE(bad.problems[0].line, 2);
        QVERIFY(!parseOsRelease("", u"o"_s).value);
        QVERIFY(!parseRedhatRelease("Permission denied", u"o"_s).problems.isEmpty());
    }

    void readsDates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("iso");
        const auto row = [](const char *text, const char *iso) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(iso);
        };
        row("Tue 18 Jul 16:20:48 BST 2023", "2023-07-18T16:20:48+01:00");
        row("        Tue 18 Jul 16:11:48 BST 2023", "2023-07-18T16:11:48+01:00");
        row("Tue Jul 18 16:20:48 BST 2023", "2023-07-18T16:20:48+01:00");
        row("Sat Jul  8 06:20:48 CEST 2023", "2023-07-08T06:20:48+02:00");
        row("Tue 18 Jul 2023 04:20:48 PM BST", "2023-07-18T16:20:48+01:00");
        row("Tue Jul 18 12:20:48 AM EDT 2023", "2023-07-18T00:20:48-04:00");
        row("Tue 18 Jul 12:20:48 PM GMT 2023", "2023-07-18T12:20:48+00:00");
        row("Mon Nov 23 21:22:18 UTC 2026", "2026-11-23T21:22:18+00:00");
        row("Tue Jul 18 16:20:48 +03 2023", "2023-07-18T16:20:48+03:00");
        row("Mon, 23 Nov 2026 21:22:18 +0000", "2026-11-23T21:22:18+00:00");
        row("2026-11-23 21:22:18+00:00", "2026-11-23T21:22:18+00:00");
        row("2026-11-23T21:22:19-05:30", "2026-11-23T21:22:19-05:30");
        row("2026-11-23T21:22:19,123456789+01:00", "2026-11-23T21:22:19+01:00");
        row("2026-11-23T21:22:19.5Z", "2026-11-23T21:22:19+00:00");
    }
    void readsDates()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, iso);
        const auto parsed = parseDate(text, u"d"_s);
        QVERIFY(parsed.value);
        QVERIFY(parsed.problems.isEmpty());
        const QDateTime expected = QDateTime::fromString(iso, Qt::ISODate);
        QVERIFY2(*parsed.value == expected, qPrintable(parsed.value->toString(Qt::ISODate)));
        QCOMPARE(parsed.value->offsetFromUtc(), expected.offsetFromUtc());
    }

    void unknownZonesAreNotGuessed()
    {
        for (const char *text :
             {"Tue Jul 18 16:20:48 CST 2023", "Tue Jul 18 16:20:48 2023", "2023-07-18 16:20:48"}) {
            const auto parsed = parseDate(text, u"d"_s);
            QCOMPARE(parsed.value->timeSpec(), Qt::LocalTime);
            QCOMPARE(parsed.value->time(), QTime(16, 20, 48));
            QCOMPARE(parsed.problems.size(), 1);
            QVERIFY(parsed.problems[0].message.contains(u"local time"_s));
        }
    }

    void badDatesAreProblems()
    {
        for (const char *text :
             {"", "date: command not found", "Tue Jul 32 16:20:48 BST 2023", "2023-02-30T00:00:00Z",
              "16:20:48 BST", "Tue Jul 18 25:20:48 BST 2023", "2023-07-18T16:20:48+99:00"}) {
            const auto parsed = parseDate(text, u"d"_s);
            QVERIFY2(!parsed.value, text);
            QVERIFY2(!parsed.problems.isEmpty(), text);
        }
        const auto more = parseDate("Tue Jul 18 16:20:48 BST 2023\nhello\n", u"d"_s);
        QVERIFY(more.value);
        QCOMPARE(more.problems.size(), 1);
        QCOMPARE(more.problems[0].line, 2);
    }

    void readsTheNotesHistory()
    {
        for (const QString &name : {u"notes-yum-history.txt"_s, u"notes-yum-history-indented.txt"_s}) {
            const auto parsed = parsePackageHistory(fixture(name), u"p"_s);
            QVERIFY(parsed.problems.isEmpty());
            QCOMPARE(parsed.value.size(), 2);
            QCOMPARE(parsed.value[0], (PackageTransaction{2,
                                                          u"-y install docker-ce"_s,
                                                          QDateTime(QDate(2018, 10, 16), QTime(13, 41)),
                                                          u"Install"_s,
                                                          {u"p"_s, 3, 3}}));
            QCOMPARE(parsed.value[1].command, QString());
            QCOMPARE(parsed.value[1].id, 1);
        }
    }

    void readsOtherHistories()
    {
        const auto yum = parsePackageHistory(fixture(u"yum-history-centos7.txt"_s), u"p"_s);
        QVERIFY(yum.problems.isEmpty());
        QCOMPARE(yum.value.size(), 3);
        QCOMPARE(yum.value[0].action, u"I, U"_s);
        QCOMPARE(yum.value[0].command, QString());
        const auto dnf = parsePackageHistory(fixture(u"dnf5-history.txt"_s), u"p"_s);
        QVERIFY(dnf.problems.isEmpty());
        QCOMPARE(dnf.value.size(), 2);
        QCOMPARE(dnf.value[0].command, u"dnf install docker | cat"_s);
        QCOMPARE(dnf.value[0].time, QDateTime(QDate(2024, 5, 1), QTime(10, 0, 7)));
        const auto bars = parsePackageHistory("ID | Command line | Date and time | Action(s) | Altered\n"
                                              " 7 | a | b | 2024-05-01 10:00 | I | 1\n",
                                              u"p"_s);
        QCOMPARE(bars.value[0].command, u"a | b"_s);
    }

    void readsDpkgLogs()
    {
        const auto cut = parsePackageHistory(fixture(u"dpkg.log"_s), u"p"_s);
        QVERIFY(cut.problems.isEmpty());
        QCOMPARE(cut.value.size(), 2);
        QCOMPARE(cut.value[0].command, u"libc-bin:amd64 2.36-9+deb12u14"_s);
        QCOMPARE(cut.value[0].action, u"installed"_s);
        QCOMPARE(cut.value[0].source.first, 4);
        const auto whole =
            parsePackageHistory("2026-11-23 21:16:00 startup archives unpack\n"
                                "2026-11-23 21:16:01 install a:amd64 <none> 1.0\n"
                                "2026-11-23 21:16:02 status installed a:amd64 1.0\n"
                                "2026-11-23 21:16:03 upgrade b:all 1.0 2.0\n"
                                "2026-11-23 21:16:04 trigproc man-db:amd64 2.11 <none>\nnoise\n",
                                u"p"_s);
        QCOMPARE(whole.value.size(), 2);
        QCOMPARE(whole.value[0].action, u"upgrade"_s);
        QCOMPARE(whole.value[0].command, u"b:all 2.0"_s);
        QCOMPARE(whole.value[1].command, u"a:amd64 1.0"_s);
        QCOMPARE(whole.problems.size(), 1);
        QCOMPARE(whole.problems[0].line, 6);
    }

    void brokenFilesNeverCrash()
    {
        for (const char16_t *name :
             {u"notes-yum-history.txt", u"yum-history-centos7.txt", u"dnf5-history.txt", u"dpkg.log"})
            mangle(fixture(QString::fromUtf16(name)), [](const QByteArray &text) {
                for (const PackageTransaction &one : parsePackageHistory(text, u"p"_s).value)
                    QVERIFY(one.time.isValid() && one.source.first >= 1);
            });
        mangle(fixture(u"os-release-debian12.txt"_s),
               [](const QByteArray &text) { parseOsRelease(text, u"o"_s); });
        mangle("CentOS Linux release 7.9.2009 (Core)\n",
               [](const QByteArray &text) { parseOsRelease(text, u"o"_s); });
        for (const char *text :
             {"Tue 18 Jul 2023 04:20:48 PM BST\n", "2026-11-23T21:22:19,123456789+01:00\n"})
            mangle(
                text,
                [](const QByteArray &broken) {
                    const auto parsed = parseDate(broken, u"d"_s);
                    QVERIFY(parsed.value ? parsed.value->isValid() : !parsed.problems.isEmpty());
                },
                2000);
    }
};

QTEST_APPLESS_MAIN(TestMachineFiles)
#include "test_machine_files.moc"
