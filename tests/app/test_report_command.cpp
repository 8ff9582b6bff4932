#include "tests/evidence/folder.h"
#include "tests/support/program_run.h"
#include "tests/support/report_bytes.h"

#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString duplicate = u"float-duplicate-nic:trop02/vm/Acilamwen"_s;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The report command of the program itself.
class TestReportCommand : public QObject
{
    Q_OBJECT
private:
    ProgramRun report(const QStringList &arguments) const
    {
        return runProgram(QStringLiteral(PROGRAM), QStringList{u"report"_s} + arguments, m_room->path());
    }
    QString at(const char *name) const { return m_room->filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_room = std::make_unique<QTemporaryDir>();
    }

    void htmlHasAllThatWasAskedFor()
    {
        put(at("words.md"), "Seen **first** by us.\n");
        const ProgramRun ran =
            report({u"--demo"_s, u"--output"_s, at("note.html"), u"--finding"_s, duplicate, u"--picture"_s,
                    u"floats"_s, u"--title"_s, u"Four <NICs>"_s, u"--text"_s, at("words.md")});
        QVERIFY2(ran.status == 0 && ran.err.isEmpty(), ran.err.constData());
        const QByteArray html = contents(at("note.html"));
        QVERIFY(html.contains("<title>Four &lt;NICs&gt;</title>"));
        QVERIFY(html.contains("Seen <strong>first</strong> by us."));
        QVERIFY(html.contains("52:54:00:00:01:01"));
        QVERIFY(html.contains("data:image/png;base64,"));
        QVERIFY(html.contains("virsh -c qemu+ssh://trop02/system dumpxml Acilamwen"));
        QVERIFY(html.contains("SHA-256 of the capture"));
        QVERIFY(!html.contains("<script"));
    }

    void pdfHasTextPagesAndBookmarks()
    {
        QCOMPARE(report({u"--demo"_s, u"--output"_s, at("note.pdf")}).status, 0);
        const QMap<QString, QByteArray> words = everythingIn(at("note.pdf"));
        QVERIFY(words.first().contains("State of the fleet tropo"));
        QVERIFY(words.first().contains("/Outlines"));
        QVERIFY(words.first().contains("beginbfrange") || words.first().contains("beginbfchar"));
    }

    void markdownHasItsPicturesBesideIt()
    {
        QCOMPARE(report({u"--demo"_s, u"--output"_s, at("a note.md"), u"--picture"_s, u"floats"_s,
                         u"--picture"_s, u"fleet"_s})
                     .status,
                 0);
        const QByteArray text = contents(at("a note.md"));
        QVERIFY2(text.contains("](a%20note-pictures/1-floats.png)"), text.constData());
        const QImage picture(at("a note-pictures/1-floats.png"));
        QCOMPARE(picture.width(), 2400); // twice what it is shown at
        QVERIFY(!QImage(at("a note-pictures/2-fleet.png")).isNull());
    }

    void picturesOfAnEarlierNoteAreNotGivenAway()
    {
        const QStringList arguments{u"--demo"_s, u"--output"_s, at("note.md"), u"--picture"_s, u"floats"_s};
        QCOMPARE(report(arguments + QStringList{u"--picture"_s, u"fleet"_s}).status, 0);
        QVERIFY(QFile::exists(at("note-pictures/2-fleet.png")));
        put(at("note-pictures/mine.png"), "mine");
        put(at("note-pictures/3-rack.png"), "mine");
        QCOMPARE(report(arguments).status, 0);
        QVERIFY(QFile::exists(at("note-pictures/1-floats.png")));
        QVERIFY(!QFile::exists(at("note-pictures/2-fleet.png")));
        QVERIFY(QFile::exists(at("note-pictures/mine.png")));
        QVERIFY(QFile::exists(at("note-pictures/3-rack.png")));
    }

    void theCaptureIsWhatItsHashSays()
    {
        QCOMPARE(report({u"--demo"_s, u"--output"_s, at("one.md"), u"--attach"_s, at("one.tar.gz")}).status,
                 0);
        QCOMPARE(report({u"--capture"_s, at("one.tar.gz"), u"--output"_s, at("two.md")}).status, 0);
        static const QRegularExpression hash(u"SHA.*256 of the capture\\*\\*: ([0-9a-f]{64})"_s);
        const QString one = hash.match(QString::fromUtf8(contents(at("one.md")))).captured(1);
        QVERIFY(!one.isEmpty());
        QCOMPARE(hash.match(QString::fromUtf8(contents(at("two.md")))).captured(1), one);
    }

