#include "views/floats/floats_view.h"

#include "models/fixes/offer_words.h"
#include "models/fleet/subject.h"
#include "models/items/not_read.h"
#include "models/items/visible_text.h"
#include "models/rules/evidence_order.h"
#include "views/floats/float_board_view.h"
#include "views/floats/layer_delegate.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_panel.h"
#include "views/parts/in_background.h"
#include "views/parts/plain.h"
#include "views/parts/rich_text.h"
#include "views/parts/table_menu.h"
#include "views/plan/fix_bar.h"
#include "views/plan/float_targets.h"
#include "views/presentation.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QDataStream>
#include <QEvent>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTextBrowser>
#include <QToolButton>

namespace tropo {

FloatsView::FloatsView(QWidget *parent)
    : QWidget(parent),
      m_model(new FloatsModel(this)),
      m_modes(new QButtonGroup(this)),
      m_table(new QTableView(this)),
      m_board(new FloatBoardView(this)),
      m_hint(plainLabel({}, this)),
      m_pages(new QStackedWidget(this)),
      m_empty(new EmptyNote(QStringLiteral("float"), this)),
      m_explanation(new QTextBrowser(this)),
      m_evidence(new EvidencePanel(this)),
      m_fixes(new FixBar(this)),
      m_split(new QSplitter(Qt::Vertical, this)),
      m_below(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("floatsView"));
    m_table->setObjectName(QStringLiteral("floatsTable"));
    m_table->setAccessibleName(tr("Floats by layer"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new LayerDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_empty->setObjectName(QStringLiteral("noFloats"));
    m_explanation->setObjectName(QStringLiteral("floatExplanation"));
    m_explanation->setAccessibleName(tr("What it means"));
    m_explanation->setOpenLinks(false);
    m_explanation->setFrameShape(QFrame::NoFrame);
    addTableMenu(m_table, QStringLiteral("floats"));
    layOut();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &FloatsView::showChosen);
    connect(m_board, &FloatBoardView::chosen, this, [this](const QString &name) {
        if (const QModelIndex index = m_model->indexOf(name); index.isValid())
            chooseRow(index.row());
    });
    connect(m_board, &FloatBoardView::planWanted, this, &FloatsView::planWanted);
    connect(m_board, &FloatBoardView::asked, this, &FloatsView::tryPlan);
    connect(m_board, &FloatBoardView::hinted, this, &FloatsView::hint);
    hint({});
    connect(m_fixes, &FixBar::planWanted, this, &FloatsView::planWanted);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const FloatRow *row = m_model->rowAt(index))
            Q_EMIT goToSubject(row->subject());
    });
    connect(m_explanation, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) {
        Q_EMIT goToSubject(
            QString::fromUtf8(QByteArray::fromBase64(url.path().toLatin1(), QByteArray::Base64UrlEncoding)));
    });
    showChosen();
    showEmptiness();
}

void FloatsView::layOut()
{
    QHeaderView *header = m_table->horizontalHeader();
    const int em = fontMetrics().horizontalAdvance(u'0');
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setDefaultSectionSize(em * 18);
    header->setMinimumSectionSize(em * 10);
    header->resizeSection(FloatsModel::Name, em * 19);
    header->setSectionResizeMode(QHeaderView::Interactive);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(3 * qMax(fontMetrics().lineSpacing(), 16) + 11);
    auto *board = new QWidget(this);
    auto *boardColumn = new QVBoxLayout(board);
    boardColumn->setContentsMargins(0, 0, 0, 0);
    boardColumn->setSpacing(0);
    boardColumn->addWidget(m_board, 1);
    boardColumn->addWidget(m_hint);
    m_hint->setContentsMargins(14, 4, 14, 6);
    m_hint->setWordWrap(true);
    m_hint->setObjectName(QStringLiteral("boardHint"));
    m_pages->addWidget(board);
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
    m_below->setSizes({460, 900});
    m_split->addWidget(m_pages);
    m_split->addWidget(m_below);
    m_split->setSizes({470, 430});
    for (QSplitter *splitter : {m_split, m_below}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeModes());
    column->addWidget(m_split, 1);
}

