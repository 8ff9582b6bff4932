#include "views/report/note_pdf.h"

#include "views/report/note_document.h"
#include "views/report/pdf_bookmarks.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QCoreApplication>
#include <QFont>
#include <QPainter>
#include <QPdfWriter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextLayout>

namespace tropo {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(NotePdf)
};

constexpr int resolution = 144; ///< dots an inch; layout is done in these
constexpr double footerHeight = 0.35 * resolution;

/// Draws the document page by page, with a footer; returns the page count.
int drawPages(QPdfWriter &writer, QTextDocument &document, const QString &title)
{
    const QSizeF page = document.pageSize();
    const int pages = document.pageCount();
    QPainter painter(&writer);
    for (int i = 0; i < pages; ++i) {
        if (i > 0)
            writer.newPage();
        painter.save();
        painter.translate(0, -i * page.height());
        const QRectF view(0, i * page.height(), page.width(), page.height());
        painter.setClipRect(view);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = view;
        context.palette.setColor(QPalette::Text, Qt::black);
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        QFont small = document.defaultFont();
        small.setPointSizeF(small.pointSizeF() * 0.8);
        painter.setFont(small);
        painter.setPen(QColor(0x55, 0x5f, 0x6e));
        const QRectF footer(0, page.height(), page.width(), footerHeight);
        const QFontMetricsF metrics(small, &writer);
        painter.drawText(footer, Qt::AlignLeft | Qt::AlignBottom,
                         metrics.elidedText(title, Qt::ElideRight, page.width() * 0.75));
        painter.drawText(footer, Qt::AlignRight | Qt::AlignBottom,
                         Words::tr("%1 of %2").arg(i + 1).arg(pages));
    }
    return pages;
}

/// Where a block's first line is: below its top, where the page before had no room for the line.
double topOf(const QTextDocument &document, const QTextBlock &block)
{
    const double top = document.documentLayout()->blockBoundingRect(block).top();
    return block.layout()->lineCount() > 0 ? top + block.layout()->lineAt(0).y() : top;
}

int pageOf(const QTextDocument &document, const QTextBlock &block)
{
    return static_cast<int>(topOf(document, block) / document.pageSize().height());
}

/// No heading at the foot of a page, with what it heads on the next. A break moves all that follows, so that
/// each is set before the next is looked for.
void keepHeadingsWithText(QTextDocument &document, const QList<DocumentHeading> &headings)
{
    for (const DocumentHeading &heading : headings) {
        const QTextBlock block = document.findBlock(heading.position);
        if (block.previous().blockFormat().headingLevel() > 0)
            continue; // goes with the one above it
        QTextBlock headed = block.next();
        while (headed.isValid() && headed.blockFormat().headingLevel() > 0)
            headed = headed.next();
        if (!headed.isValid() || pageOf(document, headed) == pageOf(document, block))
            continue;
        QTextBlockFormat format = block.blockFormat();
        format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
        QTextCursor(block).setBlockFormat(format);
    }
}

QList<PdfBookmark> bookmarksOf(const QTextDocument &document, const QList<DocumentHeading> &headings,
                               const QPageLayout &paper)
{
    QList<PdfBookmark> bookmarks;
    const QRect inked = paper.paintRectPixels(resolution);
    const double whole = paper.fullRectPixels(resolution).height();
    for (const DocumentHeading &heading : headings) {
        const QTextBlock block = document.findBlock(heading.position);
        const int page = pageOf(document, block);
        const double top = topOf(document, block) - page * document.pageSize().height();
        bookmarks.append({heading.text, heading.level, page, (inked.top() + top) / whole});
    }
    return bookmarks;
}

} // namespace

Result<QByteArray> notePdf(const QList<NoteBlock> &blocks, const QString &title)
{
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(18, 16, 18, 12), QPageLayout::Millimeter);
    writer.setResolution(resolution);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("troposcope " TROPOSCOPE_VERSION));
    QTextDocument document;
    document.documentLayout()->setPaintDevice(&writer);
    QFont font;
    font.setPointSizeF(9.5);
    document.setDefaultFont(font);
    document.setDocumentMargin(0);
    const QSizeF area(writer.width(), writer.height() - footerHeight);
    document.setPageSize(area);
    QList<DocumentHeading> headings;
    fillDocument(&document, blocks, static_cast<int>(area.width()), &headings);
    keepHeadingsWithText(document, headings);
    drawPages(writer, document, title);
    buffer.close();
    return withBookmarks(pdf, bookmarksOf(document, headings, writer.pageLayout()));
}

} // namespace tropo
