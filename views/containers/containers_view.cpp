#include "views/containers/containers_view.h"

#include "models/items/containers_model.h"
#include "models/items/services_model.h"
#include "models/items/visible_text.h"
#include "views/containers/verdict_delegate.h"
#include "views/parts/empty_note.h"
#include "views/parts/evidence_panel.h"
#include "views/parts/plain.h"
#include "views/parts/table_menu.h"
#include "views/parts/view_layout.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

namespace tropo {

namespace {

void dress(QTableView *table)
{
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->setShowGrid(false);
    table->setAlternatingRowColors(true);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
}

bool bears(const QString &own, const QString &wanted)
{
    return own == wanted || own.startsWith(wanted + u'/');
}

} // namespace

ContainersView::ContainersView(QWidget *parent)
    : QWidget(parent),
      m_services(new ServicesModel(this)),
      m_containers(new ContainersModel(this)),
      m_grid(new QTableView(this)),
      m_table(new QTableView(this)),
      m_gridPages(new QStackedWidget(this)),
      m_tablePages(new QStackedWidget(this)),
      m_noServices(new EmptyNote(QStringLiteral("service"), this)),
      m_noContainers(new EmptyNote(QStringLiteral("container"), this)),
      m_filter(new QLineEdit(this)),
      m_why(selectableLabel({}, this)),
      m_evidence(new EvidencePanel(this)),
      m_split(new QSplitter(Qt::Vertical, this)),
      m_below(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("containersView"));
    m_noServices->setObjectName(QStringLiteral("noServices"));
    m_noContainers->setObjectName(QStringLiteral("noContainers"));
    makeServices();
    makeContainers();
    addTableMenu(m_grid, QStringLiteral("services"));
    addTableMenu(m_table, QStringLiteral("containers"));
    layOut();
    showEmptiness();
    showService();
}

void ContainersView::makeServices()
{
    m_grid->setObjectName(QStringLiteral("servicesTable"));
    m_grid->setAccessibleName(tr("Services by virtual machine"));
    m_grid->setModel(m_services);
    VerdictDelegate::Roles roles;
    roles.verdict = ServicesModel::VerdictRole;
    roles.known = ServicesModel::KnownRole;
    roles.unhealthy = ServicesModel::UnhealthyRole;
    roles.verdictColumn = ServicesModel::Verdict;
    roles.firstCell = ServicesModel::FirstVm;
    m_grid->setItemDelegate(new VerdictDelegate(roles, m_grid));
    dress(m_grid);
    // Fitting looks at so many rows and columns at most.
    m_grid->horizontalHeader()->setResizeContentsPrecision(100);
    m_grid->verticalHeader()->setResizeContentsPrecision(100);
    connect(m_grid->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ContainersView::showService);
    connect(m_grid, &QTableView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT goToSubject(subjectAt(index)); });
}

void ContainersView::makeContainers()
{
    m_table->setObjectName(QStringLiteral("containersTable"));
    m_table->setAccessibleName(tr("Containers"));
    m_table->setModel(m_containers);
    VerdictDelegate::Roles roles;
    roles.verdict = ContainersModel::VerdictRole;
    roles.state = ContainersModel::StateRole;
    roles.stateColumn = ContainersModel::Status;
    roles.verdictColumn = ContainersModel::Verdict;
    m_table->setItemDelegate(new VerdictDelegate(roles, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    dress(m_table);
    QHeaderView *header = m_table->horizontalHeader();
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    m_table->setSortingEnabled(true);
    m_filter->setObjectName(QStringLiteral("containersFilter"));
    m_filter->setAccessibleName(tr("Text in a container"));
    m_filter->setPlaceholderText(tr("Text in name, VM, service, image or status"));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_containers->setFilter(text);
        showEmptiness();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ContainersView::showContainer);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const ContainerLine *line = m_containers->rowAt(index))
            Q_EMIT goToSubject(line->key);
    });
}

