#include "views/parts/rich_text.h"

#include "models/items/findings_model.h"
#include "models/items/visible_text.h"
#include "models/rules/sightings.h"
#include "views/presentation.h"

#include <QTextTable>
#include <QUrl>

namespace tropo {

PageWriter::PageWriter(QTextDocument *document, const QPalette &palette, const QFont &font)
    : m_document(document), m_palette(palette), m_font(font), m_ink(inkOf(palette))
{
    document->clear();
    document->setDefaultFont(font);
    document->setDocumentMargin(14);
    m_cursor = QTextCursor(document);
}

QTextCharFormat PageWriter::format(double scale, bool bold, const QColor &color) const
{
    QTextCharFormat format;
    QFont font = m_font;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * scale);
    else
        font.setPixelSize(qRound(font.pixelSize() * scale));
    font.setBold(bold);
    format.setFont(font);
    format.setForeground(color);
    return format;
}

void PageWriter::block(int above, int below)
{
    QTextBlockFormat block;
    block.setTopMargin(above);
    block.setBottomMargin(below);
    block.setLineHeight(118, QTextBlockFormat::ProportionalHeight);
    if (std::exchange(m_fresh, false))
        m_cursor.setBlockFormat(block);
    else
        m_cursor.insertBlock(block);
}

void PageWriter::image(const QString &icon, int size)
{
    if (icon.isEmpty())
        return;
    const QString name = QLatin1String("icon:") + icon + u'/' + QString::number(size);
    const QPixmap pixmap = themedIcon(icon, m_palette).pixmap(QSize(size, size) * 2);
    m_document->addResource(QTextDocument::ImageResource, QUrl(name), pixmap);
    QTextImageFormat image;
    image.setName(name);
    image.setWidth(size);
    image.setHeight(size);
    image.setVerticalAlignment(QTextCharFormat::AlignMiddle);
    m_cursor.insertImage(image);
    m_cursor.insertText(QStringLiteral("\u2002"));
}

void PageWriter::title(const QString &icon, const QString &text, const QString &word)
{
    block(0, 2);
    image(icon, 20);
    m_cursor.insertText(visibleText(text, 200), format(1.35, true, m_palette.color(QPalette::Text)));
    if (!word.isEmpty())
        m_cursor.insertText(QStringLiteral("\u2003") + word, format(1.0, false, m_ink.muted));
}

void PageWriter::muted(const QString &text)
{
    block(0, 4);
    m_cursor.insertText(visibleText(text, 600), format(0.95, false, m_ink.muted));
}

void PageWriter::heading(const QString &text)
{
    block(12, 4);
    m_cursor.insertText(text, format(1.0, true, m_palette.color(QPalette::Text)));
}

void PageWriter::paragraph(const QString &text)
{
    block(0, 6);
    m_cursor.insertText(visibleText(text, 2000), format(1.0, false, m_palette.color(QPalette::Text)));
}

void PageWriter::notice(const QString &icon, const QString &text)
{
    block(4, 6);
    QTextBlockFormat marked = m_cursor.blockFormat();
    marked.setBackground(m_ink.marked);
    m_cursor.setBlockFormat(marked);
    image(icon, 16);
    m_cursor.insertText(visibleText(text, 600), format(1.0, false, m_palette.color(QPalette::Text)));
}

void PageWriter::facts(const QList<Fact> &facts)
{
    if (facts.isEmpty())
        return;
    constexpr qsizetype most = 200;
    const int rows = static_cast<int>(qMin(facts.size(), most));
    QTextTableFormat shape;
    shape.setBorder(0);
    shape.setCellPadding(2);
    shape.setCellSpacing(0);
    shape.setTopMargin(4);
    shape.setBottomMargin(10);
    shape.setColumnWidthConstraints(
        {QTextLength(QTextLength::FixedLength, QFontMetricsF(m_font).averageCharWidth() * 24),
         QTextLength(QTextLength::PercentageLength, 100)});
    QTextTable *table = m_cursor.insertTable(rows, 2, shape);
    for (int i = 0; i < rows; ++i) {
        table->cellAt(i, 0).firstCursorPosition().insertText(visibleText(facts[i].name, 120),
                                                             format(1.0, false, m_ink.muted));
        table->cellAt(i, 1).firstCursorPosition().insertText(
            visibleText(facts[i].value, 1000), format(1.0, false, m_palette.color(QPalette::Text)));
    }
    m_cursor = QTextCursor(m_document);
    m_cursor.movePosition(QTextCursor::End);
    // The block behind a table is there already; make it as low as a gap.
    m_fresh = true;
}

void PageWriter::finding(const Finding &finding, const QString &href)
{
    block(6, 0);
    image(iconName(finding.severity), 16);
    m_cursor.insertText(severityWord(finding.severity) + QStringLiteral("\u2002"),
                        format(1.0, true, inkFor(finding.severity, m_ink)));
    QTextCharFormat rule = format(1.0, false, m_palette.color(QPalette::Link));
    rule.setAnchor(true);
    rule.setAnchorHref(href);
    m_cursor.insertText(visibleText(finding.rule, 80), rule);
    if (finding.accepted)
        m_cursor.insertText(QStringLiteral("\u2002") +
                                FindingsModel::tr("accepted: %1").arg(visibleText(*finding.accepted)),
                            format(1.0, false, m_ink.muted));
    block(1, 4);
    m_cursor.insertText(visibleText(finding.message, 1000),
                        format(1.0, false, m_palette.color(QPalette::Text)));
    if (const QString seen = sightingText(finding.sighting); !seen.isEmpty())
        m_cursor.insertText(QLatin1Char(' ') + seen, format(1.0, false, m_ink.muted));
}

void PageWriter::remark(const QString &icon, const QString &word, const QColor &ink, const QString &text,
                        const QString &href)
{
    block(2, 4);
    image(icon, 16);
    QTextCharFormat lead = format(1.0, true, ink);
    lead.setAnchor(!href.isEmpty());
    lead.setAnchorHref(href);
    m_cursor.insertText(word, lead);
    m_cursor.insertText(QStringLiteral("\u2002") + visibleText(text, 1000),
                        format(1.0, false, m_palette.color(QPalette::Text)));
}

void PageWriter::link(const QString &text, const QString &href)
{
    block(0, 2);
    QTextCharFormat anchor = format(1.0, false, m_palette.color(QPalette::Link));
    anchor.setAnchor(true);
    anchor.setAnchorHref(href);
    m_cursor.insertText(visibleText(text), anchor);
}

} // namespace tropo
