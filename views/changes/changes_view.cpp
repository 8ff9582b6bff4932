#include "views/changes/changes_view.h"

#include "models/items/visible_text.h"
#include "views/changes/change_delegate.h"
#include "views/changes/change_filter_bar.h"
#include "views/changes/reading_choice.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_panel.h"
#include "views/parts/in_background.h"
#include "views/parts/table_menu.h"
#include "views/parts/view_layout.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

namespace tropo {

namespace {

QList<Quote> quotesOf(const QList<Source> &sources)
{
    QList<Quote> quotes;
    for (const Source &source : sources)
        quotes.append({source, {}});
    return quotes;
}

} // namespace

ChangesView::ChangesView(QWidget *parent)
    : QWidget(parent),
      m_model(new ChangesModel(this)),
      m_choice(new ReadingChoice(this)),
      m_filter(new ChangeFilterBar(this)),
      m_table(new QTreeView(this)),
      m_pages(new QStackedWidget(this)),
      m_empty(new EmptyNote(QStringLiteral("changes"), this)),
      m_earlier(new EvidencePanel(this)),
      m_later(new EvidencePanel(this)),
      m_split(new QSplitter(Qt::Vertical, this)),
      m_below(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("changesView"));
    m_table->setObjectName(QStringLiteral("changesTable"));
    m_table->setAccessibleName(tr("Changes"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ChangeDelegate(m_table));
    m_table->setAlternatingRowColors(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(true);
    m_table->setTextElideMode(Qt::ElideRight);
    m_empty->setObjectName(QStringLiteral("noChanges"));
    m_earlier->setObjectName(QStringLiteral("evidenceBefore"));
    m_later->setObjectName(QStringLiteral("evidenceAfter"));
    addTableMenu(m_table, QStringLiteral("changes"));
    layOut();
    connect(m_choice, &ReadingChoice::chosen, this, &ChangesView::compareChosen);
    connect(m_choice, &ReadingChoice::anotherWanted, this, &ChangesView::anotherWanted);
    connect(m_filter, &ChangeFilterBar::filterChanged, this, [this](const ChangeFilter &filter) {
        m_model->setFilter(filter);
        arrange();
        showChange();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showChange();
        Q_EMIT selectionChanged();
    });
    connect(m_table, &QTreeView::activated, this, [this](const QModelIndex &index) {
        const QString subject = index.data(ChangesModel::SubjectRole).toString();
        if (!subject.isEmpty())
            Q_EMIT goToSubject(subject);
    });
    arrange();
    showChange();
}

void ChangesView::layOut()
{
    QHeaderView *header = m_table->header();
    const int em = fontMetrics().horizontalAdvance(u'0');
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->resizeSection(ChangesModel::Kind, em * 24);
    header->resizeSection(ChangesModel::Where, em * 26);
    header->setStretchLastSection(true);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_below->addWidget(m_earlier);
    m_below->addWidget(m_later);
    m_below->setSizes({600, 600});
    m_split->addWidget(m_pages);
    m_split->addWidget(m_below);
    m_split->setSizes({540, 360});
    for (QSplitter *splitter : {m_split, m_below}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_choice);
    column->addWidget(m_filter);
    column->addWidget(m_split, 1);
}

void ChangesView::remember(const SnapshotPtr &snapshot, bool goesOn)
{
    m_choice->add(snapshot, goesOn);
}

void ChangesView::compareWith(const SnapshotPtr &capture, const SnapshotPtr &other)
{
    m_choice->add(capture, false);
    if (!other)
        return;
    const bool isLater = capture->evidence.taken >= other->evidence.taken;
    m_choice->choose(isLater ? other : capture, isLater ? capture : other);
}

void ChangesView::compareChosen()
{
    const quint64 generation = ++m_generation;
    const SnapshotPtr before = m_choice->before();
    const SnapshotPtr after = m_choice->after();
    if (before == m_before && after == m_after) {
        m_comparing = false;
        arrange();
        return;
    }
    if (!before || !after || before == after) {
        m_before.reset();
        m_after.reset();
        m_comparing = false;
        show({});
        return;
    }
    m_comparing = true;
    arrange();
    inBackground(
        this, [before, after] { return std::make_shared<const Comparison>(compare(*before, *after)); },
        [this, generation, before, after](const std::shared_ptr<const Comparison> &comparison) {
            if (generation != m_generation)
                return;
            m_before = before;
            m_after = after;
            m_comparing = false;
            show(*comparison);
            Q_EMIT compared();
        });
}

void ChangesView::showNow(const SnapshotPtr &before, const SnapshotPtr &after)
{
    m_choice->add(before, false);
    if (!after)
        return;
    m_choice->add(after, false);
    m_choice->choose(before, after);
    ++m_generation; // what was started in the background comes too late for a picture
    m_before = before;
    m_after = after;
    m_comparing = false;
    show(compare(*before, *after));
}

void ChangesView::show(const Comparison &comparison)
{
    m_filter->count(comparison);
    m_model->setComparison(comparison);
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0, m_model->index(0, 0)));
    arrange();
    showChange();
}

