#include "views/plan/diff_text.h"

#include "models/items/visible_text.h"
#include "views/theme/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QResizeEvent>
#include <QTextBlock>

namespace tropo {

namespace {

/// More than these are scrolled.
constexpr int mostLines = 30;
/// A diff that is longer is cut: nobody reads it here, and the runbook has it whole.
constexpr qsizetype mostText = 200'000;

} // namespace

DiffText::DiffText(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF() > 0 ? font().pointSizeF() : 10);
    setFont(fixed);
    setTabChangesFocus(true);
}

void DiffText::setDiff(const QString &text)
{
    m_isDiff = true;
    setLines(text);
}

void DiffText::setCommand(const QString &text)
{
    m_isDiff = false;
    setLines(text);
}

void DiffText::setLines(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.left(mostText).split(QLatin1Char('\n')))
        lines.append(visibleText(line, 2000));
    while (lines.size() > 1 && lines.last().isEmpty())
        lines.removeLast();
    if (text.size() > mostText)
        lines.append(tr("… cut here; the runbook has it whole"));
    setPlainText(lines.join(QLatin1Char('\n')));
    tint();
    fitHeight();
}

void DiffText::fitHeight()
{
    // A plain text's document is measured in lines.
    const int lines = qBound(1, qRound(document()->size().height()), mostLines);
    const int around = 2 * (frameWidth() + qRound(document()->documentMargin()));
    setFixedHeight(lines * fontMetrics().lineSpacing() + around + 2);
}

void DiffText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fitHeight();
}

void DiffText::tint()
{
    const Ink ink = inkOf(palette());
    QList<QTextEdit::ExtraSelection> marks;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const QString line = block.text();
        const bool header = line.startsWith(QLatin1String("---")) || line.startsWith(QLatin1String("+++"));
        if (!m_isDiff || header || line.isEmpty() || (line[0] != u'+' && line[0] != u'-'))
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        QColor tinted = line[0] == u'+' ? ink.info : ink.error;
        tinted.setAlphaF(0.16F);
        mark.format.setBackground(tinted);
        marks.append(mark);
    }
    setExtraSelections(marks);
}

void DiffText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        tint();
}

} // namespace tropo
