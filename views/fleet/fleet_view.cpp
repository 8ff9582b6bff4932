#include "views/fleet/fleet_view.h"

#include "models/items/long_line.h"
#include "models/items/not_read.h"
#include "models/items/visible_text.h"
#include "models/text/markdown.h"
#include "views/fleet/details_panel.h"
#include "views/fleet/tree_delegate.h"
#include "views/parts/badges.h"
#include "views/parts/evidence_panel.h"
#include "views/parts/plain.h"
#include "views/parts/table_menu.h"
#include "views/plan/fix_bar.h"
#include "views/theme/theme.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDataStream>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QTreeView>

namespace tropo {

namespace {

/// Before the number of the forecast's item whose evidence is shown; no finding's id begins so.
constexpr QLatin1String forecastMark("forecast/");

bool restarts(const TreeNode &node)
{
    return node.kind == NodeKind::Hypervisor || node.kind == NodeKind::Domain;
}

} // namespace

FleetView::FleetView(QWidget *parent)
    : QWidget(parent),
      m_model(new FleetModel(this)),
      m_tree(new QTreeView(this)),
      m_details(new DetailsPanel(this)),
      m_fixes(new FixBar(this)),
      m_evidence(new EvidencePanel(this)),
      m_split(new QSplitter(Qt::Horizontal, this)),
      m_side(new QSplitter(Qt::Vertical, this))
{
    setObjectName(QStringLiteral("fleetView"));
    m_tree->setObjectName(QStringLiteral("fleetTree"));
    m_tree->setAccessibleName(tr("Fleet"));
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new TreeDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(18);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    layOut();
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        m_chosen.clear();
        showNode();
        Q_EMIT selectionChanged(selected());
    });
    connect(m_details, &DetailsPanel::findingChosen, this, &FleetView::showFinding);
    connect(m_details, &DetailsPanel::forecastChosen, this, [this](int item) {
        m_chosen = forecastMark + QString::number(item);
        showNode();
    });
    connect(m_fixes, &FixBar::planWanted, this, &FleetView::planWanted);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &FleetView::showContextMenu);
    showNode();
}

void FleetView::layOut()
{
    auto *known = new QWidget(this);
    auto *column = new QVBoxLayout(known);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_details, 1);
    column->addWidget(m_fixes);
    m_side->addWidget(known);
    m_side->addWidget(m_evidence);
    m_side->setSizes({440, 480});
    m_side->setChildrenCollapsible(false);
    m_split->addWidget(m_tree);
    m_split->addWidget(m_side);
    m_split->setSizes({860, 640});
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(1);
    m_side->setHandleWidth(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_split);
    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(FleetModel::Detail, QHeaderView::Stretch);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int em = fontMetrics().horizontalAdvance(u'0');
    header->resizeSection(FleetModel::Name, em * 32);
    // Three badges of two digits.
    header->resizeSection(FleetModel::Findings, badgesWidth({88, 88, 88}, font()) + 14);
    header->resizeSection(FleetModel::Age, em * 10);
    header->setMinimumSectionSize(em * 7);
}

void FleetView::show(const SnapshotPtr &snapshot, TreeNode tree)
{
    m_snapshot = snapshot;
    m_subjects = SubjectIndex(tree);
    indexFindings();
    const bool first = m_model->rowCount() == 0;
    const QString key = selected();
    {
        // A view moves the current index to a neighbour when its row goes; ours goes nowhere.
        const QSignalBlocker quiet(m_tree->selectionModel());
        m_model->setTree(std::move(tree));
        if (!key.isEmpty() && selected() != key)
            m_tree->selectionModel()->clear();
    }
    if (!key.isEmpty() && selected().isEmpty()) {
        const QModelIndex moved = m_model->indexOf(key);
        if (moved.isValid())
            m_tree->setCurrentIndex(moved);
        else
            m_gone = key;
    }
    if (first)
        m_tree->expandToDepth(0);
    m_tree->viewport()->update();
    showNode();
    if (selected() != key)
        Q_EMIT selectionChanged(selected());
}