void ChangesView::arrange()
{
    for (int i = 0; i < m_model->rowCount(); ++i)
        m_table->setFirstColumnSpanned(i, {}, true);
    m_table->expandAll();
    m_pages->setCurrentIndex(m_model->rowCount() > 0 && !m_comparing ? 0 : 1);
    sayWhyEmpty();
}

void ChangesView::sayWhyEmpty()
{
    const Comparison &comparison = m_model->comparison();
    if (m_comparing)
        m_empty->say(tr("Comparing"), tr("The two readings are being compared."));
    else if (m_choice->count() == 0)
        m_empty->say(tr("Nothing has been read"), tr("Open a fleet file, a capture or the demo."));
    else if (m_choice->count() == 1)
        m_empty->say(
            tr("Only one reading is open"),
            tr("Open another capture, or read the fleet again, to see what changed between the two."));
    else if (!m_before || !m_after)
        m_empty->say(tr("One and the same reading is chosen twice"), tr("Choose two different ones above."));
    else if (comparison.changes.isEmpty() && comparison.notCompared.isEmpty())
        m_empty->say(tr("Nothing changed"), tr("All that was read is the same in both."));
    else
        m_empty->say(tr("No change passes the filters"),
                     tr("There are %1 in all. Change the filters above to see them.")
                         .arg(comparison.changes.size() + comparison.notCompared.size()));
}

void ChangesView::showChange()
{
    const Change *change = m_model->change(m_table->currentIndex());
    const auto title = [](const QString &word, const SnapshotPtr &snapshot) {
        return snapshot && snapshot->evidence.taken.isValid()
                   ? QString(word + QLatin1String(": ") + timeText(snapshot->evidence.taken))
                   : word;
    };
    const QString none = change ? tr("It is in no document of this reading.")
                                : tr("Choose a change to see the lines of both readings.");
    m_earlier->show(m_before, title(tr("Before"), m_before),
                    change ? quotesOf(change->sourcesBefore) : QList<Quote>(), none);
    m_later->show(m_after, title(tr("After"), m_after),
                  change ? quotesOf(change->sourcesAfter) : QList<Quote>(), none);
}

void ChangesView::choose(const QString &subject)
{
    if (subject.isEmpty())
        return;
    for (int group = 0; group < m_model->rowCount(); ++group) {
        const QModelIndex parent = m_model->index(group, 0);
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, 0, parent);
            const QString at = index.data(ChangesModel::SubjectRole).toString();
            if (at != subject && !at.startsWith(subject + u'/'))
                continue;
            m_table->setCurrentIndex(index);
            m_table->scrollTo(index);
            return;
        }
    }
}

QString ChangesView::selectedSubject() const
{
    return m_table->currentIndex().data(ChangesModel::SubjectRole).toString();
}

void ChangesView::focusFilter()
{
    m_filter->focusText();
}

QByteArray ChangesView::saveLayout() const
{
    return savedLayout(m_split, m_below, m_table->header());
}

void ChangesView::restoreLayout(const QByteArray &layout)
{
    tropo::restoreLayout(layout, m_split, m_below, m_table->header());
}

} // namespace tropo
