#include "views/window/main_window.h"

#include "models/items/fleet_tree.h"
#include "models/items/not_read.h"
#include "models/items/visible_text.h"
#include "views/changes/changes_view.h"
#include "views/containers/containers_view.h"
#include "views/findings/findings_view.h"
#include "views/fleet/fleet_view.h"
#include "views/floats/floats_view.h"
#include "views/parts/banner.h"
#include "views/parts/in_background.h"
#include "views/report/report_view.h"
#include "views/shot.h"
#include "views/welcome/welcome_page.h"
#include "views/window/header_strip.h"
#include "views/window/host_key_dialog.h"
#include "views/window/identify_box.h"
#include "views/window/progress_panel.h"

#include <QAction>
#include <QActionGroup>
#include <QBoxLayout>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>

namespace tropo {

MainWindow::MainWindow(QSettings *settings, QWidget *parent)
    : QMainWindow(parent),
      m_settings(settings),
      m_clock([] { return QDateTime::currentDateTime(); }),
      m_banner(new Banner(this)),
      m_header(new HeaderStrip(this)),
      m_identify(new IdentifyBox(this)),
      m_pages(new QStackedWidget(this)),
      m_welcome(new WelcomePage(this)),
      m_fleet(new FleetView(this)),
      m_findings(new FindingsView(this)),
      m_floats(new FloatsView(this)),
      m_containers(new ContainersView(this)),
      m_changes(new ChangesView(this)),
      m_report(new ReportView(this)),
      m_progressPanel(new ProgressPanel(this)),
      m_ageTimer(new QTimer(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Troposcope"));
    m_header->addControl(m_identify, 2);
    makeMenus();
    layOut();
    connectViews();
    showIcons();
    restoreState();
    showWelcome();
    connect(m_ageTimer, &QTimer::timeout, this, &MainWindow::tellAges);
    m_ageTimer->start(std::chrono::seconds(1));
}

MainWindow::~MainWindow() = default;

void MainWindow::layOut()
{
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_fleet);
    m_pages->addWidget(m_findings);
    m_pages->addWidget(m_floats);
    m_pages->addWidget(m_containers);
    m_pages->addWidget(m_changes);
    m_pages->addWidget(m_report);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->setObjectName(QStringLiteral("progressSplit"));
    split->addWidget(m_pages);
    split->addWidget(m_progressPanel);
    split->setStretchFactor(0, 1);
    split->setSizes({800, 190});
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    m_progressPanel->hide();
    m_navigation = makeNavigation();
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_navigation);
    middle->addWidget(split, 1);
    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_banner);
    column->addLayout(middle, 1);
    setCentralWidget(central);
    resize(1360, 860);
    setMinimumSize(760, 480);
}

void MainWindow::connectViews()
{
    connect(m_identify, &IdentifyBox::goToSubject, this, &MainWindow::goTo);
    connect(m_findings, &FindingsView::goToSubject, this, &MainWindow::goTo);
    connect(m_floats, &FloatsView::goToSubject, this, &MainWindow::goTo);
    connect(m_floats, &FloatsView::planWanted, this, &MainWindow::planRequested);
    connect(m_findings, &FindingsView::planWanted, this, &MainWindow::planRequested);
    connect(m_findings, &FindingsView::goToFinding, this, [this](const QString &id) {
        showPage(FleetPage);
        m_fleet->showFinding(id);
    });
    connect(m_containers, &ContainersView::goToSubject, this, &MainWindow::goTo);
    connect(m_containers, &ContainersView::selectionChanged, this, &MainWindow::tellState);
    connect(m_changes, &ChangesView::goToSubject, this, &MainWindow::goTo);
    connect(m_changes, &ChangesView::selectionChanged, this, &MainWindow::tellState);
    connect(m_changes, &ChangesView::anotherWanted, this, [this](bool folder) {
        chooseFile(tr("Open a capture to compare with"), folder, &MainWindow::compareCaptureRequested);
    });
    connect(m_fleet, &FleetView::refreshRequested, this, &MainWindow::refreshRequested);
    connect(m_fleet, &FleetView::planWanted, this, &MainWindow::planRequested);
    connect(m_fleet, &FleetView::selectionChanged, this, &MainWindow::tellState);
    connect(m_welcome, &WelcomePage::demoWanted, this, &MainWindow::openDemoRequested);
    connect(m_welcome, &WelcomePage::fleetFileWanted, this,
            [this] { chooseFile(tr("Open a fleet file"), false, &MainWindow::openFleetRequested); });
    connect(m_welcome, &WelcomePage::captureWanted, this,
            [this] { chooseFile(tr("Open a capture"), false, &MainWindow::openCaptureRequested); });
    connect(m_progressPanel, &ProgressPanel::closeWanted, this,
            [this] { m_showProgress->setChecked(false); });
}

