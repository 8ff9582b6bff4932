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

    /// As a list: CommonMark itself knows no tables, and a reader of the text sees no columns either.
    void write(const TableBlock &block)
    {
        if (!block.header.isEmpty())
            paragraph(u'*' + cells(block.header).join(between()) + u'*');
        const QString after = block.header.isEmpty() ? u": "_s : between();
        QString text;
        for (const QStringList &row : block.rows) {
            QStringList words = cells(row);
            if (words.isEmpty())
                continue;
            words.front() = u"**%1**"_s.arg(words.front());
            text += u"- "_s + words.front() + (words.size() > 1 ? after : QString()) +
                    words.mid(1).join(between()) + u'\n';
        }
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

    /// Without those that are empty, which would leave marks alone.
    static QStringList cells(const QStringList &row)
    {
        QStringList texts;
        for (const QString &cell : row)
            if (!cell.trimmed().isEmpty())
                texts.append(markdownText(cell.trimmed()));
        return texts;
    }

    static QString between() { return u" \u00b7 "_s; }

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
