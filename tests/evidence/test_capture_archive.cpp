#include "models/evidence/capture.h"
#include "tests/evidence/archives.h"
#include "tests/evidence/folder.h"

#include <QRegularExpression>
#include <QTemporaryDir>

#include <random>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray header = "{\"format\": 1, \"taken\": \"2023-07-18T16:20:48+01:00\"}";

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Text that does not compress, always the same.
QByteArray noise(int size)
{
    std::mt19937 random(20210208);
    QByteArray text(size, Qt::Uninitialized);
    for (char &c : text)
        c = static_cast<char>(random());
    return text;
}

} // namespace

/// Archives as they come by mail: whole, broken, and made to do harm.
class TestCaptureArchive : public QObject
{
    Q_OBJECT
private:
    static void packings()
    {
        QTest::addColumn<int>("packing");
        QTest::newRow("zip") << static_cast<int>(Packing::Zip);
        QTest::newRow("tar.gz") << static_cast<int>(Packing::TarGz);
        QTest::newRow("tar") << static_cast<int>(Packing::Tar);
    }
    QString make(const QList<RawEntry> &entries)
    {
        const QByteArray row = QTest::currentDataTag();
        const Packing packing = row.startsWith("zip") ? Packing::Zip
                                : row == "tar"        ? Packing::Tar
                                                      : Packing::TarGz;
        const QString path = m_room->filePath(u"capture.archive"_s); // told by content, not by name
        if (!pack(path, packing, entries))
            QTest::qFail("the test's own archive could not be made", __FILE__, __LINE__);
        return path;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_room = std::make_unique<QTemporaryDir>();
    }

    void isLookedThroughToOneTopFolder_data() { packings(); }
    void isLookedThroughToOneTopFolder()
    {
        const RawEntry hostname{"incident 7/trop02/host/hostname.txt", "trop02\n"};
        const QList<QList<RawEntry>> forms{
            {{"incident 7/capture.json", header}, hostname},
            {{"./incident 7/", {}, {}, {}, AE_IFDIR}, {"./incident 7/fleet.toml", ""}, hostname},
            {hostname},
            {hostname, {"../../evil", "x"}},
            {{"incident 7/capture.json", header}, hostname, {"other", {}, "/etc/passwd", {}, AE_IFLNK}}};
        for (const auto &form : forms) {
            const auto evidence = readCapture(make(form));
            QVERIFY2(evidence, qPrintable(evidence ? QString() : evidence.error().text()));
            QCOMPARE(evidence->hypervisors(), QStringList{u"trop02"_s});
            QCOMPARE(evidence->documents.value(u"trop02/host/hostname.txt"_s).text, QByteArray("trop02\n"));
        }
    }

    void keepsTwoTopFoldersApart_data() { packings(); }
    void keepsTwoTopFoldersApart()
    {
        const auto evidence =
            readCapture(make({{"trop01/host/hostname.txt", "a"}, {"trop02/host/hostname.txt", "b"}}));
        QVERIFY(evidence);
        QCOMPARE(evidence->hypervisors(), QStringList({u"trop01"_s, u"trop02"_s}));
        const auto one = readCapture(make({{"trop01/host/hostname.txt", "a"}}));
        QVERIFY(one);
        QCOMPARE(one->hypervisors(), QStringList{u"trop01"_s});
    }

