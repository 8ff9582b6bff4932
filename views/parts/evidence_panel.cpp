#include "views/parts/evidence_panel.h"

#include "models/items/visible_text.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_columns.h"
#include "views/parts/evidence_text.h"
#include "views/parts/plain.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QStackedWidget>

namespace tropo {

namespace {

constexpr int linesAround = 3;

} // namespace

EvidencePanel::EvidencePanel(QWidget *parent)
    : QWidget(parent),
      m_title(plainLabel(tr("Evidence"), this)),
      m_whole(new QToolButton(this)),
      m_copy(iconButton(QStringLiteral("copy"), tr("Copy the evidence as Markdown"), this)),
      m_pages(new QStackedWidget(this)),
      m_text(new EvidenceText(this)),
      m_columns(new EvidenceColumns(this)),
      m_empty(new EmptyNote(QStringLiteral("file"), this))
{
    setObjectName(QStringLiteral("evidencePanel"));
    setPointScale(m_title, 1.0, true);
    m_whole->setObjectName(QStringLiteral("wholeDocuments"));
    m_whole->setText(tr("Whole documents"));
    m_whole->setAccessibleName(m_whole->text());
    m_whole->setCheckable(true);
    m_whole->setFocusPolicy(Qt::TabFocus);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 5, 8, 5);
    head->addWidget(m_title, 1);
    head->addWidget(m_whole);
    head->addWidget(m_copy);
    m_title->setMinimumWidth(60);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_text);
    m_pages->addWidget(m_columns);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_pages, 1);
    connect(m_whole, &QToolButton::toggled, this, &EvidencePanel::refresh);
    connect(m_copy, &QToolButton::clicked, this, &EvidencePanel::copyAsMarkdown);
    m_empty->say(tr("No evidence to show"),
                 tr("Choose something to see the documents that it was read from."));
    refresh();
}

void EvidencePanel::show(const SnapshotPtr &snapshot, const QString &title, const QList<Quote> &quotes,
                         const QString &none, const QStringList &values)
{
    m_snapshot = snapshot;
    m_quotes = quotes;
    m_values = values;
    const qsizetype more = documentsLeftOut(quotes).size();
    m_title->setText(more > 0 ? tr("%1 (documents not shown: %2)").arg(visibleText(title, 160)).arg(more)
                              : visibleText(title, 160));
    m_empty->say(tr("No evidence to show"), none);
    refresh();
}

void EvidencePanel::refresh()
{
    const int context = m_whole->isChecked() ? -1 : linesAround;
    m_excerpts = m_snapshot ? excerptsOf(*m_snapshot, m_quotes, context, m_values) : QList<Excerpt>();
    m_whole->setEnabled(!m_excerpts.isEmpty());
    m_copy->setEnabled(!m_excerpts.isEmpty());
    arrange();
}

/// What is not seen holds nothing, so that a long document is laid out once.
void EvidencePanel::arrange()
{
    const bool columns = m_excerpts.size() > 1 && width() >= m_columns->widthFor(2);
    m_text->show(columns ? QList<Excerpt>() : m_excerpts);
    m_columns->show(columns ? m_excerpts : QList<Excerpt>());
    m_pages->setCurrentWidget(m_excerpts.isEmpty() ? static_cast<QWidget *>(m_empty)
                              : columns            ? static_cast<QWidget *>(m_columns)
                                                   : m_text);
}

void EvidencePanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void EvidencePanel::setNow(const QDateTime &now)
{
    m_columns->setNow(now);
}

void EvidencePanel::copyAsMarkdown()
{
    QString out;
    const QList<Excerpt> excerpts = excerptsOf(*m_snapshot, m_quotes, linesAround, m_values);
    for (const Excerpt &excerpt : excerpts) {
        out += excerpt.document + QLatin1String(" (") + timeText(excerpt.taken) + QLatin1String("):\n\n");
        for (const ExcerptLine &line : excerpt.lines)
            out += line.what == ExcerptLine::What::Fold
                       ? QStringLiteral("    \u22ef\n")
                       : QString(QLatin1String("    ") + QString::number(line.number).rightJustified(4) +
                                 (line.what == ExcerptLine::What::Marked ? QLatin1String(" > ")
                                                                         : QLatin1String("   ")) +
                                 line.text + u'\n');
        out += u'\n';
    }
    QGuiApplication::clipboard()->setText(out);
}

} // namespace tropo
