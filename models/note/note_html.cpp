#include "models/note/note_forms.h"
#include "models/note/safe_markdown.h"
#include "models/text/plain_text.h"

#include <QHash>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Of what a note says in one place; machines may say much.
constexpr qsizetype mostText = 100'000;

/// Visible text on one line, for content and for attributes in double quotes.
QString escaped(const QString &text)
{
    return visibleText(text, mostText).toHtmlEscaped();
}

/// Where the section of a finding is, to be linked to from tables: a note may tell of one twice.
struct Anchor
{
    QString name;
    const HeadingBlock *heading = nullptr; ///< the first, which bears it
};

struct Page
{
    QHash<QString, Anchor> anchors;
    HtmlFor target = HtmlFor::File;

    QString anchor(const QString &id) const { return anchors.value(id).name; }
};

QString html(const HeadingBlock &block, const Page &page)
{
    const QString tag = u"h%1"_s.arg(qBound(1, block.level, 3));
    const Anchor anchor = page.anchors.value(block.id);
    const QString id = anchor.heading == &block ? u" id=\"%1\""_s.arg(anchor.name) : QString();
    QString severity;
    if (block.severity)
        severity = u"<span class=\"severity %1\">%1</span> "_s.arg(severityName(*block.severity));
    return u'<' + tag + id + u'>' + severity + escaped(block.text) + u"</"_s + tag + u">\n"_s;
}

QString html(const ParagraphBlock &block, const Page &)
{
    return u"<p%1>%2</p>\n"_s.arg(block.isMuted ? u" class=\"muted\""_s : QString(), escaped(block.text));
}

QString html(const MarkdownBlock &block, const Page &)
{
    return u"<div class=\"text\">\n%1</div>\n"_s.arg(markdownHtml(block.markdown));
}

/// What proves is marked by a sign as well as by its looks, which do not survive everywhere.
QString quoteRow(const ExcerptLine &line, HtmlFor target)
{
    if (line.what == ExcerptLine::What::Fold)
        return u"<tr class=\"fold\"><td class=\"number\"></td><td>%1</td></tr>\n"_s.arg(
            escaped(foldText(line)));
    const bool isMarked = line.what == ExcerptLine::What::Marked;
    // Programs that text is pasted into know no style sheet.
    const QString style = isMarked && target == HtmlFor::Clipboard
                              ? u" style=\"background-color:#fdf0c4;font-weight:bold\""_s
                              : QString();
    return u"<tr%1><td class=\"number\"%2>%3%4</td><td%2><code>%5</code></td></tr>\n"_s.arg(
        isMarked ? u" class=\"marked\""_s : QString(), style, isMarked ? u"&gt; "_s : QString(),
        QString::number(line.number), escaped(line.text));
}

QString html(const QuoteBlock &block, const Page &page)
{
    const Excerpt &excerpt = block.excerpt;
    QString rows;
    for (const ExcerptLine &line : excerpt.lines)
        rows += quoteRow(line, page.target);
    return u"<figure class=\"quote\"><figcaption><b>%1</b> <span class=\"muted\">%2</span></figcaption>\n<table>\n%3</table></figure>\n"_s
        .arg(escaped(excerpt.document), escaped(quoteOrigin(excerpt)), rows);
}

QString html(const PictureBlock &block, const Page &)
{
    const QString words = escaped(block.caption);
    return u"<figure class=\"picture\"><img src=\"data:image/png;base64,"_s +
           QString::fromLatin1(block.png.toBase64()) +
           u"\" width=\"%1\" alt=\"%2\" /><figcaption>%2</figcaption></figure>\n"_s.arg(
               QString::number(block.width), words);
}

QString columns(const TableBlock &block)
{
    QString text = u"<colgroup>"_s;
    for (const int width : block.widths)
        text += u"<col style=\"width:%1%\" />"_s.arg(width);
    return block.widths.isEmpty() ? QString() : QString(text + u"</colgroup>\n"_s);
}

QString header(const TableBlock &block)
{
    QString text;
    for (const QString &cell : block.header)
        text += u"<th scope=\"col\">%1</th>"_s.arg(escaped(cell));
    return text.isEmpty() ? QString() : u"<thead><tr>%1</tr></thead>\n"_s.arg(text);
}

/// Of a table without a header, the first cell is the row's. What is told more of is linked to it.
QString row(const TableBlock &block, qsizetype index, const Page &page)
{
    const QStringList &cells = block.rows[index];
    const QString anchor = page.anchor(block.ids.value(index));
    QString text;
    for (qsizetype column = 0; column < cells.size(); ++column) {
        const QString cell = escaped(cells[column]);
        if (block.header.isEmpty() && column == 0)
            text += u"<th scope=\"row\">%1</th>"_s.arg(cell);
        else if (column == 1 && !anchor.isEmpty())
            text += u"<td><a href=\"#%1\">%2</a></td>"_s.arg(anchor, cell);
        else
            text += u"<td>%1</td>"_s.arg(cell);
    }
    return u"<tr>%1</tr>\n"_s.arg(text);
}

QString html(const TableBlock &block, const Page &page)
{
    QString text = u"<table class=\"facts\">\n"_s + columns(block) + header(block) + u"<tbody>\n"_s;
    for (qsizetype i = 0; i < block.rows.size(); ++i)
        text += row(block, i, page);
    return text + u"</tbody></table>\n"_s;
}

QString html(const CodeBlock &block, const Page &)
{
    QStringList lines = block.text.split(u'\n');
    for (QString &line : lines)
        line = escaped(line);
    return u"<pre>%1</pre>\n"_s.arg(lines.join(u'\n'));
}

QString html(const ListBlock &block, const Page &)
{
    QString text;
    for (const QString &item : block.items)
        text += u"<li>%1</li>\n"_s.arg(escaped(item));
    return u"<%1>\n%2</%1>\n"_s.arg(block.isNumbered ? u"ol"_s : u"ul"_s, text);
}

QHash<QString, Anchor> anchorsOf(const QList<NoteBlock> &blocks)
{
    QHash<QString, Anchor> anchors;
    for (const NoteBlock &block : blocks)
        if (const auto *heading = std::get_if<HeadingBlock>(&block);
            heading && !heading->id.isEmpty() && !anchors.contains(heading->id))
            anchors.insert(heading->id, {u"finding-%1"_s.arg(anchors.size() + 1), heading});
    return anchors;
}

QString titleOf(const QList<NoteBlock> &blocks)
{
    for (const NoteBlock &block : blocks)
        if (const auto *heading = std::get_if<HeadingBlock>(&block))
            return heading->text;
    return {};
}

} // namespace

QString noteHtml(const QList<NoteBlock> &blocks, const QString &style, HtmlFor target)
{
    const Page page{anchorsOf(blocks), target};
    QString body;
    for (const NoteBlock &block : blocks)
        body += std::visit([&page](const auto &one) { return html(one, page); }, block);
    return u"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
           "style-src 'unsafe-inline'\" />\n"
           "<meta name=\"color-scheme\" content=\"light dark\" />\n<title>"_s +
           escaped(titleOf(blocks)) + u"</title>\n<style>\n"_s + style +
           u"</style>\n</head>\n<body>\n<main>\n"_s + body + u"</main>\n</body>\n</html>\n"_s;
}

} // namespace tropo
