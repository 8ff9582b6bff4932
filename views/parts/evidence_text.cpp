#include "views/parts/evidence_text.h"

#include "models/items/visible_text.h"
#include "views/theme/theme.h"

#include <QFontDatabase>
#include <QPaintEvent>
#include <QPainter>
#include <QTextBlock>

namespace tropo {

EvidenceText::EvidenceText(QWidget *parent) : QPlainTextEdit(parent), m_margin(new QWidget(this))
{
    setObjectName(QStringLiteral("evidenceText"));
    setAccessibleName(tr("Evidence"));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (font().pointSizeF() > 0)
        fixed.setPointSizeF(font().pointSizeF());
    else
        fixed.setPixelSize(font().pixelSize());
    setFont(fixed);
    m_margin->installEventFilter(this);
    connect(this, &QPlainTextEdit::updateRequest, m_margin, [this](const QRect &rect, int dy) {
        if (dy != 0)
            m_margin->scroll(0, dy);
        else
            m_margin->update(0, rect.y(), m_margin->width(), rect.height());
    });
    layOutMargin();
}

void EvidenceText::show(const QList<Excerpt> &excerpts)
{
    if (excerpts == m_excerpts && m_blocks.isEmpty() == excerpts.isEmpty())
        return;
    m_excerpts = excerpts;
    clear();
    m_blocks.clear();
    QTextCursor cursor(document());
    for (const Excerpt &excerpt : excerpts) {
        if (!m_blocks.isEmpty())
            append(cursor, {BlockKind::Gap, 0}, {}, {});
        appendExcerpt(cursor, excerpt);
    }
    layOutMargin();
    moveCursor(QTextCursor::Start);
}

void EvidenceText::append(QTextCursor &cursor, const Block &block, const QString &text,
                          const QTextCharFormat &format)
{
    if (!m_blocks.isEmpty())
        cursor.insertBlock();
    m_blocks.append(block);
    cursor.insertText(text, format);
}

void EvidenceText::appendCaption(QTextCursor &cursor, const Excerpt &excerpt)
{
    QTextCharFormat caption;
    caption.setForeground(palette().color(QPalette::Text));
    caption.setFontWeight(QFont::Bold);
    QTextCharFormat muted;
    muted.setForeground(inkOf(palette()).muted);
    append(cursor, {BlockKind::Caption, 0}, visibleText(excerpt.document), caption);
    QStringList about;
    if (excerpt.taken.isValid())
        about.append(tr("taken %1").arg(timeText(excerpt.taken)));
    about.append(excerpt.origin);
    append(cursor, {BlockKind::Caption, 0}, about.join(QStringLiteral(" \u00b7 ")), muted);
}

void EvidenceText::appendExcerpt(QTextCursor &cursor, const Excerpt &excerpt)
{
    QTextCharFormat plain;
    plain.setForeground(palette().color(QPalette::Text));
    QTextCharFormat muted;
    muted.setForeground(inkOf(palette()).muted);
    if (m_captions)
        appendCaption(cursor, excerpt);
    for (const ExcerptLine &line : excerpt.lines) {
        switch (line.what) {
        case ExcerptLine::What::Plain:
            append(cursor, {BlockKind::Plain, line.number}, line.text, plain);
            break;
        case ExcerptLine::What::Marked:
            append(cursor, {BlockKind::Marked, line.number}, line.text, plain);
            break;
        case ExcerptLine::What::Fold:
            append(cursor, {BlockKind::Fold, 0}, tr("\u22ef lines not shown: %1").arg(line.number), muted);
            break;
        }
    }
    if (excerpt.lines.isEmpty())
        append(cursor, {BlockKind::Fold, 0}, tr("The document is empty."), muted);
}

QString EvidenceText::documentAt(int block) const
{
    int excerpt = -1;
    bool inCaption = false;
    for (int i = 0; i <= block && i < m_blocks.size(); ++i) {
        const bool caption = m_blocks[i].kind == BlockKind::Caption;
        if (caption && !inCaption)
            ++excerpt;
        inCaption = caption;
    }
    return excerpt >= 0 && excerpt < m_excerpts.size() ? m_excerpts[excerpt].document : QString();
}

void EvidenceText::layOutMargin()
{
    int widest = 0;
    for (const Block &block : m_blocks)
        widest = qMax(widest, block.number);
    const int digits = qMax(3, static_cast<int>(QString::number(widest).size()));
    const int width = fontMetrics().horizontalAdvance(QString(digits, u'0')) + 22;
    setViewportMargins(width, 0, 0, 0);
    const QRect area = contentsRect();
    m_margin->setGeometry(area.left(), area.top(), width, area.height());
    m_margin->update();
}

QColor EvidenceText::background(const Block &block) const
{
    const Ink ink = inkOf(palette());
    if (block.kind == BlockKind::Caption)
        return ink.panel;
    return block.kind == BlockKind::Marked ? ink.marked : QColor();
}

void EvidenceText::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom())
            break;
        if (block.blockNumber() < m_blocks.size())
            if (const QColor color = background(m_blocks[block.blockNumber()]); color.isValid())
                painter.fillRect(QRectF(0, area.top(), viewport()->width(), area.height()), color);
    }
    painter.end();
    QPlainTextEdit::paintEvent(event);
}

void EvidenceText::paintMargin(QPaintEvent *event)
{
    QPainter painter(m_margin);
    const Ink ink = inkOf(palette());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    painter.setFont(font());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom() || block.blockNumber() >= m_blocks.size())
            break;
        const Block &row = m_blocks[block.blockNumber()];
        const QRectF line(0, area.top(), m_margin->width(), area.height());
        if (const QColor color = background(row); color.isValid())
            painter.fillRect(line, color);
        const bool marked = row.kind == BlockKind::Marked;
        if (marked)
            painter.fillRect(QRectF(0, area.top(), 4, area.height()), ink.markedEdge);
        painter.setPen(marked ? palette().color(QPalette::Text) : ink.muted);
        if (row.number > 0)
            painter.drawText(line.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignTop,
                             QString::number(row.number));
    }
}

void EvidenceText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    layOutMargin();
}

void EvidenceText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_excerpts.isEmpty()) {
        const QList<Excerpt> excerpts = std::exchange(m_excerpts, {});
        show(excerpts);
    } else if (event->type() == QEvent::FontChange && m_margin) {
        layOutMargin();
    }
}

bool EvidenceText::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_margin && event->type() == QEvent::Paint) {
        paintMargin(static_cast<QPaintEvent *>(event));
        return true;
    }
    return QPlainTextEdit::eventFilter(watched, event);
}

} // namespace tropo