    void takesNothingEvil_data() { packings(); }
    void takesNothingEvil()
    {
        const QList<RawEntry> entries{{"capture.json", header},
                                      {"../outside.txt", "evil"},
                                      {"trop02/../../outside.txt", "evil"},
                                      {"/etc/absolute.txt", "evil"},
                                      {"trop02//double.txt", "evil"},
                                      {"trop02/./dot.txt", "evil"},
                                      {"trop02/relative", {}, "../../../etc/passwd", {}, AE_IFLNK},
                                      {"trop02/absolute", {}, "/etc/passwd", {}, AE_IFLNK},
                                      {"trop02/folder", {}, "/etc", {}, AE_IFLNK},
                                      {"trop02/folder/passwd", "evil"},
                                      {QByteArray(5000, 'n'), "evil"},
                                      {"trop02/host/hostname.txt", "trop02\n"}};
        const auto evidence = readCapture(make(entries));
        QVERIFY2(evidence, qPrintable(evidence ? QString() : evidence.error().text()));
        // The link to a folder was not made, so what claims to lie in it is a document like any other.
        QCOMPARE(evidence->documents.keys(),
                 QStringList({u"trop02/folder/passwd"_s, u"trop02/host/hostname.txt"_s}));
        QCOMPARE(evidence->problems.size(), 9);
        for (const char *path : {"../outside.txt", "trop02/../../outside.txt", "/etc/absolute.txt",
                                 "trop02//double.txt", "trop02/./dot.txt"})
            QVERIFY2(problemOf(*evidence, QString::fromLatin1(path)).endsWith(u": not read"_s), path);
        for (const char *path : {"trop02/relative", "trop02/absolute", "trop02/folder"})
            QCOMPARE(problemOf(*evidence, QString::fromLatin1(path)), u"is a link: not followed"_s);
        QVERIFY(!QFileInfo::exists(m_room->filePath(u"outside.txt"_s)));
        QCOMPARE(QDir(m_room->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 1);
    }

    void takesNothingSpecial_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("tar") << static_cast<int>(AE_IFIFO);
        QTest::newRow("tar.gz") << static_cast<int>(AE_IFCHR);
    }
    void takesNothingSpecial()
    {
        QFETCH(int, type);
        const auto evidence =
            readCapture(make({{"trop02/host/hostname.txt", "trop02\n"},
                              {"trop02/hard", {}, {}, "/etc/shadow"},
                              {"trop02/special", {}, {}, {}, static_cast<unsigned>(type)}}));
        QVERIFY2(evidence, qPrintable(evidence ? QString() : evidence.error().text()));
        QCOMPARE(evidence->documents.keys(), QStringList{u"trop02/host/hostname.txt"_s});
        QCOMPARE(problemOf(*evidence, u"trop02/hard"_s), u"is a link: not followed"_s);
        QCOMPARE(problemOf(*evidence, u"trop02/special"_s), u"is neither a file nor a folder: not read"_s);
    }

    void usesTheFirstOfTwo_data() { packings(); }
    void usesTheFirstOfTwo()
    {
        const auto evidence = readCapture(
            make({{"trop02/host/hostname.txt", "first"}, {"trop02/host/hostname.txt", "second"}}));
        QVERIFY(evidence);
        QCOMPARE(evidence->documents.value(u"trop02/host/hostname.txt"_s).text, QByteArray("first"));
        QCOMPARE(problemOf(*evidence, u"trop02/host/hostname.txt"_s),
                 u"stands in the archive more than once: the first is used"_s);
    }

    void refusesANewerFormat_data() { packings(); }
    void refusesANewerFormat()
    {
        const QString path = make({{"top/capture.json", "{\"format\": 7}"}, {"top/trop02/host/a.txt", "x"}});
        const auto evidence = readCapture(path);
        QVERIFY(!evidence);
        QCOMPARE(evidence.error().kind, ErrorKind::Unsupported);
    }

    void boundsAFile_data() { packings(); }
    void boundsAFile()
    {
        CaptureLimits limits;
        limits.fileBytes = 1024 * 1024;
        const auto evidence = readCapture(make({{"trop02/host/fits.txt", QByteArray(1024 * 1024, 'x')},
                                                {"trop02/host/large.txt", QByteArray(1024 * 1024 + 1, 'x')},
                                                {"trop02/host/hostname.txt", "trop02\n"}}),
                                          limits);
        QVERIFY(evidence);
        QCOMPARE(evidence->documents.size(), 2);
        QCOMPARE(problemOf(*evidence, u"trop02/host/large.txt"_s),
                 u"is larger than 1 MiB, the bound for one file: not read"_s);
    }

    void boundsTheWhole_data() { packings(); }
    void boundsTheWhole()
    {
        CaptureLimits limits;
        limits.totalBytes = 1024 * 1024;
        const QByteArray half(600 * 1024, 'x');
        QVERIFY(readCapture(make({{"trop02/a", half}}), limits));
        for (const char *second : {"trop02/b", "../refused"}) {
            const QString path = make({{"trop02/a", half}, {second, half}});
            const auto evidence = readCapture(path, limits);
            QVERIFY2(!evidence, second);
            QCOMPARE(evidence.error().kind, ErrorKind::Limit);
            QCOMPARE(evidence.error().text(),
                     path + u": unpacks to more than 1 MiB, the bound for a capture"_s);
        }
        limits = {};
        limits.files = 2;
        QVERIFY(readCapture(make({{"trop02/a", "x"}, {"trop02/b", "x"}}), limits));
        const RawEntry folder{"trop02/f/", {}, {}, {}, AE_IFDIR};
        for (const RawEntry &third : {RawEntry{"trop02/c", "x"}, folder}) {
            const auto many = readCapture(make({{"trop02/a", "x"}, {"trop02/b", "x"}, third}), limits);
            QVERIFY(!many);
            QVERIFY(many.error().message.startsWith(u"holds more than 2 files"_s));
        }
    }

