#include "views/report/note_document.h"

#include "models/items/visible_text.h"
#include "views/theme/theme.h"

#include <QFontDatabase>
#include <QTextCursor>
#include <QTextDocumentFragment>
#include <QTextTable>

namespace tropo {

namespace {

class DocumentWriter
{
public:
    DocumentWriter(QTextDocument *document, int width, QList<DocumentHeading> *headings)
        : m_document(document),
          m_cursor(document),
          m_width(width),
          m_headings(headings),
          m_palette(paletteOf(Theme::Light)),
          m_ink(inkOf(m_palette)),
          m_size(document->defaultFont().pointSizeF())
    {
    }

    void write(const HeadingBlock &block)
    {
        constexpr double scales[] = {1.7, 1.3, 1.08};
        const int level = qBound(1, block.level, 3);
        QTextBlockFormat format;
        format.setTopMargin(level == 1 ? 0 : level == 2 ? 16 : 9);
        format.setBottomMargin(3);
        format.setHeadingLevel(level);
        format.setPageBreakPolicy(QTextFormat::PageBreak_Auto);
        begin(format);
        if (m_headings)
            m_headings->append({block.text, level, m_cursor.position()});
        if (block.severity) {
            const QColor color = *block.severity == Severity::Error     ? m_ink.error
                                 : *block.severity == Severity::Warning ? m_ink.warning
                                                                        : m_ink.info;
            m_cursor.insertText(severityName(*block.severity) + QLatin1String("  "), text(0.9, true, color));
        }
        m_cursor.insertText(visibleText(block.text, 4000), text(scales[level - 1], true, textColor()));
    }