void ContainersView::layOut()
{
    const int em = fontMetrics().horizontalAdvance(u'0');
    QHeaderView *header = m_table->horizontalHeader();
    header->resizeSection(ContainersModel::Status, em * 25);
    header->resizeSection(ContainersModel::Verdict, em * 17);
    header->resizeSection(ContainersModel::Name, em * 22);
    header->resizeSection(ContainersModel::Vm, em * 22);
    header->resizeSection(ContainersModel::ServiceColumn, em * 22);
    header->resizeSection(ContainersModel::Image, em * 30);
    header->setStretchLastSection(true);
    m_table->verticalHeader()->setDefaultSectionSize(qMax(fontMetrics().lineSpacing(), 16) + 9);
    m_gridPages->addWidget(m_grid);
    m_gridPages->addWidget(m_noServices);
    m_tablePages->addWidget(m_table);
    m_tablePages->addWidget(m_noContainers);
    auto *list = new QWidget(this);
    auto *listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins(0, 0, 0, 0);
    listColumn->setSpacing(0);
    auto *filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(12, 8, 12, 8);
    filterRow->addWidget(m_filter);
    listColumn->addLayout(filterRow);
    listColumn->addWidget(m_tablePages, 1);
    auto *proof = new QWidget(this);
    auto *proofColumn = new QVBoxLayout(proof);
    proofColumn->setContentsMargins(0, 0, 0, 0);
    proofColumn->setSpacing(0);
    m_why->setObjectName(QStringLiteral("containerWhy"));
    m_why->setWordWrap(true);
    m_why->setContentsMargins(12, 10, 12, 6);
    proofColumn->addWidget(m_why);
    proofColumn->addWidget(m_evidence, 1);
    m_below->addWidget(list);
    m_below->addWidget(proof);
    m_below->setSizes({980, 520});
    m_split->addWidget(m_gridPages);
    m_split->addWidget(m_below);
    m_split->setSizes({420, 480});
    for (QSplitter *splitter : {m_split, m_below}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_split);
}

void ContainersView::show(const SnapshotPtr &snapshot, const ContainerOverview &overview)
{
    m_snapshot = snapshot;
    const bool changed = m_overview != overview;
    m_overview = overview;
    const ServiceLine *service = m_services->rowAt(m_grid->currentIndex());
    const QString serviceKey = service ? service->key : QString();
    const ContainerLine *container = m_containers->rowAt(m_table->currentIndex());
    const QString containerKey = container ? container->key : QString();
    {
        // A view moves the current index to a neighbour when its row goes; ours goes nowhere.
        const QSignalBlocker quietGrid(m_grid->selectionModel());
        const QSignalBlocker quietTable(m_table->selectionModel());
        m_services->setOverview(overview);
        m_containers->setContainers(overview.containers);
        service = m_services->rowAt(m_grid->currentIndex());
        if (!serviceKey.isEmpty() && (!service || service->key != serviceKey))
            m_grid->selectionModel()->clear();
        container = m_containers->rowAt(m_table->currentIndex());
        if (!containerKey.isEmpty() && (!container || container->key != containerKey))
            m_table->selectionModel()->clear();
    }
    if (changed)
        fitServices();
    m_grid->viewport()->update();
    m_table->viewport()->update();
    showEmptiness();
    if (m_table->currentIndex().isValid())
        showContainer();
    else
        showService();
}

/// Columns as wide as what they say, within reason; rows as high as their lines.
void ContainersView::fitServices()
{
    const int em = fontMetrics().horizontalAdvance(u'0');
    m_grid->resizeColumnsToContents();
    for (int column = 0; column < m_services->columnCount(); ++column)
        m_grid->setColumnWidth(column, qBound(em * 11, m_grid->columnWidth(column) + em, em * 44));
    m_grid->resizeRowsToContents();
}

