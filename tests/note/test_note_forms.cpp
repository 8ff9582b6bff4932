#include "models/note/note_forms.h"
#include "models/note/whole_markdown.h"
#include "tests/support/sample_fleet.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <md4c.h>
#include <pugixml.hpp>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString attack = u"<img src=x onerror=alert(1)> ``` | ~~~ ]( &lt; \u202e **b** <!-- _i_"_s;

/// Every block there is, and each text an attack.
QList<NoteBlock> hostileBlocks()
{
    Excerpt excerpt{attack, attack, QDateTime::fromSecsSinceEpoch(0), {}};
    excerpt.lines = {{ExcerptLine::What::Fold, 3, {}},
                     {ExcerptLine::What::Marked, 4, attack},
                     {ExcerptLine::What::Plain, 5, u"`````"_s}};
    return {HeadingBlock{1, attack, {}, {}},
            HeadingBlock{2, attack, Severity::Error, u"rule:a"_s},
            ParagraphBlock{attack, false},
            ParagraphBlock{u"1. # not a list\n- nor this"_s, true},
            MarkdownBlock{u"Mine <script>x</script>\n\n```\nopen"_s},
            QuoteBlock{excerpt},
            PictureBlock{u"1-floats.png"_s, "\x89PNG", attack, 800},
            TableBlock{{attack, u"b"_s}, {{u"a"_s, attack}, {u"a|b"_s, u"c"_s}}, {40, 60}, {{}, u"rule:a"_s}},
            CodeBlock{u"one\n````\n"_s + attack},
            ListBlock{{attack, u"two"_s}, true},
            ListBlock{{attack}, false}};
}

/// What a CommonMark renderer makes of a text: how often each kind of block and span is there, and the texts
/// of code and headings.
struct Rendered
{
    QMap<int, int> blocks;
    QMap<int, int> spans;
    QStringList codes;
    QStringList headings;
    QString text;
    QString *into = nullptr;
};

Rendered rendered(const QString &markdown)
{
    Rendered result;
    MD_PARSER parser{};
    parser.flags = MD_DIALECT_COMMONMARK | MD_FLAG_TABLES;
    parser.enter_block = [](MD_BLOCKTYPE type, void *, void *user) {
        auto *one = static_cast<Rendered *>(user);
        ++one->blocks[type];
        if (type == MD_BLOCK_CODE || type == MD_BLOCK_H) {
            QStringList &texts = type == MD_BLOCK_CODE ? one->codes : one->headings;
            texts.append(QString());
            one->into = &texts.last();
        }
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE, void *, void *user) {
        static_cast<Rendered *>(user)->into = nullptr;
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void *, void *user) {
        ++static_cast<Rendered *>(user)->spans[type];
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE, void *, void *) { return 0; };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user) {
        auto *one = static_cast<Rendered *>(user);
        const QString words = QString::fromUtf8(text, static_cast<qsizetype>(size));
        one->text += words;
        if (type == MD_TEXT_HTML)
            ++one->blocks[MD_BLOCK_HTML];
        if (one->into)
            *one->into += words;
        return 0;
    };
    const QByteArray bytes = markdown.toUtf8();
    if (md_parse(bytes.constData(), static_cast<MD_SIZE>(bytes.size()), &parser, &result) != 0)
        qFatal("md4c does not take it");
    return result;
}

/// Elements and attributes that are in a document, "img@src".
void namesOf(const pugi::xml_node &node, QSet<QString> &names)
{
    for (const pugi::xml_node child : node.children()) {
        if (child.type() != pugi::node_element)
            continue;
        const QString name = QString::fromUtf8(child.name());
        names.insert(name);
        for (const pugi::xml_attribute attribute : child.attributes())
            names.insert(name + u'@' + QString::fromUtf8(attribute.name()));
        namesOf(child, names);
    }
}

} // namespace

