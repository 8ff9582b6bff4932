#include "views/findings/findings_view.h"

#include "models/fleet/subject.h"
#include "models/items/long_line.h"
#include "models/items/not_read.h"
#include "models/items/visible_text.h"
#include "views/findings/filter_bar.h"
#include "views/findings/finding_page.h"
#include "views/findings/severity_delegate.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_panel.h"
#include "views/parts/rich_text.h"
#include "views/parts/table_menu.h"
#include "views/parts/view_layout.h"
#include "views/plan/fix_bar.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTreeView>

namespace tropo {

FindingsView::FindingsView(QWidget *parent)
    : QWidget(parent),
      m_model(new FindingsModel(this)),
      m_filter(new FilterBar(this)),
      m_table(new QTreeView(this)),
      m_pages(new QStackedWidget(this)),
      m_empty(new EmptyNote(QStringLiteral("finding-none"), this)),
      m_explanation(new QTextBrowser(this)),
      m_evidence(new EvidencePanel(this)),
      m_fixes(new FixBar(this)),
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
    m_table->setAllColumnsShowFocus(true);
    m_table->setUniformRowHeights(true);
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setIndentation(18);
    m_table->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("noFindings"));
    m_explanation->setObjectName(QStringLiteral("findingExplanation"));
    m_explanation->setAccessibleName(tr("What it means"));
    m_explanation->setOpenLinks(false);
    m_explanation->setFrameShape(QFrame::NoFrame);
    addTableMenu(m_table, QStringLiteral("findings"));
    layOut();
    connect(m_filter, &FilterBar::filterChanged, this, [this](const FindingFilter &filter) {
        m_model->setFilter(filter);
        expandNewStories();
        showEmptiness();
    });
    connect(m_filter, &FilterBar::groupingChanged, this, [this](bool grouped) {
        const QModelIndex now = m_table->currentIndex();
        const Story *story = m_model->story(now);
        const QString id = story ? story->findings.value(0) : now.data(FindingsModel::IdRole).toString();
        m_model->setGrouped(grouped);
        m_table->setRootIsDecorated(grouped);
        expandNewStories();
        chooseKey(id, false);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &FindingsView::showChosen);
    connect(m_table, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const Finding *finding = m_model->finding(index))
            Q_EMIT goToFinding(finding->id());
        else if (const Story *story = m_model->story(index))
            Q_EMIT goToSubject(story->subject);
    });
    connect(m_explanation, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) {
        const QString name =
            QString::fromUtf8(QByteArray::fromBase64(url.path().toLatin1(), QByteArray::Base64UrlEncoding));
        if (url.scheme() == QLatin1String("finding"))
            chooseKey(name, false);
        else
            Q_EMIT goToSubject(name);
    });
    connect(m_fixes, &FixBar::planWanted, this, &FindingsView::planWanted);
    showChosen();
    showEmptiness();
}

void FindingsView::layOut()
{
    QHeaderView *header = m_table->header();
    const int em = fontMetrics().horizontalAdvance(u'0');
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(false);
    header->setSectionResizeMode(FindingsModel::Message, QHeaderView::Stretch);
    header->resizeSection(FindingsModel::SeverityColumn, em * 18);
    header->resizeSection(FindingsModel::Subject, em * 36);
    header->resizeSection(FindingsModel::Rule, em * 27);
    header->resizeSection(FindingsModel::Since, em * 11);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    m_table->setSortingEnabled(true);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    auto *meaning = new QWidget(this);
    auto *left = new QVBoxLayout(meaning);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(0);
    left->addWidget(m_explanation, 1);
    left->addWidget(m_fixes);
    m_below->addWidget(meaning);
    m_below->addWidget(m_evidence);
    m_below->setSizes({500, 860});
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
    const QModelIndex before = m_table->currentIndex();
    const QString id = before.data(FindingsModel::IdRole).toString();
    const bool wasStory = before.data(FindingsModel::StoryRole).toBool();
    {
        // A view moves the current index to a neighbour when its row goes; ours goes nowhere.
        const QSignalBlocker quiet(m_table->selectionModel());
        m_model->setFindings(snapshot->findings, snapshot->stories, snapshot->evidence.taken);
        if (!id.isEmpty() && m_table->currentIndex().data(FindingsModel::IdRole).toString() != id) {
            m_table->selectionModel()->clear();
            // One that joined a story, or left it, is still the one that was chosen.
            chooseKey(id, wasStory);
        }
    }
    expandNewStories();
    m_filter->offer(snapshot->findings);
    m_table->viewport()->update();
    showEmptiness();
    showChosen();
}

void FindingsView::expandNewStories()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        const Story *story = m_model->story(index);
        if (!story || m_expanded.contains(story->id()))
            continue;
        m_expanded.insert(story->id());
        m_table->expand(index);
    }
}