void ContainersView::showEmptiness()
{
    m_gridPages->setCurrentIndex(m_services->rowCount() > 0 ? 0 : 1);
    m_tablePages->setCurrentIndex(m_containers->rowCount() > 0 ? 0 : 1);
    if (!m_snapshot) {
        const QString how = tr("Open a fleet file, a capture or the demo to see its containers.");
        m_noServices->say(tr("Nothing has been read"), how);
        m_noContainers->say(tr("Nothing has been read"), how);
        return;
    }
    constexpr qsizetype mostNamed = 12;
    const QStringList named = m_overview.unread.first(qMin(m_overview.unread.size(), mostNamed));
    QString unread = named.join(QLatin1String(", "));
    if (m_overview.unread.size() > named.size())
        unread = tr("%1 and %2 more").arg(unread, QString::number(m_overview.unread.size() - named.size()));
    const QString gap = unread.isEmpty() ? tr("Every running VM that was found was read.")
                                         : tr("Not known of: %1.").arg(unread);
    m_noServices->say(tr("No service of a Swarm or a Compose project among what was read"), gap);
    if (m_containers->all().isEmpty())
        m_noContainers->say(tr("No container among what was read"), gap);
    else
        m_noContainers->say(
            tr("No container has this text"),
            tr("There are %1 in all. Change the text above to see them.").arg(m_containers->all().size()));
}

QString ContainersView::subjectAt(const QModelIndex &index) const
{
    if (const ServiceCell *cell = m_services->cell(index); cell && !cell->subject.isEmpty())
        return cell->subject;
    const ServiceLine *line = m_services->rowAt(index);
    return line ? line->subject : QString();
}

void ContainersView::showService()
{
    const QModelIndex index = m_grid->currentIndex();
    const ServiceLine *line = m_services->rowAt(index);
    if (!line) {
        m_selected.clear();
        showProof(tr("Evidence"), {}, {});
    } else {
        const ServiceCell *cell = m_services->cell(index);
        const bool isCell = cell && !cell->sources.isEmpty();
        m_selected = subjectAt(index);
        showProof(tr("Evidence of %1").arg(line->name), isCell ? cell->why : line->why,
                  isCell ? cell->sources : line->sources);
    }
    Q_EMIT selectionChanged(m_selected);
}

void ContainersView::showContainer()
{
    const ContainerLine *line = m_containers->rowAt(m_table->currentIndex());
    if (!line)
        return;
    m_selected = line->key;
    showProof(tr("Evidence of %1").arg(line->name), line->why, line->sources);
    Q_EMIT selectionChanged(m_selected);
}

void ContainersView::showProof(const QString &title, const QString &why, const QList<Source> &sources)
{
    QList<Quote> quotes;
    for (const Source &source : sources)
        if (!quotes.contains(Quote{source, {}}))
            quotes.append({source, {}});
    m_why->setText(visibleText(why, 1500));
    m_why->setVisible(!why.isEmpty());
    m_evidence->show(
        m_snapshot, title, quotes,
        tr("Choose a service or a container to see the lines that it was read from. Enter goes to "
           "it in the fleet."));
}

bool ContainersView::chooseService(const QString &subject)
{
    for (int row = 0; row < m_services->rowCount(); ++row)
        for (int column = 0; column < m_services->columnCount(); ++column) {
            const QModelIndex index = m_services->index(row, column);
            const ServiceCell *cell = m_services->cell(index);
            if ((column == 0 && bears(m_services->rowAt(index)->subject, subject)) ||
                (cell && bears(cell->subject, subject))) {
                m_grid->setCurrentIndex(index);
                return true;
            }
        }
    return false;
}

bool ContainersView::chooseContainer(const QString &subject)
{
    for (int row = 0; row < m_containers->rowCount(); ++row)
        if (bears(m_containers->rowAt(m_containers->index(row, 0))->key, subject)) {
            m_table->setCurrentIndex(m_containers->index(row, 0));
            return true;
        }
    return false;
}

void ContainersView::choose(const QString &subject)
{
    if (!subject.isEmpty() && (chooseService(subject) || chooseContainer(subject)))
        return;
    // Services come worst first.
    if (m_services->rowCount() > 0)
        m_grid->setCurrentIndex(m_services->index(0, ServicesModel::Name));
    else if (m_containers->rowCount() > 0)
        m_table->setCurrentIndex(m_containers->index(0, 0));
}

QString ContainersView::selectedSubject() const
{
    return m_selected;
}

QByteArray ContainersView::saveLayout() const
{
    return savedLayout(m_split, m_below, m_table->horizontalHeader());
}

void ContainersView::restoreLayout(const QByteArray &layout)
{
    tropo::restoreLayout(layout, m_split, m_below, m_table->horizontalHeader());
}

} // namespace tropo
