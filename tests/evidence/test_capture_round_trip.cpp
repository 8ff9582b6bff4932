#include "models/evidence/capture.h"
#include "tests/evidence/folder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTimeZone>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QDateTime taken = QDateTime::fromString(u"2023-07-18T16:20:48.125+01:00"_s, Qt::ISODateWithMs);

/// A name that a machine made up to do harm, or to be understood wrongly.
const QStringList &hostileNames()
{
    static const QStringList names{u".."_s,
                                   u"."_s,
                                   u".hidden"_s,
                                   u"a/b"_s,
                                   u"../../etc/passwd"_s,
                                   u"a\\b"_s,
                                   u"100%"_s,
                                   u"%2F"_s,
                                   u"two words"_s,
                                   u"line\nend"_s,
                                   u"\u001b[31mred"_s,
                                   u"Øresund"_s,
                                   QString::fromUtf8("\xf0\x9f\x90\xa7"),
                                   u"-rf"_s,
                                   u"capture.json"_s,
                                   u"nul"_s + QChar(0) + u"byte"_s};
    return names;
}

Evidence sample()
{
    Evidence evidence;
    evidence.taken = taken;
    evidence.tool = u"troposcope 0.1.0"_s;
    const auto add = [&evidence](const QString &path, const QByteArray &text, qint64 later, int took) {
        evidence.documents.insert(path, {text, taken.addMSecs(later), std::chrono::milliseconds(took)});
    };
    add(u"fleet.toml"_s, "[fleet]\nname = \"tropo\"\n", 0, 0);
    add(u"trop02/host/hostname.txt"_s, "trop02\n", 250, 12);
    add(u"trop02/host/empty.txt"_s, "", 300, 1);
    add(u"trop02/host/bytes.txt"_s, QByteArray("\0\xff\x1b[2J\r\n\n", 8), 301, 2);
    add(u"trop02/host/large.txt"_s, QByteArray(3'000'000, 'x') + '\n', 302, 3);
    add(u"trop02/libvirt/domains/Acilamwen.xml"_s, "<domain/>\n", 400, 71'000);
    for (const QString &name : hostileNames())
        add(u"trop02/guests/%1/guest/hostname.txt"_s.arg(escapedName(name)), name.toUtf8(), 500, 4);
    evidence.documents.insert(u"trop03/unknown/file.bin"_s, {"kept", taken, std::nullopt});
    evidence.errors = {{u"trop02"_s, u"guest Ulov"_s, u"no answer within 20 s"_s, taken},
                       {u"trop02"_s, u"libvirt"_s, u"\u001b[31mrefused\n\"quoted\""_s, taken},
                       {u"two words/.."_s, u"host"_s, u"no route"_s, taken}};
    return evidence;
}

/// Says which part differs: comparing the whole would only say that something does.
void compare(const Evidence &back, const Evidence &given)
{
    QCOMPARE(back.problems.size(), 0);
    QCOMPARE(back.documents.keys(), given.documents.keys());
    for (auto it = given.documents.cbegin(); it != given.documents.cend(); ++it) {
        const Document document = back.documents.value(it.key());
        QVERIFY2(document.text == it->text, qPrintable(it.key()));
        QVERIFY2(document.taken == it->taken, qPrintable(it.key()));
        QVERIFY2(document.took == it->took, qPrintable(it.key()));
    }
    QCOMPARE(back.errors, given.errors);
    QCOMPARE(back.taken, given.taken);
    QCOMPARE(back.tool, given.tool);
    QVERIFY(back == given);
}

} // namespace