void FindingsView::chooseKey(const QString &id, bool story)
{
    const QModelIndex index = story ? m_model->indexOfStory(id) : m_model->indexOf(id);
    if (!index.isValid())
        return;
    m_table->expand(index.parent());
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void FindingsView::showEmptiness()
{
    m_pages->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    if (!m_snapshot) {
        m_empty->setIcon(QStringLiteral("not-known"));
        m_empty->say(tr("Nothing has been read"),
                     tr("Open a fleet file, a capture or the demo to see what is wrong in it."));
        return;
    }
    if (!m_model->all().isEmpty()) {
        m_empty->setIcon(QStringLiteral("filter"));
        m_empty->say(
            tr("No finding passes the filters"),
            tr("There are %1 in all. Change the filters above to see them.").arg(m_model->all().size()));
        return;
    }
    constexpr qsizetype most = 8;
    const QStringList gaps = notReadTexts(*m_snapshot, QStringLiteral("fleet"));
    const qsizetype unclear = m_snapshot->fleet.problems.size();
    QStringList lines;
    if (!gaps.isEmpty())
        lines.append(tr("Not everything was read. What these hold was not checked:"));
    lines += gaps.first(qMin(gaps.size(), most));
    if (gaps.size() > most)
        lines.append(tr("and %1 more machines").arg(gaps.size() - most));
    if (unclear > 0)
        lines.append(tr("Places in documents that were not understood: %1.").arg(unclear));
    // A sign that all is well stands only where all was looked at.
    const bool whole = lines.isEmpty();
    if (whole)
        lines.append(tr("All that the rules look at was read of every machine."));
    m_empty->setIcon(whole ? QStringLiteral("finding-none") : QStringLiteral("not-known"));
    m_empty->say(whole ? tr("No findings") : tr("No findings among what was read"), lines.join(u'\n'));
}

void FindingsView::choose(const QString &subject)
{
    QList<QModelIndex> rows;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        const QModelIndex top = m_model->index(i, 0);
        rows.append(top);
        for (int j = 0; j < m_model->rowCount(top); ++j)
            rows.append(m_model->index(j, 0, top));
    }
    QModelIndex chosen = rows.value(0);
    for (const QModelIndex &row : std::as_const(rows)) {
        const Finding *finding = m_model->finding(row);
        const QString at = finding ? finding->subject : m_model->story(row)->subject;
        if (!subject.isEmpty() && subject::isAt(at, subject)) {
            chosen = row;
            break;
        }
    }
    if (!chosen.isValid())
        return;
    m_table->expand(chosen.parent());
    m_table->setCurrentIndex(chosen);
}

QString FindingsView::selectedSubject() const
{
    if (const Finding *finding = m_model->finding(m_table->currentIndex()))
        return finding->subject;
    const Story *story = m_model->story(m_table->currentIndex());
    return story ? story->subject : QString();
}

void FindingsView::showChosen()
{
    writeExplanation();
    offerFixes();
    // The browser's own cursor was carried to the end; it would scroll there at the next resize.
    m_explanation->setTextCursor(QTextCursor(m_explanation->document()));
    if (const Finding *finding = m_model->finding(m_table->currentIndex()))
        m_evidence->show(m_snapshot, tr("Evidence of %1").arg(finding->rule), finding->evidence,
                         tr("This finding stands on what is absent: no document says it."),
                         valuesOf(*finding));
    else if (const Story *story = m_model->story(m_table->currentIndex()))
        m_evidence->show(m_snapshot, tr("What the story stands on"), story->evidence,
                         tr("This story stands on what is absent: no document says it."), valuesOf(*story));
    else
        m_evidence->show(m_snapshot, tr("Evidence"), {},
                         tr("Choose a finding to see the lines that it stands on."));
}

void FindingsView::writeExplanation()
{
    PageWriter page(m_explanation->document(), m_explanation->palette(), m_explanation->font());
    if (const Finding *finding = m_model->finding(m_table->currentIndex()))
        writeFinding(page, *finding, m_model->since(*finding));
    else if (const Story *story = m_model->story(m_table->currentIndex()))
        writeStory(page, *story, [this](const QString &id) { return m_model->findingById(id); });
    else
        page.muted(tr("Choose a finding to see what it means. Enter goes to it in the fleet."));
}

void FindingsView::offerFixes()
{
    QList<Finding> chosen;
    if (const Finding *finding = m_model->finding(m_table->currentIndex()))
        chosen.append(*finding);
    else if (const Story *story = m_model->story(m_table->currentIndex()))
        for (const QString &id : story->findings)
            if (const Finding *one = m_model->findingById(id))
                chosen.append(*one);
    m_fixes->show(m_snapshot, chosen);
}

void FindingsView::setNow(const QDateTime &now)
{
    m_model->setNow(now);
    m_evidence->setNow(now);
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
        showChosen();
}

QByteArray FindingsView::saveLayout() const
{
    return savedLayout(m_split, m_below, m_table->header());
}

void FindingsView::restoreLayout(const QByteArray &layout)
{
    tropo::restoreLayout(layout, m_split, m_below, m_table->header());
}

} // namespace tropo
