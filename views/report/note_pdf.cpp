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

QList<PdfBookmark> bookmarksOf(const QTextDocument &document, const QList<DocumentHeading> &headings)
{
    QList<PdfBookmark> bookmarks;
    const double height = document.pageSize().height();
    for (const DocumentHeading &heading : headings) {
        const QTextBlock block = document.findBlock(heading.position);
        const double top = document.documentLayout()->blockBoundingRect(block).top();
        const int page = static_cast<int>(top / height);
        bookmarks.append({heading.text, heading.level, page, (top - page * height) / height});
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
    drawPages(writer, document, title);
    buffer.close();
    return withBookmarks(pdf, bookmarksOf(document, headings));
}

} // namespace tropo