void MainWindow::setClock(std::function<QDateTime()> clock)
{
    m_clock = std::move(clock);
    tellAges();
}

void MainWindow::setFleetFile(const QString &path)
{
    m_welcome->setFleetFile(path);
}

void MainWindow::setProposedHosts(const QStringList &hosts)
{
    m_welcome->setProposedHosts(hosts);
}

void MainWindow::showSnapshot(const SnapshotPtr &snapshot)
{
    if (!snapshot)
        return;
    const quint64 generation = ++m_generation;
    const auto grow = [snapshot] {
        return std::make_shared<Grown>(Grown{fleetTree(*snapshot), containerOverview(snapshot->fleet)});
    };
    inBackground(this, grow, [this, snapshot, generation](const std::shared_ptr<Grown> &grown) {
        if (generation == m_generation)
            apply(snapshot, std::move(*grown));
    });
}

void MainWindow::apply(const SnapshotPtr &snapshot, Grown grown)
{
    const bool first = !m_snapshot || m_snapshot->origin != snapshot->origin;
    m_snapshot = snapshot;
    m_header->show(snapshot);
    m_identify->setSnapshot(snapshot);
    m_fleet->show(snapshot, std::move(grown.tree));
    m_findings->show(snapshot);
    m_floats->show(snapshot);
    m_containers->show(snapshot, grown.containers);
    remember(snapshot);
    if (first) {
        m_fleet->expandKeys(m_settings->value(QLatin1String("fleet/expanded")).toStringList());
        if (m_fleet->selected().isEmpty())
            m_fleet->goToWorst();
        if (m_findings->selectedSubject().isEmpty())
            m_findings->choose({});
        if (m_floats->selectedSubject().isEmpty())
            m_floats->choose({});
        if (m_containers->selectedSubject().isEmpty())
            m_containers->choose({});
    }
    if (!m_wanted.isEmpty())
        m_fleet->goTo(std::exchange(m_wanted, {}));
    if (m_pages->currentIndex() == WelcomePageIndex) {
        const auto last = viewNames().indexOf(m_settings->value(QLatin1String("window/view")).toString());
        const qsizetype pages = ReportPage - FleetPage;
        // What is no page of its own is the floats' other way.
        const bool report =
            m_settings->value(QLatin1String("window/view")).toString() == QLatin1String("report");
        showPage(report          ? ReportPage
                 : last >= pages ? FloatsPage
                                 : static_cast<Page>(FleetPage + qMax<qsizetype>(0, last)));
    }
    tellAges();
    tellState();
    Q_EMIT snapshotShown();
}

/// A live reading comes in pieces: it is remembered when all are there, and what still follows completes it.
void MainWindow::remember(const SnapshotPtr &snapshot)
{
    if (m_collecting || !snapshot->evidence.taken.isValid())
        return;
    m_changes->remember(snapshot,
                        snapshot->kind == SnapshotKind::Live && !std::exchange(m_newReading, false));
}

void MainWindow::addReading(const SnapshotPtr &capture)
{
    m_changes->compareWith(capture, m_snapshot);
    if (m_snapshot)
        showPage(ChangesPage);
}

void MainWindow::showWelcome()
{
    ++m_generation;
    m_snapshot.reset();
    m_header->show(nullptr);
    m_identify->setSnapshot(nullptr);
    showPage(WelcomePageIndex);
}

