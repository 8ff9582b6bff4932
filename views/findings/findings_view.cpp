#include "views/findings/findings_view.h"

#include "models/items/visible_text.h"
#include "models/rules/rule.h"
#include "models/rules/sightings.h"
#include "views/findings/filter_bar.h"
#include "views/findings/severity_delegate.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_panel.h"
#include "views/parts/rich_text.h"
#include "views/presentation.h"

#include <QBoxLayout>
#include <QDataStream>
#include <QEvent>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTextBrowser>

namespace tropo {

FindingsView::FindingsView(QWidget *parent)
    : QWidget(parent),
      m_model(new FindingsModel(this)),
      m_filter(new FilterBar(this)),
      m_table(new QTableView(this)),
      m_pages(new QStackedWidget(this)),
      m_empty(new EmptyNote(QStringLiteral("finding-none"), this)),
      m_explanation(new QTextBrowser(this)),
      m_evidence(new EvidencePanel(this)),
      m_split(new QSplitter(Qt::Vertical, this)),
      m_below(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("findingsView"));
    m_table->setObjectName(QStringLiteral("findingsTable"));
    m_table->setAccessibleName(tr("Findings"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new SeverityDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("noFindings"));
    m_explanation->setObjectName(QStringLiteral("findingExplanation"));
    m_explanation->setAccessibleName(tr("What it means"));
    m_explanation->setOpenLinks(false);
    m_explanation->setFrameShape(QFrame::NoFrame);
    layOut();
    connect(m_filter, &FilterBar::filterChanged, this, [this](const FindingFilter &filter) {
        m_model->setFilter(filter);
        showEmptiness();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &FindingsView::showFinding);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const Finding *finding = m_model->finding(index))
            Q_EMIT goToFinding(finding->id());
    });
    connect(m_explanation, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) {
        Q_EMIT goToSubject(
            QString::fromUtf8(QByteArray::fromBase64(url.path().toLatin1(), QByteArray::Base64UrlEncoding)));
    });
    showFinding();
    showEmptiness();
}

