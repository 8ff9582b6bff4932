#include "views/floats/floats_view.h"

#include "models/fleet/subject.h"
#include "models/items/not_read.h"
#include "models/items/visible_text.h"
#include "models/rules/evidence_order.h"
#include "views/floats/layer_delegate.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_panel.h"
#include "views/parts/rich_text.h"
#include "views/parts/view_layout.h"
#include "views/presentation.h"

#include <QBoxLayout>
#include <QEvent>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTextBrowser>

namespace tropo {

FloatsView::FloatsView(QWidget *parent)
    : QWidget(parent),
      m_model(new FloatsModel(this)),
      m_table(new QTableView(this)),
      m_pages(new QStackedWidget(this)),
      m_empty(new EmptyNote(QStringLiteral("float"), this)),
      m_explanation(new QTextBrowser(this)),
      m_evidence(new EvidencePanel(this)),
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
    layOut();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &FloatsView::showChosen);
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
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_below->addWidget(m_explanation);
    m_below->addWidget(m_evidence);
    m_below->setSizes({460, 900});
    m_split->addWidget(m_pages);
    m_split->addWidget(m_below);
    m_split->setSizes({400, 500});
    for (QSplitter *splitter : {m_split, m_below}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_split);
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
    showEmptiness();
    showChosen();
}

void FloatsView::showEmptiness()
{
    m_pages->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
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
    row = qMax(row, 0);
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
    return savedLayout(m_split, m_below, m_table->horizontalHeader());
}

void FloatsView::restoreLayout(const QByteArray &layout)
{
    tropo::restoreLayout(layout, m_split, m_below, m_table->horizontalHeader());
}

} // namespace tropo
