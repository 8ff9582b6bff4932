#include "models/note/note_forms.h"
#include "models/note/whole_markdown.h"
#include "models/text/markdown.h"

#include <QUrl>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

class MarkdownWriter
{
public:
    explicit MarkdownWriter(const QString &folder) : m_folder(folder) {}

    void write(const HeadingBlock &block)
    {
        const QString severity =
            block.severity ? QString(severityName(*block.severity) + u": "_s) : QString();
        paragraph(QString(block.level, u'#') + u' ' + markdownText(severity + block.text));
    }

    void write(const ParagraphBlock &block) { paragraph(markdownText(block.text)); }
    void write(const MarkdownBlock &block) { paragraph(wholeMarkdown(block.markdown)); }
    void write(const CodeBlock &block) { paragraph(markdownBlock(block.text, u"sh"_s).trimmed()); }

    void write(const QuoteBlock &block)
    {
        const Excerpt &excerpt = block.excerpt;
        paragraph(u"**%1** (%2)"_s.arg(markdownText(excerpt.document), markdownText(quoteOrigin(excerpt))));
        QString lines;
        for (const ExcerptLine &line : excerpt.lines) {
            if (line.what == ExcerptLine::What::Fold)
                lines += u"        "_s + foldText(line) + u'\n';
            else
                lines +=
                    u"%1 %2  %3\n"_s.arg(line.what == ExcerptLine::What::Marked ? QChar(u'>') : QChar(u' '))
                        .arg(line.number, 5)
                        .arg(line.text);
        }
        paragraph(markdownBlock(lines.chopped(lines.isEmpty() ? 0 : 1)).trimmed());
    }

    void write(const PictureBlock &block)
    {
        const QString caption = markdownText(block.caption);
        if (m_folder.isEmpty()) {
            paragraph(u"*Picture: %1*"_s.arg(caption));
            return;
        }
        note.pictures.insert(block.name, block.png);
        const QString place = QString::fromLatin1(QUrl::toPercentEncoding(m_folder) + '/') + block.name;
        paragraph(u"![%1](%2)"_s.arg(caption, place));
        paragraph(u"*%1*"_s.arg(caption));
    }

    void write(const TableBlock &block)
    {
        qsizetype columns = block.header.size();
        for (const QStringList &cells : block.rows)
            columns = qMax(columns, cells.size());
        QString text = row(block.header, columns) + u"|"_s + QString(u" --- |"_s).repeated(columns) + u'\n';
        for (const QStringList &cells : block.rows)
            text += row(cells, columns);
        paragraph(text.trimmed());
    }

    void write(const ListBlock &block)
    {
        QString text;
        int number = 0;
        for (const QString &item : block.items)
            text += (block.isNumbered ? QString::number(++number) + u". "_s : u"- "_s) + markdownText(item) +
                    u'\n';
        paragraph(text.trimmed());
    }

    MarkdownNote note;

private:
    void paragraph(const QString &text) { note.text += text + u"\n\n"_s; }

    static QString row(const QStringList &cells, qsizetype columns)
    {
        QString text = u"|"_s;
        for (qsizetype i = 0; i < columns; ++i)
            text += u' ' + markdownText(cells.value(i)) + u" |"_s;
        return text + u'\n';
    }

    QString m_folder;
};

} // namespace

MarkdownNote noteMarkdown(const QList<NoteBlock> &blocks, const QString &folder)
{
    MarkdownWriter writer(folder);
    for (const NoteBlock &block : blocks)
        std::visit([&writer](const auto &one) { writer.write(one); }, block);
    return std::move(writer.note);
}

} // namespace tropo
