#include "models/note/by_hand.h"
#include "models/note/capture_hash.h"
#include "models/note/note_forms.h"
#include "models/note/safe_markdown.h"
#include "models/text/markdown.h"
#include "tests/support/sample_fleet.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString attack = u"<img src=x onerror=alert(1)>"_s;

/// The sample with a finding whose texts a machine made up.
Snapshot hostile()
{
    Snapshot snapshot = sample::fleet();
    Finding &finding = snapshot.findings.front();
    finding.message = attack + u" | `x` ]( # *"_s;
    finding.subject = u"trop02/vm/"_s + attack;
    const QString document = finding.evidence.front().source.document;
    snapshot.evidence.documents[document].text.replace("HWADDR", "<script>alert(1)</script>HWADDR");
    return snapshot;
}

QList<NoteBlock> blocksOf(const Snapshot &snapshot, const QStringList &ids = {})
{
    const auto note = noteAbout(snapshot, ids, {u"findings"_s});
    return composeNote(*note, snapshot, [](const NotePicture &) {
        return std::optional(DrawnPicture{QByteArray("\x89PNG"), 800});
    });
}

} // namespace

class TestNote : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aNoteHasItsProof()
    {
        const Snapshot snapshot = sample::fleet();
        const QString html = noteHtml(blocksOf(snapshot, {snapshot.findings.front().id()}), u"body{}"_s);
        QVERIFY(html.contains(snapshot.findings.front().message.toHtmlEscaped()));
        QVERIFY(html.contains(u"class=\"marked\""_s));
        QVERIFY(html.contains(u"data:image/png;base64,"_s));
        QVERIFY(html.contains(captureHash(snapshot.evidence)));
        QVERIFY(html.contains(u"How it is made"_s)); // the hash
        QVERIFY(html.contains(u"<pre>"_s));          // the commands by hand
    }

    void namesAreTextEverywhere()
    {
        const Snapshot snapshot = hostile();
        const QList<NoteBlock> blocks = blocksOf(snapshot, {snapshot.findings.front().id()});
        const QString html = noteHtml(blocks, u"body{}"_s);
        QVERIFY(!html.contains(u"<img src=x"_s));
        QVERIFY(!html.contains(u"<script"_s));
        QVERIFY(html.contains(attack.toHtmlEscaped()));
        const QString markdown = noteMarkdown(blocks, u"pictures"_s).text;
        const QString rendered = markdownHtml(markdown);
        QVERIFY2(!rendered.contains(u"<img src=\"x"_s) && !rendered.contains(u"<img src=x"_s),
                 qPrintable(rendered));
        QVERIFY(!rendered.contains(u"<script"_s));
        QVERIFY(rendered.contains(u"onerror=alert(1)&gt;"_s) || rendered.contains(u"onerror=alert(1)>"_s));
    }

    void theAuthorsTextBringsNothingFromElsewhere()
    {
        const QString html = markdownHtml(
            u"**bold** <script>x</script> ![pic](http://e/x.png) [a](javascript:alert(1)) [b](https://e/)\n\n"
            "| a | b |\n|---|---|\n| 1 | 2 |\n"_s);
        QVERIFY(html.contains(u"<strong>bold</strong>"_s));
        QVERIFY(!html.contains(u"<script"_s));
        QVERIFY(!html.contains(u"<img"_s));
        QVERIFY(!html.contains(u"javascript:"_s));
        QVERIFY(html.contains(u"https://e/"_s));
        QVERIFY(html.contains(u"<table>"_s));
    }

    void nothingIsReferredToOutside()
    {
        const QString html = noteHtml(blocksOf(sample::fleet()), u"body{}"_s);
        static const QRegularExpression outside(u"(src|href)=\"(?!data:|#)"_s);
        QVERIFY2(!html.contains(outside), qPrintable(outside.match(html).captured()));
        QVERIFY(html.contains(u"default-src 'none'"_s));
    }

    void anUnknownIdIsAnError()
    {
        const auto note = noteAbout(sample::fleet(), {u"nope:nowhere"_s}, {});
        QVERIFY(!note);
        QCOMPARE(note.error().kind, ErrorKind::Usage);
        QCOMPARE(note.error().where, u"nope:nowhere"_s);
    }

    void withoutAllReadItDoesNotSayFine()
    {
        Snapshot snapshot = sample::fleet();
        snapshot.findings.clear();
        snapshot.stories.clear();
        snapshot.notKnown = {{u"trop03"_s, u"its inside"_s, u"no route"_s}};
        const QString html = noteHtml(blocksOf(snapshot), u"body{}"_s);
        QVERIFY(html.contains(u"None among what was read"_s));
        QVERIFY(html.contains(u"no route"_s));
    }

    void picturesGoBesideMarkdown()
    {
        const MarkdownNote note = noteMarkdown(blocksOf(sample::fleet()), u"note-pictures"_s);
        QCOMPARE(note.pictures.size(), 1);
        QVERIFY(note.text.contains(u"(note-pictures/%1)"_s.arg(note.pictures.firstKey())));
    }

    void linesThatProveAreMarkedInMarkdownToo()
    {
        const Snapshot snapshot = sample::fleet();
        const QString text = noteMarkdown(blocksOf(snapshot, {snapshot.findings.front().id()}), u"p"_s).text;
        static const QRegularExpression marked(u"^>     8  HWADDR="_s, QRegularExpression::MultilineOption);
        QVERIFY2(text.contains(marked), qPrintable(text));
    }

    void aPictureTellsWhatItIsOf()
    {
        const Snapshot snapshot = sample::fleet();
        Note note;
        note.parts = {NotePicture{u"floats"_s, u"trop02/vm/Acilamwen"_s}};
        const auto blocks = composeNote(note, snapshot, [](const NotePicture &) {
            return std::optional(DrawnPicture{"png", 800});
        });
        const auto picture = std::find_if(blocks.begin(), blocks.end(), [](const NoteBlock &block) {
            return std::holds_alternative<PictureBlock>(block);
        });
        QVERIFY(picture != blocks.end());
        const QString caption = std::get<PictureBlock>(*picture).caption;
        for (const QString &wanted :
             {fleetName(snapshot), u"view floats"_s, u"host trop02"_s, u"trop02/vm/Acilamwen"_s, u"UTC"_s,
              captureHash(snapshot.evidence).first(12)})
            QVERIFY2(caption.contains(wanted), qPrintable(caption));
    }

    void aPictureOfAllNamesItsHosts()
    {
        const Snapshot snapshot = sample::fleet();
        Note note;
        note.parts = {NotePicture{u"floats"_s, {}}, NotePicture{u"findings"_s, {}}};
        QStringList captions;
        for (const NoteBlock &block : composeNote(note, snapshot, [](const NotePicture &) {
                 return std::optional(DrawnPicture{"png", 800});
             }))
            if (const auto *picture = std::get_if<PictureBlock>(&block))
                captions.append(picture->caption);
        QCOMPARE(captions.size(), 2);
        QVERIFY2(captions[0].contains(u"hosts trop02, trop03"_s), qPrintable(captions[0]));
        QVERIFY2(captions[1].contains(u"host trop02"_s), qPrintable(captions[1])); // of the worst finding
    }

    void aSimulationPassesForNoReading()
    {
        Snapshot snapshot = sample::fleet();
        snapshot.isSimulated = true;
        const auto blocks = blocksOf(snapshot, {snapshot.findings.front().id()});
        const QString html = noteHtml(blocks, u"body{}"_s);
        QVERIFY(html.contains(u"This is a simulation"_s));
        QVERIFY(html.contains(u"simulated from the reading of "_s));
        QVERIFY(html.contains(u"a simulation, begun from the bundled demo"_s));
        QVERIFY(html.contains(u"as a simulation leaves it, not read"_s));
        for (const NoteBlock &block : blocks)
            if (const auto *picture = std::get_if<PictureBlock>(&block))
                QVERIFY2(picture->caption.contains(u"simulated"_s), qPrintable(picture->caption));
    }

    void documentsThatAreManyAreNamed()
    {
        Snapshot snapshot = sample::fleet();
        Finding &finding = snapshot.findings.front();
        for (int i = 0; i < 30; ++i)
            finding.evidence.append({{u"trop02/libvirt/domains/vm%1.xml"_s.arg(i), 1, 1}, u"<domain/>"_s});
        const QString html = noteHtml(blocksOf(snapshot, {finding.id()}), u"body{}"_s);
        QVERIFY(html.contains(u"Not quoted, as they are many: "_s));
        QVERIFY(html.contains(u"vm29.xml"_s));
    }

    void aPictureThatCannotBeDrawnIsNamed()
    {
        Note note;
        note.parts = {NotePicture{u"floats"_s, {}}};
        const auto blocks =
            composeNote(note, sample::fleet(), [](const NotePicture &) { return std::nullopt; });
        QVERIFY(noteMarkdown(blocks, u"p"_s).text.contains(u"The view floats could not be drawn"_s));
    }

    void theCommandsMayStandBeforeWhatTheyShow()
    {
        const Snapshot snapshot = sample::fleet();
        Note note;
        note.parts = {NoteByHand{}, NoteFinding{snapshot.findings.front().id()}};
        const QString text = noteMarkdown(composeNote(note, snapshot, {}), u"p"_s).text;
        const qsizetype commands = text.indexOf(u"The same by hand"_s);
        QVERIFY(commands > 0);
        QVERIFY(commands < text.indexOf(markdownText(snapshot.findings.front().message)));
    }

    void theHashIsOfEveryByte()
    {
        Evidence evidence = sample::fleet().evidence;
        const QString before = captureHash(evidence);
        QCOMPARE(captureHash(evidence), before);
        evidence.documents.first().text += ' ';
        const QString other = captureHash(evidence);
        QVERIFY(other != before);
        evidence.errors.append({u"trop09"_s, u"libvirt"_s, u"no route"_s, {}});
        evidence.errors.append({u"trop08"_s, u"libvirt"_s, u"no route"_s, {}});
        const QString failed = captureHash(evidence);
        QVERIFY2(failed != other, "what could not be read is a part of the reading");
        std::reverse(evidence.errors.begin(), evidence.errors.end());
        QCOMPARE(captureHash(evidence), failed);
        evidence.errors.last().message += u'!';
        QVERIFY(captureHash(evidence) != failed);
    }

    void commandsByHand_data()
    {
        QTest::addColumn<QString>("document");
        QTest::addColumn<QString>("command");
        QTest::newRow("domain") << u"trop02/libvirt/domains/Acilamwen.xml"_s
                                << u"virsh -c qemu+ssh://trop02/system dumpxml Acilamwen"_s;
        QTest::newRow("inactive") << u"trop02/libvirt/domains/Acilamwen.inactive.xml"_s
                                  << u"virsh -c qemu+ssh://trop02/system dumpxml --inactive Acilamwen"_s;
        QTest::newRow("hostile") << u"trop02/libvirt/domains/a%3B%20reboot.xml"_s
                                 << u"virsh -c qemu+ssh://trop02/system dumpxml 'a; reboot'"_s;
        QTest::newRow("leases") << u"trop02/libvirt/networks/default.leases.json"_s
                                << u"virsh -c qemu+ssh://trop02/system net-dhcp-leases default"_s;
        QTest::newRow("leases as text") << u"trop02/libvirt/networks/default.leases.txt"_s
                                        << u"virsh -c qemu+ssh://trop02/system net-dhcp-leases default"_s;
        QTest::newRow("host") << u"trop02/host/bridge-fdb.json"_s << u"ssh trop02 'bridge -j fdb show'"_s;
        QTest::newRow("fleet file") << u"fleet.toml"_s << QString();
    }

    void commandsByHand()
    {
        QFETCH(QString, document);
        Policy policy;
        QTEST(commandShowing(document, policy), "command");
    }
};

QTEST_GUILESS_MAIN(TestNote)
#include "test_note.moc"