void FindingsView::layOut()
{
    QHeaderView *header = m_table->horizontalHeader();
    const int em = fontMetrics().horizontalAdvance(u'0');
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionResizeMode(FindingsModel::Message, QHeaderView::Stretch);
    header->resizeSection(FindingsModel::SeverityColumn, em * 14);
    header->resizeSection(FindingsModel::Subject, em * 36);
    header->resizeSection(FindingsModel::Rule, em * 27);
    header->resizeSection(FindingsModel::Since, em * 11);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    m_table->setSortingEnabled(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(2 * qMax(fontMetrics().lineSpacing(), 16) + 10);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_below->addWidget(m_explanation);
    m_below->addWidget(m_evidence);
    m_below->setSizes({560, 760});
    m_split->addWidget(m_pages);
    m_split->addWidget(m_below);
    m_split->setSizes({440, 460});
    for (QSplitter *splitter : {m_split, m_below}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filter);
    column->addWidget(m_split, 1);
}

void FindingsView::show(const SnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    const Finding *chosen = m_model->finding(m_table->currentIndex());
    const QString id = chosen ? chosen->id() : QString();
    {
        // A view moves the current index to a neighbour when its row goes; ours goes nowhere.
        const QSignalBlocker quiet(m_table->selectionModel());
        m_model->setFindings(snapshot->findings, snapshot->evidence.taken);
        const Finding *now = m_model->finding(m_table->currentIndex());
        if (!id.isEmpty() && (!now || now->id() != id))
            m_table->selectionModel()->clear();
    }
    m_filter->offer(snapshot->findings);
    m_table->viewport()->update();
    showEmptiness();
    showFinding();
}

void FindingsView::showEmptiness()
{
    m_pages->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    if (!m_snapshot) {
        m_empty->say(tr("Nothing has been read"),
                     tr("Open a fleet file, a capture or the demo to see what is wrong in it."));
        return;
    }
    if (!m_model->all().isEmpty()) {
        m_empty->say(
            tr("No finding passes the filters"),
            tr("There are %1 in all. Change the filters above to see them.").arg(m_model->all().size()));
        return;
    }
    const qsizetype unread = m_snapshot->evidence.errors.size();
    m_empty->say(
        tr("No findings among what was read"),
        unread == 0
            ? tr("Every source that was asked answered.")
            : tr("Not everything was read: sources without an answer: %1. What they hold was not checked.")
                  .arg(unread));
}

void FindingsView::choose(const QString &subject)
{
    int row = m_model->rowCount() > 0 ? 0 : -1;
    for (int i = 0; i < m_model->rowCount() && !subject.isEmpty(); ++i) {
        const QString at = m_model->finding(m_model->index(i, 0))->subject;
        if (at == subject || at.startsWith(subject + u'/')) {
            row = i;
            break;
        }
    }
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
}

QString FindingsView::selectedSubject() const
{
    const Finding *finding = m_model->finding(m_table->currentIndex());
    return finding ? finding->subject : QString();
}

void FindingsView::showFinding()
{
    const Finding *finding = m_model->finding(m_table->currentIndex());
    writeExplanation(finding);
    // The browser's own cursor was carried to the end; it would scroll there at the next resize.
    m_explanation->setTextCursor(QTextCursor(m_explanation->document()));
    if (finding)
        m_evidence->show(m_snapshot, tr("Evidence of %1").arg(finding->rule), finding->evidence,
                         tr("This finding stands on what is absent: no document says it."));
    else
        m_evidence->show(m_snapshot, tr("Evidence"), {},
                         tr("Choose a finding to see the lines that it stands on."));
}

void FindingsView::writeExplanation(const Finding *finding)
{
    PageWriter page(m_explanation->document(), m_explanation->palette(), m_explanation->font());
    if (!finding) {
        page.muted(tr("Choose a finding to see what it means. Enter goes to it in the fleet."));
        return;
    }
    const auto link = [&page](const QString &subject) {
        page.link(subject, QLatin1String("subject:") +
                               QString::fromLatin1(subject.toUtf8().toBase64(QByteArray::Base64UrlEncoding)));
    };
    const Rule *rule = findRule(finding->rule);
    page.title(iconName(finding->severity), rule ? tr(rule->title) : finding->rule,
               severityWord(finding->severity));
    page.muted(finding->rule);
    page.paragraph(finding->message);
    if (const QString seen = sightingText(finding->sighting); !seen.isEmpty())
        page.notice(QStringLiteral("not-known"), seen);
    if (finding->accepted)
        page.notice(QStringLiteral("finding-none"), tr("Accepted: %1").arg(*finding->accepted));
    if (rule) {
        page.heading(tr("If it is left"));
        page.paragraph(tr(rule->consequence));
        page.heading(tr("When this is found"));
        page.paragraph(tr(rule->explanation));
    }
    page.heading(tr("Where"));
    link(finding->subject);
    for (const QString &subject : finding->related.first(qMin<qsizetype>(finding->related.size(), 30)))
        link(subject);
    page.heading(tr("Since"));
    page.paragraph(tr("Seen at the reading of %1").arg(timeText(m_model->since(*finding))));
}

void FindingsView::setNow(const QDateTime &now)
{
    m_model->setNow(now);
    m_table->viewport()->update();
}

void FindingsView::focusFilter()
{
    m_filter->focusText();
}

void FindingsView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        showFinding();
}

QByteArray FindingsView::saveLayout() const
{
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << m_split->saveState() << m_below->saveState() << m_table->horizontalHeader()->saveState();
    return layout;
}

void FindingsView::restoreLayout(const QByteArray &layout)
{
    QByteArray split;
    QByteArray below;
    QByteArray header;
    QDataStream stream(layout);
    stream.setVersion(QDataStream::Qt_6_0);
    stream >> split >> below >> header;
    if (stream.status() != QDataStream::Ok)
        return;
    m_split->restoreState(split);
    m_below->restoreState(below);
    m_table->horizontalHeader()->restoreState(header);
}

} // namespace tropo