QWidget *FloatsView::makeModes()
{
    auto *strip = new QWidget(this);
    auto *row = new QHBoxLayout(strip);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(4);
    const auto add = [&](Mode mode, const QString &name, const QString &text, const QString &tip) {
        auto *button = new QToolButton(strip);
        button->setObjectName(name);
        button->setText(text);
        button->setToolTip(tip);
        button->setCheckable(true);
        m_modes->addButton(button, static_cast<int>(mode));
        row->addWidget(button);
    };
    add(Mode::Board, QStringLiteral("floatBoardMode"), tr("Board"), tr("Who holds which float; move them"));
    add(Mode::Layers, QStringLiteral("floatLayersMode"), tr("Layers"),
        tr("What is declared, described, running and answering of each float"));
    row->addStretch(1);
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) { setMode(static_cast<Mode>(id)); });
    m_modes->button(static_cast<int>(m_mode))->setChecked(true);
    return strip;
}

void FloatsView::setMode(Mode mode)
{
    m_modes->button(static_cast<int>(mode))->setChecked(true);
    if (mode == m_mode)
        return;
    m_mode = mode;
    showEmptiness();
    Q_EMIT modeChanged();
}

void FloatsView::show(const SnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    const QModelIndex before = m_table->currentIndex();
    const QString name = before.data(FloatsModel::NameRole).toString();
    {
        // A view moves the current index to a neighbour when its row goes; ours goes nowhere.
        const QSignalBlocker quiet(m_table->selectionModel());
        m_model->setFloats(snapshot->floats);
        if (!name.isEmpty() && m_table->currentIndex().data(FloatsModel::NameRole).toString() != name)
            m_table->selectionModel()->clear();
    }
    m_board->show(floatBoard(*snapshot));
    showEmptiness();
    showChosen();
}

void FloatsView::hint(const QString &text)
{
    m_hint->setText(
        text.isEmpty() ? tr("Drag a card to a VM, or choose one with the arrow keys and press M. The plan is "
                            "shown first; nothing happens before you say so.")
                       : visibleText(text));
}

void FloatsView::tryPlan(const PlanRequest &request)
{
    inBackground(
        this, [snapshot = m_snapshot, request] { return whyNoPlan(*snapshot, request); },
        [this, snapshot = m_snapshot, request](const QString &whyNot) {
            if (snapshot == m_snapshot)
                m_board->answer(request, whyNot);
        });
}

void FloatsView::showEmptiness()
{
    if (m_model->rowCount() == 0)
        m_pages->setCurrentWidget(m_empty);
    else if (m_mode == Mode::Board)
        m_pages->setCurrentWidget(m_board->parentWidget());
    else
        m_pages->setCurrentWidget(m_table);
    if (m_snapshot)
        m_empty->say(
            tr("The fleet file names no floats"),
            tr("Name them in [[float]] tables, with their addresses and MACs, to see who holds them."));
    else
        m_empty->say(tr("Nothing has been read"), tr("Open a fleet file, a capture or the demo."));
}

void FloatsView::choose(const QString &subject)
{
    int row = -1;
    for (int i = 0; i < m_model->rowCount() && !subject.isEmpty() && row < 0; ++i) {
        const FloatRow &one = *m_model->rowAt(m_model->index(i, 0));
        const auto holds = [&subject](const FloatHolder &holder) {
            return subject::isAt(subject, holder.subject);
        };
        if (subject::isAt(subject, one.subject()) ||
            std::any_of(one.holders.begin(), one.holders.end(), holds))
            row = i;
    }
    // Without a wish, the first float with something wrong.
    for (int i = 0; i < m_model->rowCount() && row < 0; ++i)
        if (m_model->rowAt(m_model->index(i, 0))->firstDisagreeing)
            row = i;
    chooseRow(qMax(row, 0));
}

/// At its first layer that disagrees.
void FloatsView::chooseRow(int row)
{
    const FloatRow *chosen = m_model->rowAt(m_model->index(row, 0));
    if (!chosen)
        return;
    const int column = chosen->firstDisagreeing
                           ? FloatsModel::FirstLayer + static_cast<int>(*chosen->firstDisagreeing)
                           : static_cast<int>(FloatsModel::Name);
    m_table->setCurrentIndex(m_model->index(row, column));
}

QString FloatsView::selectedSubject() const
{
    return m_table->currentIndex().data(FloatsModel::SubjectRole).toString();
}