class TestNoteForms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void htmlHasOnlyWhatANoteNeeds()
    {
        const QByteArray html = noteHtml(hostileBlocks(), u"body { margin: 0 }\n"_s).toUtf8();
        pugi::xml_document document;
        const auto read = document.load_buffer(html.constData(), static_cast<size_t>(html.size()),
                                               pugi::parse_default | pugi::parse_doctype);
        QVERIFY2(read, read.description());
        QSet<QString> names;
        namesOf(document, names);
        static const QSet<QString> allowed{u"html"_s,
                                           u"html@lang"_s,
                                           u"head"_s,
                                           u"meta"_s,
                                           u"meta@charset"_s,
                                           u"meta@name"_s,
                                           u"meta@content"_s,
                                           u"meta@http-equiv"_s,
                                           u"title"_s,
                                           u"style"_s,
                                           u"body"_s,
                                           u"main"_s,
                                           u"h1"_s,
                                           u"h2"_s,
                                           u"h2@id"_s,
                                           u"h3"_s,
                                           u"span"_s,
                                           u"span@class"_s,
                                           u"p"_s,
                                           u"p@class"_s,
                                           u"div"_s,
                                           u"div@class"_s,
                                           u"figure"_s,
                                           u"figure@class"_s,
                                           u"figcaption"_s,
                                           u"b"_s,
                                           u"table"_s,
                                           u"table@class"_s,
                                           u"colgroup"_s,
                                           u"col"_s,
                                           u"col@style"_s,
                                           u"thead"_s,
                                           u"tbody"_s,
                                           u"tr"_s,
                                           u"tr@class"_s,
                                           u"td"_s,
                                           u"td@class"_s,
                                           u"th"_s,
                                           u"th@scope"_s,
                                           u"code"_s,
                                           u"img"_s,
                                           u"img@src"_s,
                                           u"img@width"_s,
                                           u"img@alt"_s,
                                           u"pre"_s,
                                           u"ul"_s,
                                           u"ol"_s,
                                           u"li"_s,
                                           u"a"_s,
                                           u"a@href"_s};
        names.subtract(allowed);
        QVERIFY2(names.isEmpty(), qPrintable(names.values().join(u' ')));
        QVERIFY(!html.contains("\u202e"));
    }

    /// Whichever row is first tells how wide the columns are.
    void everyRowOfAQuoteBeginsWithItsNumbersColumn()
    {
        const QByteArray html = noteHtml(hostileBlocks(), {}).toUtf8();
        pugi::xml_document document;
        QVERIFY(document.load_buffer(html.constData(), static_cast<size_t>(html.size())));
        const auto rows = document.select_nodes("//figure[@class='quote']//tr");
        QCOMPARE(rows.size(), size_t(3));
        for (const auto &row : rows)
            QCOMPARE(row.node().child("td").attribute("class").value(), "number");
    }

    void aRowLeadsToWhatIsToldOfIt()
    {
        const QString html = noteHtml(hostileBlocks(), {});
        QVERIFY(html.contains(u"<h2 id=\"finding-1\">"_s));
        QVERIFY(html.contains(u"<td><a href=\"#finding-1\">c</a></td>"_s));
    }

    /// Where style sheets are dropped, and on paper without colour.
    void whatProvesIsMarkedByASignToo()
    {
        const QString html = noteHtml(hostileBlocks(), {});
        QVERIFY(html.contains(u"<tr class=\"marked\"><td class=\"number\">&gt; 4</td>"_s));
        QVERIFY(html.contains(u"<tr><td class=\"number\">5</td>"_s));
        const QString pasted = noteHtml(hostileBlocks(), {}, HtmlFor::Clipboard);
        QCOMPARE(pasted.count(u"background-color"_s), 2); // both cells of the one marked row
        QVERIFY(pasted.contains(u"\">&gt; 4</td>"_s));
    }

    void noAnchorIsThereTwice()
    {
        const QList<NoteBlock> blocks{HeadingBlock{2, u"a"_s, {}, u"rule:a"_s},
                                      HeadingBlock{2, u"a again"_s, {}, u"rule:a"_s},
                                      HeadingBlock{2, u"b"_s, {}, u"rule:b"_s},
                                      TableBlock{{}, {{u"x"_s, u"to a"_s}}, {}, {u"rule:a"_s}}};
        const QString html = noteHtml(blocks, {});
        static const QRegularExpression anchor(u" id=\"([^\"]*)\""_s);
        QStringList ids;
        for (auto it = anchor.globalMatch(html); it.hasNext();)
            ids.append(it.next().captured(1));
        QCOMPARE(ids, QStringList({u"finding-1"_s, u"finding-2"_s}));
        QVERIFY(html.contains(u"<h2 id=\"finding-1\">a</h2>"_s));
        QVERIFY(html.contains(u"<a href=\"#finding-1\">to a</a>"_s));
    }

    void markdownIsReadAsItWasMeant()
    {
        const MarkdownNote note = noteMarkdown(hostileBlocks(), u"a (b) <c>-pictures"_s);
        const Rendered one = rendered(note.text);
        QCOMPARE(one.headings.size(), 2);
        QCOMPARE(one.blocks.value(MD_BLOCK_TABLE), 0); // a plain renderer knows none
        QCOMPARE(one.spans.value(MD_SPAN_STRONG), 3);  // a table's two rows, and what is quoted
        QCOMPARE(one.spans.value(MD_SPAN_EM), 2);      // its header, and what is below the picture
        QCOMPARE(one.blocks.value(MD_BLOCK_OL), 1);
        QCOMPARE(one.blocks.value(MD_BLOCK_UL), 2);
        QCOMPARE(one.blocks.value(MD_BLOCK_LI), 5);
        QCOMPARE(one.blocks.value(MD_BLOCK_HTML), 0);
        QCOMPARE(one.spans.value(MD_SPAN_IMG), 1);
        QCOMPARE(one.spans.value(MD_SPAN_A), 0);
        QCOMPARE(one.codes.size(), 3); // the author's, the quote, the commands
        QCOMPARE(one.codes[0].trimmed(), u"open"_s);
        QVERIFY2(one.codes[1].contains(u"`````"_s) && one.codes[1].contains(u"onerror=alert(1)>"_s),
                 qPrintable(one.codes[1]));
        QVERIFY(one.codes[2].startsWith(u"one\n````\n<img src=x"_s));
        // A list's entries, a paragraph, two headings, a table's cells, the quote and what is below the
        // picture.
        QVERIFY2(one.text.count(u"onerror=alert(1)>"_s) >= 10, qPrintable(one.text));
        QCOMPARE(note.pictures.keys(), QStringList{u"1-floats.png"_s});
    }

    void aTableIsAListInMarkdown()
    {
        const QList<NoteBlock> blocks{
            TableBlock{{u"Severity"_s, u"Subject"_s}, {{u"error"_s, u"trop02"_s}}, {}, {}},
            ParagraphBlock{u"between"_s, false},
            TableBlock{{}, {{u"Source"_s, u"demo"_s}, {u"Empty"_s, QString()}}, {}, {}}};
        QCOMPARE(noteMarkdown(blocks, {}).text,
                 u"*Severity \u00b7 Subject*\n\n- **error** \u00b7 trop02\n\nbetween\n\n"
                 "- **Source**: demo\n- **Empty**\n\n"_s);
    }

    void withoutAFolderPicturesAreTheirWords()
    {
        const MarkdownNote note = noteMarkdown(hostileBlocks(), {});
        QVERIFY(note.pictures.isEmpty());
        QCOMPARE(rendered(note.text).spans.value(MD_SPAN_IMG), 0);
        QVERIFY(note.text.contains(u"*Picture: "_s));
    }

    void theAuthorsMarkdownEndsWithIt_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QString>("whole");
        QTest::newRow("plain") << u" a *b*\n"_s << u"a *b*"_s;
        QTest::newRow("open fence") << u"```sh\nls"_s << u"```sh\nls\n```"_s;
        QTest::newRow("closed fence") << u"~~~\n<b>\n~~~~\nx"_s << u"~~~\n<b>\n~~~~\nx"_s;
        QTest::newRow("shorter fence inside") << u"````\n```\n"_s << u"````\n```\n````"_s;
        QTest::newRow("comment") << u"<!-- x"_s << u"\\<!-- x"_s;
        QTest::newRow("element") << u"a <b>c</b>"_s << u"a \\<b>c\\</b>"_s;
        QTest::newRow("escaped already") << u"\\<b>"_s << u"\\<b>"_s;
        QTest::newRow("in code") << u"`a < b`"_s << u"`a < b`"_s;
        QTest::newRow("backtick behind a fence") << u"``` a`b\n<b>x</b>"_s << u"``` a`b\n\\<b>x\\</b>"_s;
        QTest::newRow("runs of one length") << u"``a ` <b> `` <i>"_s << u"``a ` <b> `` \\<i>"_s;
        QTest::newRow("a run alone") << u"a ` <b>"_s << u"a ` \\<b>"_s;
        QTest::newRow("backslash in code") << u"`\\` <b>"_s << u"`\\` \\<b>"_s;
        QTest::newRow("indented code") << u"a\n\n    <b>"_s << u"a\n\n    <b>"_s;
        QTest::newRow("indented at once") << u"\n    <b>"_s << u"    <b>"_s;
        QTest::newRow("fence in a list") << u"- ```\n  <b>\n"_s << u"- ```\n  <b>"_s;
        QTest::newRow("fence in a quote") << u"> ```\n> <b>"_s << u"> ```\n> <b>"_s;
        QTest::newRow("blocks") << u"<div>\n<div>"_s << u"\\<div>\n\\<div>"_s;
        QTest::newRow("code behind HTML") << u"<!-- x -->\n`a <b>`"_s << u"\\<!-- x -->\n`a <b>`"_s;
        QTest::newRow("link") << u"<https://example.org/>"_s << u"<https://example.org/>"_s;
    }

    void theAuthorsMarkdownEndsWithIt()
    {
        QFETCH(QString, markdown);
        QTEST(wholeMarkdown(markdown), "whole");
    }

    /// Whatever is written, there is no HTML in it and what follows stands by itself.
    void noMarkdownReachesBeyondItself()
    {
        static const QStringList pieces{
            u"`"_s,         u"``"_s,    u"```"_s,   u"~~~"_s,        u"~~~~"_s, u"<b>"_s,  u"</b>"_s,
            u"<!--"_s,      u"-->"_s,   u"<div>"_s, u"<?"_s,         u"\n"_s,   u"\n\n"_s, u"    "_s,
            u"  "_s,        u"\\"_s,    u"> "_s,    u"- "_s,         u"1. "_s,  u"|"_s,    u"a"_s,
            u"\n|---|\n"_s, u"[x](<"_s, u">)"_s,    u"<a title='"_s, u"'>"_s,   u"\t"_s};
        QRandomGenerator dice(5);
        for (int turn = 0; turn < 4000; ++turn) {
            QString markdown;
            for (int i = dice.bounded(1, 16); i > 0; --i)
                markdown += pieces[dice.bounded(pieces.size())];
            const QString whole = wholeMarkdown(markdown);
            const Rendered one = rendered(whole + u"\n\nwhat follows\n"_s);
            const QByteArray says = (markdown + u"\n=>\n"_s + whole).toUtf8();
            QVERIFY2(one.blocks.value(MD_BLOCK_HTML) == 0, says.constData());
            QVERIFY2(one.text.endsWith(u"what follows"_s), says.constData());
            QVERIFY2(one.codes.filter(u"what follows"_s).isEmpty(), says.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestNoteForms)
#include "test_note_forms.moc"