    /// A few dozen kilobytes that unpack to 60 MB: reading stops at the bound, whatever the entry is.
    void stopsAtABomb_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("tar.gz") << QByteArray("trop02/host/bomb.txt");
        QTest::newRow("tar.gz, refused") << QByteArray("../bomb.txt");
        QTest::newRow("zip") << QByteArray("trop02/host/bomb.txt");
        QTest::newRow("zip, refused") << QByteArray("../bomb.txt");
    }
    void stopsAtABomb()
    {
        QFETCH(QByteArray, path);
        const QString archive = make({{path, QByteArray(60'000'000, '\0')}});
        QVERIFY(QFileInfo(archive).size() < 500'000);
        CaptureLimits limits;
        limits.fileBytes = 1024 * 1024;
        limits.totalBytes = 8 * 1024 * 1024;
        const auto evidence = readCapture(archive, limits);
        QVERIFY(!evidence);
        QCOMPARE(evidence.error().kind, ErrorKind::Limit);
    }

    /// An archive cut off anywhere is an error, or it lost nothing but its end.
    void neverTakesAPartForTheWhole_data()
    {
        QTest::addColumn<int>("unused");
        QTest::newRow("zip") << 0;
        QTest::newRow("tar.gz") << 0;
    }
    void neverTakesAPartForTheWhole()
    {
        const QString path = make({{"capture.json", header},
                                   {"trop02/host/hostname.txt", "trop02\n"},
                                   {"trop02/host/noise.bin", noise(600)},
                                   {"trop02/host/date.txt", "Tue 18 Jul 16:20:48 BST 2023\n"}});
        const Evidence whole = readCapture(path).value();
        QCOMPARE(whole.documents.size(), 3);
        const QByteArray bytes = bytesOf(path);
        const QString cut = m_room->filePath(u"cut"_s);
        int refused = 0;
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            put(cut, bytes.first(size));
            const auto evidence = readCapture(cut);
            refused += evidence ? 0 : 1;
            QVERIFY2(!evidence || evidence->documents == whole.documents, qPrintable(QString::number(size)));
            if (!evidence)
                QVERIFY(evidence.error().text().startsWith(cut));
        }
        QVERIFY2(refused > bytes.size() / 2, qPrintable(QString::number(refused)));
    }

    void survivesGarbage_data() { packings(); }
    void survivesGarbage()
    {
        const QByteArray bytes = bytesOf(make({{"capture.json", header},
                                               {"trop02/host/hostname.txt", "trop02\n"},
                                               {"trop02/host/noise.bin", noise(600)}}));
        const QString broken = m_room->filePath(u"broken"_s);
        CaptureLimits limits;
        limits.totalBytes = 16 * 1024 * 1024;
        std::mt19937 random(20210208);
        for (int round = 0; round < 400; ++round) {
            QByteArray changed = bytes;
            for (int change = 0; change < 1 + round % 5; ++change)
                changed[static_cast<qsizetype>(random() % static_cast<std::uint32_t>(changed.size()))] =
                    static_cast<char>(random());
            put(broken, changed);
            const auto evidence = readCapture(broken, limits);
            QVERIFY(evidence || !evidence.error().message.isEmpty());
        }
        put(broken, noise(5000));
        const auto evidence = readCapture(broken);
        QVERIFY(!evidence);
        QCOMPARE(evidence.error().kind, ErrorKind::Format);
        put(broken, "#!/bin/sh\necho I am no archive\n");
        QVERIFY(!readCapture(broken));
        put(broken, {});
        QVERIFY(!readCapture(broken));
    }

    void withholdsSecrets_data() { packings(); }
    void withholdsSecrets()
    {
        const auto evidence = readCapture(
            make({{"c/capture.json", header}, {"c/t/guests/g/ifcfg/ifcfg-w", "WPA_PSK=hunter2\n"}}));
        QVERIFY(evidence);
        QCOMPARE(evidence->documents.value(u"t/guests/g/ifcfg/ifcfg-w"_s).text,
                 QByteArray("WPA_PSK=<withheld>\n"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_room;
};

QTEST_GUILESS_MAIN(TestCaptureArchive)
#include "test_capture_archive.moc"