    void write(const ParagraphBlock &block)
    {
        begin(paragraph());
        m_cursor.insertText(visibleText(block.text, 20'000),
                            text(block.isMuted ? 0.92 : 1, false, block.isMuted ? m_ink.muted : textColor()));
    }

    void write(const MarkdownBlock &block)
    {
        // In a document of its own, so that nothing of it reaches beyond it.
        QTextDocument own;
        own.setDefaultFont(m_document->defaultFont());
        own.setMarkdown(block.markdown,
                        QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                            QTextDocument::MarkdownNoHTML);
        dropPictures(own);
        begin(paragraph());
        m_cursor.insertFragment(QTextDocumentFragment(&own));
    }

    void write(const QuoteBlock &block)
    {
        QTextBlockFormat format = paragraph();
        format.setTopMargin(6);
        begin(format);
        m_cursor.insertText(visibleText(block.excerpt.document), text(0.95, true, textColor()));
        m_cursor.insertText(QLatin1String("   ") + visibleText(quoteOrigin(block.excerpt)),
                            text(0.85, false, m_ink.muted));
        for (const ExcerptLine &line : block.excerpt.lines)
            writeLine(line);
    }

    void write(const PictureBlock &block)
    {
        QImage image;
        if (!image.loadFromData(block.png, "PNG"))
            return;
        const QUrl url(QStringLiteral("picture:") + block.name);
        m_document->addResource(QTextDocument::ImageResource, url, image);
        begin(paragraph());
        QTextImageFormat format;
        format.setName(url.toString());
        const double shown = qMin(m_width, block.width > 0 ? block.width : image.width());
        format.setWidth(shown);
        format.setHeight(shown * image.height() / qMax(1, image.width()));
        m_cursor.insertImage(format);
        begin(paragraph());
        m_cursor.insertText(visibleText(block.caption), text(0.85, false, m_ink.muted));
    }

    void write(const TableBlock &block)
    {
        int columns = static_cast<int>(block.header.size());
        for (const QStringList &cells : block.rows)
            columns = qMax(columns, static_cast<int>(cells.size()));
        const int first = block.header.isEmpty() ? 0 : 1;
        const int rows = static_cast<int>(block.rows.size()) + first;
        if (columns == 0 || rows == 0)
            return;
        begin(paragraph());
        QTextTableFormat format;
        format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
        format.setCellPadding(4);
        format.setCellSpacing(0);
        format.setBorder(0.5);
        format.setBorderBrush(m_ink.edge);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderCollapse(true);
        format.setHeaderRowCount(first);
        QList<QTextLength> widths;
        for (const int width : block.widths)
            widths.append(QTextLength(QTextLength::PercentageLength, width));
        format.setColumnWidthConstraints(widths);
        QTextTable *table = m_cursor.insertTable(rows, columns, format);
        for (int column = 0; column < columns && first == 1; ++column)
            fill(table, 0, column, block.header.value(column), true);
        for (int row = 0; row < block.rows.size(); ++row)
            for (int column = 0; column < columns; ++column)
                fill(table, row + first, column, block.rows[row].value(column), first == 0 && column == 0);
        m_cursor.movePosition(QTextCursor::End);
    }

    void write(const CodeBlock &block)
    {
        for (const QString &line : block.text.split(u'\n')) {
            QTextBlockFormat format = paragraph();
            format.setBackground(m_ink.panel);
            format.setTopMargin(0);
            format.setBottomMargin(0);
            begin(format);
            m_cursor.insertText(visibleText(line, 4000), fixed(textColor()));
        }
    }

    void write(const ListBlock &block)
    {
        int number = 0;
        for (const QString &item : block.items) {
            QTextBlockFormat format = paragraph();
            format.setTextIndent(-14);
            format.setLeftMargin(20);
            begin(format);
            const QString mark =
                block.isNumbered ? QStringLiteral("%1. ").arg(++number) : QStringLiteral("\u2022 ");
            m_cursor.insertText(mark + visibleText(item, 4000), text(1, false, textColor()));
        }
    }

private:
    QColor textColor() const { return m_palette.color(QPalette::Text); }

    QTextBlockFormat paragraph() const
    {
        QTextBlockFormat format;
        format.setTopMargin(3);
        format.setBottomMargin(3);
        return format;
    }

    void begin(const QTextBlockFormat &format)
    {
        if (!m_isFresh)
            m_cursor.insertBlock(format, QTextCharFormat());
        else
            m_cursor.setBlockFormat(format);
        m_isFresh = false;
    }

    QTextCharFormat text(double scale, bool bold, const QColor &color) const
    {
        QTextCharFormat format;
        format.setFontPointSize(m_size * scale);
        format.setFontWeight(bold ? QFont::Bold : QFont::Normal);
        format.setForeground(color);
        return format;
    }

    QTextCharFormat fixed(const QColor &color) const
    {
        QTextCharFormat format = text(0.82, false, color);
        format.setFontFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
        return format;
    }

    void writeLine(const ExcerptLine &line)
    {
        QTextBlockFormat format;
        const bool marked = line.what == ExcerptLine::What::Marked;
        if (marked)
            format.setBackground(m_ink.marked);
        format.setLeftMargin(8);
        begin(format);
        if (line.what == ExcerptLine::What::Fold) {
            m_cursor.insertText(foldText(line), fixed(m_ink.muted));
            return;
        }
        m_cursor.insertText(
            QStringLiteral("%1%2  ").arg(marked ? QChar(u'>') : QChar(u' ')).arg(line.number, 5),
            fixed(m_ink.muted));
        m_cursor.insertText(line.text, fixed(textColor()));
    }

    void fill(QTextTable *table, int row, int column, const QString &cell, bool bold)
    {
        QTextCursor cursor = table->cellAt(row, column).firstCursorPosition();
        cursor.insertText(visibleText(cell, 4000), text(0.9, bold, textColor()));
    }

    /// What the author's text would fetch from elsewhere.
    static void dropPictures(QTextDocument &document)
    {
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
            for (auto it = block.begin(); !it.atEnd(); ++it)
                if (it.fragment().charFormat().isImageFormat()) {
                    QTextCursor cursor(&document);
                    cursor.setPosition(it.fragment().position());
                    cursor.setPosition(it.fragment().position() + it.fragment().length(),
                                       QTextCursor::KeepAnchor);
                    cursor.insertText(QStringLiteral("[picture]"), QTextCharFormat());
                    return dropPictures(document);
                }
    }

    QTextDocument *m_document;
    QTextCursor m_cursor;
    int m_width;
    QList<DocumentHeading> *m_headings;
    QPalette m_palette;
    Ink m_ink;
    double m_size;
    bool m_isFresh = true;
};

} // namespace

void fillDocument(QTextDocument *document, const QList<NoteBlock> &blocks, int width,
                  QList<DocumentHeading> *headings)
{
    document->clear();
    document->setUndoRedoEnabled(false);
    // As one edit: each by itself would be laid out by itself, and with it all that follows.
    QTextCursor whole(document);
    whole.beginEditBlock();
    DocumentWriter writer(document, width, headings);
    for (const NoteBlock &block : blocks)
        std::visit([&writer](const auto &one) { writer.write(one); }, block);
    whole.endEditBlock();
}

} // namespace tropo