class TestCaptureRoundTrip : public QObject
{
    Q_OBJECT
private:
    static void forms()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"capture", "capture.zip", "capture.tar.gz", "capture.tgz", "Capture.ZIP"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void isReadBackEqual_data() { forms(); }
    void isReadBackEqual()
    {
        QFETCH(QString, name);
        const QTemporaryDir room;
        const QString path = room.filePath(name);
        const auto written = writeCapture(path, sample());
        QVERIFY2(written, qPrintable(written ? QString() : written.error().text()));
        QVERIFY(!QFileInfo::exists(path + u".partial"_s));
        QCOMPARE(QFileInfo(path).isDir(), name == u"capture");
        const auto back = readCapture(path);
        QVERIFY2(back, qPrintable(back ? QString() : back.error().text()));
        compare(*back, sample());
        QCOMPARE(QDir(room.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{name});
    }

    void isOfTheFormThatIsDescribed()
    {
        const QTemporaryDir room;
        const QString path = room.filePath(u"capture"_s);
        QVERIFY(writeCapture(path, sample()));
        const auto json = [&path](const QString &name) {
            QFile file(path + u'/' + name);
            return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
        };
        const QJsonObject header = json(u"capture.json"_s).object();
        QCOMPARE(header.keys(), QStringList({u"format"_s, u"taken"_s, u"tool"_s}));
        QCOMPARE(header.value(u"format"_s), QJsonValue(1));
        QCOMPARE(header.value(u"taken"_s).toString(), u"2023-07-18T16:20:48.125+01:00"_s);
        const QJsonArray errors = json(u"trop02/errors.json"_s).array();
        QCOMPARE(errors.size(), 2);
        QCOMPARE(errors.at(0).toObject().value(u"source"_s).toString(), u"guest Ulov"_s);
        QCOMPARE(errors.at(0).toObject().value(u"error"_s).toString(), u"no answer within 20 s"_s);
        QFile text(path + u"/trop02/host/hostname.txt"_s);
        QVERIFY(text.open(QIODevice::ReadOnly));
        QCOMPARE(text.readAll(), QByteArray("trop02\n"));
        QCOMPARE(text.fileTime(QFileDevice::FileModificationTime), taken.addMSecs(250));
    }

    void hostileNamesStayInside()
    {
        QSet<QString> parts;
        for (const QString &name : hostileNames()) {
            const QString part = escapedName(name);
            static const QRegularExpression plain(u"^(?!\\.)([A-Za-z0-9._-]|%[0-9A-F]{2})+$"_s);
            QVERIFY2(plain.match(part).hasMatch(), qPrintable(part));
            QCOMPARE(unescapedName(part), name);
            parts.insert(part);
        }
        QCOMPARE(parts.size(), hostileNames().size());
        QCOMPARE(escapedName(u"Acilamwen_2-b.c"), u"Acilamwen_2-b.c"_s);
        QCOMPARE(escapedName(u".x"), u"%2Ex"_s);
        QCOMPARE(unescapedName(u"100%"), u"100%"_s);
    }

    void pathsThatLeadOutAreNotWritten()
    {
        const QTemporaryDir room;
        Evidence evidence = sample();
        evidence.documents.insert(u"../outside.txt"_s, {"x", taken, std::nullopt});
        evidence.documents.insert(u"trop02/../../outside.txt"_s, {"x", taken, std::nullopt});
        evidence.documents.insert(room.filePath(u"absolute.txt"_s), {"x", taken, std::nullopt});
        QVERIFY(writeCapture(room.filePath(u"capture"_s), evidence));
        QCOMPARE(QDir(room.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 QStringList{u"capture"_s});
        compare(readCapture(room.filePath(u"capture"_s)).value(), sample());
    }

    void neverOverwrites_data() { forms(); }
    void neverOverwrites()
    {
        QFETCH(QString, name);
        const QTemporaryDir room;
        const QString path = room.filePath(name);
        put(path, "mine");
        const auto written = writeCapture(path, sample());
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Io);
        QCOMPARE(written.error().text(),
                 path + u": exists already; choose another name, captures are never overwritten"_s);
        QFile kept(path);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("mine"));
    }

    void takesAnEmptyFolderOnly()
    {
        const QTemporaryDir room;
        const QString path = room.filePath(u"capture"_s);
        QVERIFY(QDir().mkdir(path));
        put(path + u"/.hidden"_s, "mine");
        QVERIFY(!writeCapture(path, sample()));
        QVERIFY(QFile::remove(path + u"/.hidden"_s));
        QVERIFY(writeCapture(path + u'/', sample()));
        compare(readCapture(path).value(), sample());
    }

    void aCaptureCutOffIsNotMistaken_data() { forms(); }
    void aCaptureCutOffIsNotMistaken()
    {
        QFETCH(QString, name);
        const QTemporaryDir room;
        const QString path = room.filePath(name);
        put(path + u".partial"_s, "half");
        const auto written = writeCapture(path, sample());
        QVERIFY(!written);
        QCOMPARE(written.error().text(),
                 path + u".partial: is left of a capture that was cut off; remove it first"_s);
        QVERIFY(!QFileInfo::exists(path));
        QVERIFY(QFileInfo::exists(path + u".partial"_s));
    }

    void saysWhatKeepsItFromWriting_data() { forms(); }
    void saysWhatKeepsItFromWriting()
    {
        QFETCH(QString, name);
        const QTemporaryDir room;
        const auto nowhere = writeCapture(room.filePath(u"missing/"_s + name), sample());
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().text(), room.filePath(u"missing"_s) + u": is no folder; make it first"_s);
        put(room.filePath(u"file"_s), "x");
        QVERIFY(!writeCapture(room.filePath(u"file/"_s + name), sample()));

        QVERIFY(QFile::setPermissions(room.path(), QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther |
                                                       QFile::ExeOther));
        {
            const OrdinaryUser user;
            const auto readOnly = writeCapture(room.filePath(name), sample());
            QVERIFY(!readOnly);
            QCOMPARE(readOnly.error().kind, ErrorKind::Io);
            QVERIFY2(readOnly.error().text().startsWith(room.filePath(name) + u".partial"_s),
                     qPrintable(readOnly.error().text()));
        }
        QVERIFY(QFile::setPermissions(room.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QCOMPARE(QDir(room.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 QStringList{u"file"_s});
    }

    void aNameTooLongForAFolderFitsAnArchive()
    {
        const QTemporaryDir room;
        Evidence evidence = sample();
        evidence.documents.insert(u"trop02/guests/"_s + QString(300, u'n') + u"/guest/hostname.txt"_s,
                                  {"n", taken, std::nullopt});
        const auto folder = writeCapture(room.filePath(u"capture"_s), evidence);
        QVERIFY(!folder);
        QVERIFY2(folder.error().message.contains(u".zip"_s), qPrintable(folder.error().text()));
        QVERIFY(QDir(room.path()).isEmpty());
        for (const QString &name : {u"capture.zip"_s, u"capture.tar.gz"_s}) {
            QVERIFY(writeCapture(room.filePath(name), evidence));
            compare(readCapture(room.filePath(name)).value(), evidence);
        }
    }
};

QTEST_GUILESS_MAIN(TestCaptureRoundTrip)
#include "test_capture_round_trip.moc"