    void whatCannotBeDoneIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("ending") << QStringList{u"--output"_s, u"note.docx"_s}
                                << QByteArray(".html, .pdf or .md");
        QTest::newRow("finding") << QStringList{u"--output"_s, u"note.md"_s, u"--finding"_s, u"nope:x"_s}
                                 << QByteArray("nope:x");
        QTest::newRow("view") << QStringList{u"--output"_s, u"note.md"_s, u"--picture"_s, u"moon"_s}
                              << QByteArray("there is no view \"moon\"");
        QTest::newRow("nothing to compare with")
            << QStringList{u"--output"_s, u"note.md"_s, u"--picture"_s, u"changes"_s}
            << QByteArray("a report has one reading");
        QTest::newRow("text") << QStringList{u"--output"_s, u"note.md"_s, u"--text"_s, u"/nowhere/x.md"_s}
                              << QByteArray("/nowhere/x.md");
        QTest::newRow("place") << QStringList{u"--output"_s, u"/nowhere/at/all/note.md"_s}
                               << QByteArray("/nowhere/at/all/note.md");
        QTest::newRow("journal") << QStringList{u"--output"_s, u"note.md"_s, u"--journal"_s, u"/nowhere/x"_s}
                                 << QByteArray("/nowhere/x");
    }

    void whatCannotBeDoneIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        if (arguments[1] == u"note.md")
            arguments[1] = at("note.md");
        const ProgramRun ran = report(QStringList{u"--demo"_s} + arguments);
        QCOMPARE(ran.status, 2);
        QVERIFY2(ran.err.contains(says), ran.err.constData());
        QCOMPARE(ran.err.count('\n'), 1);
    }

    /// What the disk refuses is told before a fleet is read: here, of one that is not there at all.
    void whatTheDiskRefusesIsSaidFirst_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("attach") << QStringList{u"--attach"_s, u"ROOM/there.zip"_s}
                                << QByteArray("exists already");
        QTest::newRow("text") << QStringList{u"--text"_s, u"/nowhere/x.md"_s} << QByteArray("/nowhere/x.md");
        QTest::newRow("long text") << QStringList{u"--text"_s, u"ROOM/long.md"_s}
                                   << QByteArray("larger than 4 MiB");
        QTest::newRow("journal") << QStringList{u"--journal"_s, u"/nowhere/x"_s} << QByteArray("/nowhere/x");
    }

    void whatTheDiskRefusesIsSaidFirst()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        arguments[1].replace(u"ROOM"_s, m_room->path());
        put(at("there.zip"), "PK");
        put(at("long.md"), QByteArray(4 * 1024 * 1024 + 1, 'a'));
        const ProgramRun ran = report(
            QStringList{u"--capture"_s, u"/nowhere/capture"_s, u"--output"_s, at("note.html")} + arguments);
        QCOMPARE(ran.status, 2);
        QVERIFY2(ran.err.contains(says), ran.err.constData());
        QVERIFY(!QFile::exists(at("note.html")));
    }

    void aNameThatCannotBeHiddenIsWarnedOf()
    {
        put(at("capture/capture.json"),
            "{\"format\": 1, \"taken\": \"2024-01-01T00:00:00Z\", \"tool\": \"t\"}");
        put(at("capture/h1/libvirt/domains/network.xml"),
            "<domain type='kvm' id='1'><name>network</name></domain>");
        const QStringList arguments{u"--capture"_s, at("capture"), u"--output"_s, at("note.md")};
        QCOMPARE(report(arguments).err, QByteArray());
        const ProgramRun ran = report(arguments + QStringList{u"--redact"_s});
        QCOMPARE(ran.status, 0);
        QVERIFY2(ran.err.contains("NOT hidden") && ran.err.contains("network"), ran.err.constData());
        QVERIFY2(ran.out.contains("network STAYS AS IT IS"), ran.out.constData());
    }

    void aHostileNameIsTextEverywhere()
    {
        const QByteArray name = "&lt;img src=x onerror=alert(1)&gt;";
        put(at("capture/capture.json"),
            "{\"format\": 1, \"taken\": \"2024-01-01T00:00:00Z\", \"tool\": \"t\"}");
        put(at("capture/h1/libvirt/domains/%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E.xml"),
            "<domain type='kvm' id='1'><name>" + name +
                "</name><devices>"
                "<interface type='network'><mac address='52:54:00:00:01:01'/><source "
                "network='n'/></interface>"
                "<interface type='network'><mac address='52:54:00:00:01:01'/><source "
                "network='n'/></interface>"
                "</devices></domain>");
        for (const char *file : {"note.html", "note.md", "note.pdf"})
            QCOMPARE(report({u"--capture"_s, at("capture"), u"--output"_s, at(file), u"--picture"_s,
                             u"findings"_s})
                         .status,
                     0);
        const QByteArray html = contents(at("note.html"));
        QVERIFY(html.contains(name));
        QVERIFY(!html.contains("<img src=x"));
        const QByteArray markdown = contents(at("note.md"));
        QVERIFY(markdown.contains("\\<img src\\=x onerror\\=alert\\(1\\)\\>"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_room;
};

QTEST_GUILESS_MAIN(TestReportCommand)
#include "test_report_command.moc"