void FleetView::indexFindings()
{
    m_findings.clear();
    m_concerning.clear();
    for (const Finding &finding : m_snapshot->findings) {
        const QString about = m_subjects.keyFor(finding.subject);
        m_findings[about].append(finding);
        for (const QString &subject : finding.related)
            if (const QString key = m_subjects.keyFor(subject); key != about && key != QLatin1String("fleet"))
                m_concerning[key].append(finding);
    }
}

QString FleetView::selected() const
{
    return m_tree->currentIndex().data(FleetModel::KeyRole).toString();
}

void FleetView::goTo(const QString &subject)
{
    const QModelIndex index = m_model->indexOf(m_subjects.keyFor(subject));
    if (!index.isValid())
        return;
    for (QModelIndex up = index.parent(); up.isValid(); up = up.parent())
        m_tree->expand(up);
    m_tree->expand(index);
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

void FleetView::goToWorst()
{
    QString subject = QStringLiteral("fleet");
    for (const Finding &finding : m_snapshot ? m_snapshot->findings : QList<Finding>())
        if (!finding.accepted) {
            subject = finding.subject;
            break;
        }
    goTo(subject);
}

void FleetView::showFinding(const QString &id)
{
    for (const Finding &finding : m_snapshot ? m_snapshot->findings : QList<Finding>())
        if (finding.id() == id) {
            if (m_subjects.keyFor(finding.subject) != selected())
                goTo(finding.subject);
            m_chosen = id;
            showNode();
            return;
        }
}

void FleetView::showNode()
{
    const QString key = selected();
    DetailsPanel::Content content;
    if (m_snapshot && !key.isEmpty())
        content.node = nodeWithFacts(*m_snapshot, key);
    if (!content.node) {
        content.empty =
            m_gone.isEmpty() || !key.isEmpty()
                ? tr("Nothing is selected. Choose a row of the tree to see what is known of it.")
                : tr("%1 is not there any more. Choose another row of the tree.").arg(visibleText(m_gone));
        m_details->show(content);
        m_fixes->showNothing();
        m_evidence->show(m_snapshot, tr("Evidence"), {},
                         tr("Choose something to see the documents that it was read from."));
        return;
    }
    m_gone.clear();
    if (const TreeNode *row = m_model->node(m_model->indexOf(key))) {
        content.node->counts = row->counts;
        content.node->taken = row->taken;
    }
    content.own = m_findings.value(key);
    content.concerning = m_concerning.value(key);
    for (const Finding &finding : m_snapshot->findings) {
        const QString at = m_subjects.keyFor(finding.subject);
        const bool isBelow = key == QLatin1String("fleet") ? at != key : at.startsWith(key + u'/');
        if (isBelow && !finding.accepted)
            content.below.append(finding);
    }
    content.notRead = notReadTexts(*m_snapshot, key);
    if (restarts(*content.node))
        content.forecast = forecastOf(key, m_snapshot->fleet, m_snapshot->policy);
    m_details->show(content);
    const QList<Finding> first = content.own + content.concerning;
    const bool isForecast = content.forecast && showForecastEvidence(*content.forecast);
    if (isForecast)
        m_fixes->show(m_snapshot, first);
    else
        showEvidence(*content.node, first, content.below);
}

/// Of the finding that was chosen, else of the first about the node. What mends it is offered below it: where
/// none was chosen, what mends any of them.
void FleetView::showEvidence(const TreeNode &node, const QList<Finding> &first, const QList<Finding> &below)
{
    const QList<Finding> all = first + below;
    const auto chosen =
        std::find_if(all.begin(), all.end(), [this](const Finding &f) { return f.id() == m_chosen; });
    const Finding *finding = chosen != all.end() ? &*chosen : first.isEmpty() ? nullptr : &first.first();
    m_fixes->show(m_snapshot, chosen != all.end() ? QList<Finding>{*chosen} : first);
    if (finding && !finding->evidence.isEmpty()) {
        m_evidence->show(m_snapshot, tr("Evidence of %1").arg(finding->rule), finding->evidence, {},
                         valuesOf(*finding));
        return;
    }
    QList<Quote> quotes;
    for (const Source &source : node.sources)
        quotes.append({source, {}});
    m_evidence->show(m_snapshot, tr("What %1 was read from").arg(node.label), quotes,
                     node.kind == NodeKind::NotKnown
                         ? tr("It was not read, so no document says anything of it.")
                         : tr("No single document says this; see the rows below it."));
}

bool FleetView::showForecastEvidence(const Forecast &forecast)
{
    if (!m_chosen.startsWith(forecastMark))
        return false;
    const qsizetype item = m_chosen.mid(forecastMark.size()).toLongLong();
    if (item < 0 || item >= forecast.items.size())
        return false;
    QList<Quote> quotes;
    for (const Source &source : forecast.items[item].sources)
        quotes.append({source, {}});
    m_evidence->show(m_snapshot, tr("What the forecast stands on"), quotes,
                     tr("No single document says this; see the rows below it."));
    return true;
}

void FleetView::setNow(const QDateTime &now)
{
    m_model->setNow(now);
    m_evidence->setNow(now);
    m_tree->viewport()->update();
}

void FleetView::showContextMenu(const QPoint &position)
{
    const QModelIndex index = m_tree->indexAt(position);
    if (!index.isValid())
        return;
    const QString key = index.data(FleetModel::KeyRole).toString();
    const QString name = index.siblingAtColumn(FleetModel::Name).data().toString();
    const QString detail = index.siblingAtColumn(FleetModel::Detail).data().toString();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(themedIcon(QStringLiteral("refresh"), palette()), tr("&Refresh this"), this,
                    [this, key] { Q_EMIT refreshRequested(key); });
    menu->addSeparator();
    menu->addAction(themedIcon(QStringLiteral("copy"), palette()), tr("&Copy the name"), this,
                    [this, name] { copy(name); });
    menu->addAction(tr("Copy the &row"), this, [this, name, detail] { copy(name + u'\t' + detail); });
    menu->addAction(tr("Copy the &subject"), this, [this, key] { copy(key); });
    menu->addAction(tr("Copy as &Markdown"), this, [this, name, detail, key] {
        copy(QStringLiteral("- **%1** %2 (%3)\n")
                 .arg(markdownText(name), markdownText(detail), markdownText(key)));
    });
    menu->addSeparator();
    addWholeTable(menu, m_tree, QStringLiteral("fleet"));
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

void FleetView::copy(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

QStringList FleetView::expandedKeys() const
{
    constexpr qsizetype most = 2000;
    QStringList keys;
    QList<QModelIndex> open{QModelIndex()};
    while (!open.isEmpty() && keys.size() < most) {
        const QModelIndex parent = open.takeLast();
        for (int i = 0; i < m_model->rowCount(parent); ++i) {
            const QModelIndex index = m_model->index(i, 0, parent);
            if (!m_tree->isExpanded(index))
                continue;
            keys.append(index.data(FleetModel::KeyRole).toString());
            open.append(index);
        }
    }
    return keys;
}

void FleetView::expandKeys(const QStringList &keys)
{
    for (const QString &key : keys)
        if (const QModelIndex index = m_model->indexOf(key); index.isValid())
            m_tree->expand(index);
}

QByteArray FleetView::saveLayout() const
{
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << m_split->saveState() << m_side->saveState() << m_tree->header()->saveState();
    return layout;
}

void FleetView::restoreLayout(const QByteArray &layout)
{
    QByteArray split;
    QByteArray side;
    QByteArray header;
    QDataStream stream(layout);
    stream.setVersion(QDataStream::Qt_6_0);
    stream >> split >> side >> header;
    if (stream.status() != QDataStream::Ok)
        return;
    m_split->restoreState(split);
    m_side->restoreState(side);
    m_tree->header()->restoreState(header);
}

} // namespace tropo
