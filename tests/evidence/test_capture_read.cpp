#include "models/evidence/capture.h"
#include "tests/evidence/folder.h"

#include <QRegularExpression>
#include <QTemporaryDir>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

/// Folders as an operator, or somebody who means harm, makes them by hand.
class TestCaptureRead : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_room = std::make_unique<QTemporaryDir>();
        m_path = m_room->filePath(u"capture"_s);
        put(m_path + u"/trop02/host/hostname.txt"_s, "trop02\n");
    }

    void needsNoHeader()
    {
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        QCOMPARE(evidence->problems.size(), 0);
        QCOMPARE(evidence->documents.keys(), QStringList{u"trop02/host/hostname.txt"_s});
        QCOMPARE(evidence->hypervisors(), QStringList{u"trop02"_s});
        QVERIFY(!evidence->taken.isValid());
    }

    void keepsUnknownFiles()
    {
        put(m_path + u"/trop02/notes of mine.md"_s, "as I found it");
        put(m_path + u"/.hidden/x"_s, "kept");
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        QCOMPARE(evidence->documents.value(u"trop02/notes of mine.md"_s).text, QByteArray("as I found it"));
        QCOMPARE(evidence->documents.value(u".hidden/x"_s).text, QByteArray("kept"));
        QCOMPARE(evidence->hypervisors(), QStringList{u"trop02"_s});
    }

    void refusesANewerFormat_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("shown");
        QTest::newRow("next") << QByteArray("{\"format\": 2}") << u"2"_s;
        QTest::newRow("far") << QByteArray("{\"format\": 99999999999}") << u"1e+11"_s;
        QTest::newRow("between") << QByteArray("{\"format\": 1.5}") << u"1.5"_s;
    }
    void refusesANewerFormat()
    {
        QFETCH(QByteArray, header);
        QFETCH(QString, shown);
        put(m_path + u"/capture.json"_s, header);
        const auto evidence = readCapture(m_path);
        QVERIFY(!evidence);
        QCOMPARE(evidence.error().kind, ErrorKind::Unsupported);
        QCOMPARE(evidence.error().text(),
                 m_path + u": is a capture of format "_s + shown +
                     u"; this program reads format 1: open it with a newer Troposcope"_s);
    }

    void listsABrokenHeaderAndShowsTheRest_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("said");
        QTest::newRow("cut") << QByteArray("{\"format\": 1,\n \"taken\": ") << 2 << u"is not JSON"_s;
        QTest::newRow("empty") << QByteArray() << 1 << u"is not JSON"_s;
        QTest::newRow("list") << QByteArray("[1]") << 1 << u"must be a JSON object"_s;
        QTest::newRow("text") << QByteArray("{\"format\": \"2\"}") << 0
                              << u"\"format\" must be the number 1"_s;
        QTest::newRow("nought") << QByteArray("{\"format\": 0}") << 0 << u"\"format\" must be the number 1"_s;
        QTest::newRow("time") << QByteArray("{\"taken\": \"yesterday\"}") << 0 << u"no RFC 3339 time"_s;
        QTest::newRow("deep") << QByteArray(100'000, '[') << 1 << u"is not JSON"_s;
    }
    void listsABrokenHeaderAndShowsTheRest()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, line);
        QFETCH(QString, said);
        put(m_path + u"/capture.json"_s, header);
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        QCOMPARE(evidence->problems.size(), 1);
        QCOMPARE(evidence->problems.front().document, u"capture.json"_s);
        QCOMPARE(evidence->problems.front().line, line);
        QVERIFY2(evidence->problems.front().message.contains(said),
                 qPrintable(evidence->problems.front().message));
        QVERIFY(evidence->find(u"trop02/host/hostname.txt"_s));
    }

    void readsErrorsOfAHypervisor()
    {
        put(m_path + u"/capture.json"_s, "{\"taken\": \"2023-07-18T16:20:48+01:00\"}");
        put(m_path + u"/trop%2F03/errors.json"_s,
            "[{\"source\": \"libvirt\", \"error\": \"no answer\"},\n {\"error\": \"whose?\"}, 7]");
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        const QDateTime taken = QDateTime::fromString(u"2023-07-18T16:20:48+01:00"_s, Qt::ISODate);
        QCOMPARE(evidence->errors, (QList<SourceError>{{u"trop/03"_s, u"libvirt"_s, u"no answer"_s, taken}}));
        QCOMPARE(evidence->hypervisors(), QStringList({u"trop/03"_s, u"trop02"_s}));
        QCOMPARE(problemOf(*evidence, u"trop%2F03/errors.json"_s),
                 u"an entry names no \"source\"; an entry names no \"source\""_s);
    }

    void listsBrokenErrorsWithTheirLine()
    {
        put(m_path + u"/trop02/errors.json"_s, "[\n{\"source\": \"libvirt\"},\n{\"source\" \"host\"}]");
        put(m_path + u"/trop03/errors.json"_s, "{\"source\": \"libvirt\"}");
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        QCOMPARE(evidence->problems.size(), 2);
        QCOMPARE(evidence->problems.at(0).document, u"trop02/errors.json"_s);
        QCOMPARE(evidence->problems.at(0).line, 3);
        QCOMPARE(problemOf(*evidence, u"trop03/errors.json"_s),
                 u"must be a list of {\"source\", \"error\"}"_s);
        QVERIFY(evidence->find(u"trop02/host/hostname.txt"_s));
    }

    void listsBrokenTimes()
    {
        put(m_path + u"/capture.json"_s, "{\"taken\": \"2023-07-18T16:20:48+01:00\"}");
        put(m_path + u"/documents.json"_s,
            "{\"trop02/host/hostname.txt\": {\"taken\": 7, \"took_ms\": -1e300}}");
        auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        const Document document = evidence->documents.value(u"trop02/host/hostname.txt"_s);
        QCOMPARE(document.taken, evidence->taken);
        QCOMPARE(document.took, std::chrono::milliseconds(0));
        put(m_path + u"/documents.json"_s, "[]");
        evidence = readCapture(m_path);
        QVERIFY(evidence);
        QCOMPARE(problemOf(*evidence, u"documents.json"_s), u"must be a JSON object, not a list"_s);
    }

    void followsNoLink_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("relative") << u"../../../secret/key"_s;
        QTest::newRow("absolute") << u"ROOM/secret/key"_s;
        QTest::newRow("folder") << u"ROOM/secret"_s;
        QTest::newRow("inside") << u"hostname.txt"_s;
        QTest::newRow("itself") << u"link"_s;
        QTest::newRow("dangling") << u"nothing"_s;
        QTest::newRow("parent") << u".."_s;
    }
    void followsNoLink()
    {
        QFETCH(QString, target);
        put(m_room->filePath(u"secret/key"_s), "top secret");
        const QString link = m_path + u"/trop02/host/link"_s;
        QVERIFY(symlink(QFile::encodeName(target.replace(u"ROOM"_s, m_room->path())).constData(),
                        QFile::encodeName(link).constData()) == 0);
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        QCOMPARE(evidence->documents.keys(), QStringList{u"trop02/host/hostname.txt"_s});
        QCOMPARE(evidence->problems,
                 (QList<Problem>{{u"trop02/host/link"_s, 0, u"is a link: not followed"_s}}));
    }

    void aCaptureItselfMayBeALink()
    {
        const QString link = m_room->filePath(u"link"_s);
        QVERIFY(QFile::link(m_path, link));
        const auto evidence = readCapture(link);
        QVERIFY(evidence);
        QCOMPARE(evidence->documents.keys(), QStringList{u"trop02/host/hostname.txt"_s});
    }

    void waitsForNoPipe()
    {
        const QString pipe = m_path + u"/trop02/host/date.txt"_s;
        QVERIFY(mkfifo(QFile::encodeName(pipe).constData(), 0600) == 0);
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        QCOMPARE(problemOf(*evidence, u"trop02/host/date.txt"_s),
                 u"is neither a file nor a folder: not read"_s);
        const auto whole = readCapture(pipe);
        QVERIFY(!whole);
        QVERIFY(whole.error().message.startsWith(u"is neither a folder nor a file"_s));
        QVERIFY(!readCapture(u"/dev/zero"_s));
    }

    void boundsAFile()
    {
        CaptureLimits limits;
        limits.fileBytes = 2 * 1024 * 1024;
        put(m_path + u"/trop02/host/fits.txt"_s, QByteArray(2 * 1024 * 1024, 'x'));
        put(m_path + u"/trop02/host/large.txt"_s, QByteArray(2 * 1024 * 1024 + 1, 'x'));
        const auto evidence = readCapture(m_path, limits);
        QVERIFY(evidence);
        QCOMPARE(evidence->problems,
                 (QList<Problem>{{u"trop02/host/large.txt"_s, 0,
                                  u"is larger than 2 MiB, the bound for one file: not read"_s}}));
        QVERIFY(evidence->find(u"trop02/host/fits.txt"_s));
        QVERIFY(evidence->find(u"trop02/host/hostname.txt"_s));
    }

    void keepsNoMoreMemoryThanATextNeeds()
    {
        for (int i = 0; i < 50; ++i)
            put(m_path + u"/trop02/host/%1.txt"_s.arg(i), QByteArray(100 * i, 'x'));
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        for (const Document &document : evidence->documents)
            QVERIFY2(document.text.capacity() < 64 * 1024,
                     qPrintable(QString::number(document.text.capacity())));
    }

    void boundsTheWhole()
    {
        CaptureLimits limits;
        limits.totalBytes = 1024 * 1024;
        put(m_path + u"/a.txt"_s, QByteArray(600 * 1024, 'x'));
        QVERIFY(readCapture(m_path, limits));
        put(m_path + u"/b.txt"_s, QByteArray(600 * 1024, 'x'));
        const auto large = readCapture(m_path, limits);
        QVERIFY(!large);
        QCOMPARE(large.error().kind, ErrorKind::Limit);
        QCOMPARE(large.error().text(), m_path + u": holds more than 1 MiB, the bound for a capture"_s);
        limits = {};
        limits.files = 3;
        QVERIFY(readCapture(m_path, limits));
        limits.files = 2;
        const auto many = readCapture(m_path, limits);
        QVERIFY(!many);
        QCOMPARE(many.error().text(), m_path + u": holds more than 2 files, the bound for a capture"_s);
    }

    void saysWhatItMayNotRead()
    {
        put(m_path + u"/trop02/host/date.txt"_s, "today");
        put(m_path + u"/trop02/declared/etc/network/interfaces"_s, "auto lo");
        QFile::setPermissions(m_room->path(), QFile::Permissions(0x5555));
        QFile::setPermissions(m_path + u"/trop02/host/date.txt"_s, QFile::WriteOwner);
        QFile::setPermissions(m_path + u"/trop02/declared"_s, QFile::WriteOwner);
        Result<Evidence> evidence;
        Result<Evidence> nothing;
        {
            const OrdinaryUser user;
            evidence = readCapture(m_path);
            nothing = readCapture(m_path + u"/trop02/declared"_s);
        }
        QFile::setPermissions(m_path + u"/trop02/declared"_s,
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QFile::setPermissions(m_room->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QVERIFY(evidence);
        QCOMPARE(evidence->documents.keys(), QStringList{u"trop02/host/hostname.txt"_s});
        QCOMPARE(problemOf(*evidence, u"trop02/host/date.txt"_s), u"could not be read: Permission denied"_s);
        QCOMPARE(problemOf(*evidence, u"trop02/declared"_s), u"is a folder that you may not read"_s);
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().message, u"may not be read by you"_s);
    }

    void refusesWhatIsNoCapture()
    {
        const auto missing = readCapture(m_room->filePath(u"missing"_s));
        QVERIFY(!missing);
        QCOMPARE(missing.error().text(), m_room->filePath(u"missing"_s) +
                                             u": does not exist; give a capture's folder, .zip or .tar.gz"_s);
        QVERIFY(QDir().mkdir(m_room->filePath(u"empty"_s)));
        const auto empty = readCapture(m_room->filePath(u"empty"_s));
        QVERIFY(!empty);
        QCOMPARE(empty.error().kind, ErrorKind::Format);
        QVERIFY(!readCapture(QString()));
    }

    void looksThroughATopFolder()
    {
        const auto evidence = readCapture(m_room->path());
        QVERIFY(evidence);
        QCOMPARE(evidence->documents.keys(), QStringList{u"trop02/host/hostname.txt"_s});
    }

    void takesNoHypervisorForATopFolder()
    {
        put(m_path + u"/trop02/host/host/deep.txt"_s, "x");
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        QCOMPARE(evidence->hypervisors(), QStringList{u"trop02"_s});
        QVERIFY(evidence->find(u"trop02/host/hostname.txt"_s));
    }

    void withholdsSecrets()
    {
        const QString guest = m_path + u"/trop02/guests/Acilamwen"_s;
        put(guest + u"/nm/w.nmconnection"_s, "[wifi-security]\npsk=hunter2hunter2\nkey-mgmt=wpa-psk\n");
        put(guest + u"/ifcfg/ifcfg-w"_s, "DEVICE=w\nWPA_PSK=hunter2hunter2\n");
        put(guest + u"/netplan/w.yaml"_s, "network:\n  wifis:\n    w:\n      password: hunter2hunter2\n");
        put(guest + u"/docker/inspect.json"_s,
            "[{\"Id\": \"a1\", \"Config\": {\"Env\": [\"PASSWORD=hunter2hunter2\"], \"Image\": \"x\"}}]");
        put(guest + u"/docker/info.json"_s,
            "{\"Swarm\": {\"Cluster\": {\"JoinTokens\": {\"Worker\": \"hunter2hunter2\"}}}}");
        put(m_path + u"/trop02/unknown.txt"_s, "-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END "
                                               "PRIVATE KEY-----\nSWMTKN-1-hunter2hunter2-x\n");
        const auto evidence = readCapture(m_path);
        QVERIFY(evidence);
        QCOMPARE(evidence->documents.size(), 7);
        for (auto it = evidence->documents.cbegin(); it != evidence->documents.cend(); ++it)
            QVERIFY2(!it->text.contains("hunter2"), qPrintable(it.key()));
        QCOMPARE(evidence->documents.value(u"trop02/guests/Acilamwen/ifcfg/ifcfg-w"_s).text,
                 QByteArray("DEVICE=w\nWPA_PSK=<withheld>\n"));
        // What was withheld on the way in is not there to be written out.
        const QString copy = m_room->filePath(u"copy"_s);
        QVERIFY(writeCapture(copy, *evidence));
        QFile file(copy + u"/trop02/guests/Acilamwen/ifcfg/ifcfg-w"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("hunter2"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_room;
    QString m_path;

    void aFolderMayBeNamedFromHere()
    {
        const QString here = QDir::currentPath();
        const auto whole = readCapture(QDir(QStringLiteral(PROJECT_SOURCE "/resources/demo")).absolutePath());
        QVERIFY(whole && whole->documents.size() > 20);
        for (const QString &name : {u"resources/demo"_s, u"./resources/demo"_s, u"resources/demo/"_s}) {
            const auto read = readCapture(name);
            QVERIFY2(read, qPrintable(here));
            QCOMPARE(read->documents.keys(), whole->documents.keys());
        }
    }
};

QTEST_GUILESS_MAIN(TestCaptureRead)
#include "test_capture_read.moc"