void FloatsView::showChosen()
{
    const QModelIndex index = m_table->currentIndex();
    const FloatRow *row = m_model->rowAt(index);
    m_board->choose(row ? row->name : QString());
    m_fixes->show(m_snapshot, row ? floatRequests(row->name, !row->holders.isEmpty()) : QList<PlanRequest>());
    if (!row) {
        PageWriter page(m_explanation->document(), m_explanation->palette(), m_explanation->font());
        page.muted(
            tr("Choose a cell to see what stands in that layer. Enter goes to the float in the fleet."));
        m_evidence->show(m_snapshot, tr("Evidence"), {}, tr("Choose a cell to see the documents behind it."));
        return;
    }
    const FloatCell *cell = m_model->cell(index);
    writeExplanation(*row, cell);
    m_explanation->setTextCursor(QTextCursor(m_explanation->document()));
    // A layer beside the float table, which says what it should be; the float itself beside all of its
    // layers.
    QList<Source> sources;
    for (const FloatCell &one : row->cells)
        if (!cell || one.layer == cell->layer || one.layer == FloatLayer::Declared)
            sources += one.sources;
    QList<Quote> quotes;
    for (const Source &source : inReadingOrder(sources))
        quotes.append({source, {}});
    m_evidence->show(m_snapshot,
                     cell ? tr("%1 of %2 beside the float table").arg(layerTitle(cell->layer), row->name)
                          : tr("All layers of %1").arg(row->name),
                     quotes, tr("No document says it."));
}

void FloatsView::writeExplanation(const FloatRow &row, const FloatCell *cell)
{
    PageWriter page(m_explanation->document(), m_explanation->palette(), m_explanation->font());
    page.title(QStringLiteral("float"), row.name, QString());
    page.muted(QStringLiteral("%1 \u00b7 %2").arg(row.address.toString(), row.mac.toString()));
    if (cell) {
        const bool first = row.firstDisagreeing == cell->layer;
        page.heading(layerTitle(cell->layer));
        page.notice(iconName(cell->state),
                    QStringLiteral("%1: %2").arg(layerStateWord(cell->state, first), cell->text));
        if (!cell->detail.isEmpty())
            page.paragraph(cell->detail);
    }
    if (row.firstDisagreeing && (!cell || cell->layer != *row.firstDisagreeing)) {
        const FloatCell &first = row.cell(*row.firstDisagreeing);
        page.heading(tr("First to disagree: %1").arg(layerTitle(first.layer)));
        page.paragraph(first.detail.isEmpty() ? first.text : first.detail);
    }
    page.heading(tr("Held by"));
    for (const FloatHolder &holder : row.holders)
        page.link(tr("%1: %2").arg(holder.subject, holder.has),
                  QLatin1String("subject:") +
                      QString::fromLatin1(holder.subject.toUtf8().toBase64(QByteArray::Base64UrlEncoding)));
    if (row.holders.isEmpty())
        page.muted(m_model->index(m_table->currentIndex().row(), FloatsModel::Holders).data().toString());
    QList<Finding> about;
    for (const Finding &finding : m_snapshot->findings)
        if (finding.subject == row.subject() || finding.related.contains(row.subject()))
            about.append(finding);
    if (!about.isEmpty())
        page.heading(tr("Findings"));
    for (const Finding &finding : about)
        page.finding(finding, QLatin1String("subject:") +
                                  QString::fromLatin1(
                                      finding.subject.toUtf8().toBase64(QByteArray::Base64UrlEncoding)));
    const QStringList gaps = notReadTexts(*m_snapshot, row.subject());
    if (!gaps.isEmpty())
        page.heading(tr("Not known"));
    for (const QString &gap : gaps)
        page.muted(gap);
}

void FloatsView::setNow(const QDateTime &now)
{
    m_evidence->setNow(now);
}

void FloatsView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        showChosen();
}

QByteArray FloatsView::saveLayout() const
{
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << m_split->saveState() << m_below->saveState() << m_table->horizontalHeader()->saveState()
           << (m_mode == Mode::Layers);
    return layout;
}

void FloatsView::restoreLayout(const QByteArray &layout)
{
    QByteArray split;
    QByteArray below;
    QByteArray header;
    QDataStream stream(layout);
    stream.setVersion(QDataStream::Qt_6_0);
    bool layers = false;
    stream >> split >> below >> header >> layers;
    if (stream.status() != QDataStream::Ok)
        return;
    m_split->restoreState(split);
    m_below->restoreState(below);
    m_table->horizontalHeader()->restoreState(header);
    setMode(layers ? Mode::Layers : Mode::Board);
}

} // namespace tropo