void MainWindow::showPage(Page page)
{
    m_pages->setCurrentIndex(page);
    m_navigation->setVisible(page != WelcomePageIndex);
    m_identify->setVisible(page != WelcomePageIndex);
    if (page != WelcomePageIndex)
        m_views->actions().at(page - FleetPage)->setChecked(true);
    tellState();
}

void MainWindow::setProgress(const QList<SourceProgress> &progress)
{
    m_progress = progress;
    m_progressPanel->show(progress);
    tellState();
}

void MainWindow::setCollecting(bool collecting)
{
    m_collecting = collecting;
    m_newReading = m_newReading || collecting;
    if (collecting)
        m_showProgress->setChecked(true);
    tellState();
}

void MainWindow::showError(const QString &text)
{
    m_banner->say(text);
}

void MainWindow::showStatus(const QString &text)
{
    statusBar()->showMessage(visibleText(text));
}

void MainWindow::askHostKey(const HostKeyQuestion &question)
{
    auto *dialog = new HostKeyDialog(question, this);
    connect(dialog, &HostKeyDialog::answered, this, &MainWindow::hostKeyAnswered);
    dialog->open();
}

void MainWindow::goTo(const QString &subject)
{
    if (!m_snapshot) {
        m_wanted = subject;
        return;
    }
    showPage(FleetPage);
    m_fleet->goTo(subject);
}

QString MainWindow::subjectInView() const
{
    switch (m_pages->currentIndex()) {
    case FindingsPage:
        return m_findings->selectedSubject();
    case FloatsPage:
        return m_floats->selectedSubject();
    case ContainersPage:
        return m_containers->selectedSubject();
    case ChangesPage:
        return m_changes->selectedSubject();
    default:
        return m_fleet->selected();
    }
}

QString MainWindow::viewInFront() const
{
    if (m_pages->currentIndex() == ReportPage)
        return QStringLiteral("report");
    if (m_pages->currentIndex() == FloatsPage && m_floats->mode() == FloatsView::Mode::Layers)
        return QStringLiteral("layers");
    return viewNames().value(qMax(0, m_pages->currentIndex() - FleetPage));
}

void MainWindow::tellAges()
{
    const QDateTime now = m_clock();
    m_header->setNow(now);
    m_progressPanel->setNow(now);
    if (m_pages->currentIndex() == FleetPage)
        m_fleet->setNow(now);
    else if (m_pages->currentIndex() == FindingsPage)
        m_findings->setNow(now);
    else if (m_pages->currentIndex() == FloatsPage)
        m_floats->setNow(now);
}

void MainWindow::tellState()
{
    const bool has = m_snapshot != nullptr;
    const bool live = has && m_snapshot->kind == SnapshotKind::Live;
    const QString subject = subjectInView();
    m_refreshAll->setEnabled(live && !m_collecting);
    m_refreshHost->setEnabled(live && !m_collecting && !subject.isEmpty());
    m_refreshNode->setEnabled(live && !m_collecting && !subject.isEmpty());
    m_cancel->setEnabled(m_collecting);
    m_refreshButton->setVisible(live);
    m_saveCapture->setEnabled(has);
    // The note has pictures of its own.
    for (QAction *action : {m_savePicture, m_copyPicture})
        action->setEnabled(has && m_pages->currentIndex() != ReportPage);
    m_showProgress->setEnabled(!m_progress.isEmpty());
    if (m_collecting) {
        showStatus(tr("Reading. %1. Esc stops it.").arg(ProgressPanel::summary(m_progress)));
        return;
    }
    if (!has) {
        showStatus(tr("No fleet is open."));
        return;
    }
    const qsizetype failed = m_snapshot->evidence.errors.size();
    const qsizetype machines = machinesNotRead(*m_snapshot);
    QStringList parts{tr("Documents read: %1.").arg(m_snapshot->evidence.documents.size())};
    if (failed > 0)
        parts.append(tr("Sources that could not be read: %1; the findings name them.").arg(failed));
    if (machines > 0)
        parts.append(tr("Machines of which not all is known: %1.").arg(machines));
    showStatus(parts.join(u' '));
}

} // namespace tropo
