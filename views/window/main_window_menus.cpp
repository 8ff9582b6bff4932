#include "views/window/main_window.h"

#include "models/items/visible_text.h"
#include "views/changes/changes_view.h"
#include "views/findings/findings_view.h"
#include "views/fleet/fleet_view.h"
#include "views/parts/in_background.h"
#include "views/parts/plain.h"
#include "views/shot.h"
#include "views/window/header_strip.h"
#include "views/window/identify_box.h"
#include "views/window/progress_panel.h"

#include <QActionGroup>
#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>

namespace tropo {

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeViewMenu();
    makeRefreshMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    QAction *fleet = menu->addAction(tr("Open &fleet file\u2026"));
    fleet->setObjectName(QStringLiteral("openFleet"));
    fleet->setShortcut(QKeySequence::Open);
    connect(fleet, &QAction::triggered, this,
            [this] { chooseFile(tr("Open a fleet file"), false, &MainWindow::openFleetRequested); });
    QAction *capture = menu->addAction(tr("Open &capture file\u2026"));
    capture->setObjectName(QStringLiteral("openCapture"));
    connect(capture, &QAction::triggered, this,
            [this] { chooseFile(tr("Open a capture"), false, &MainWindow::openCaptureRequested); });
    QAction *folder = menu->addAction(tr("Open capture f&older\u2026"));
    folder->setObjectName(QStringLiteral("openCaptureFolder"));
    connect(folder, &QAction::triggered, this,
            [this] { chooseFile(tr("Open a capture folder"), true, &MainWindow::openCaptureRequested); });
    QAction *demo = menu->addAction(tr("Open the &demo"));
    demo->setObjectName(QStringLiteral("openDemo"));
    connect(demo, &QAction::triggered, this, &MainWindow::openDemoRequested);
    menu->addSeparator();
    m_saveCapture = menu->addAction(tr("&Save capture\u2026"));
    m_saveCapture->setObjectName(QStringLiteral("saveCapture"));
    m_saveCapture->setShortcut(QKeySequence::Save);
    connect(m_saveCapture, &QAction::triggered, this, [this] {
        // One that exists is refused: to ask first whether to overwrite it would promise too much.
        chooseTarget(
            tr("Save a capture"), QStringLiteral("capture.zip"), tr("Captures (*.zip *.tar.gz)"),
            [this](const QString &path) { Q_EMIT captureRequested(path); }, false);
    });
    m_savePicture = menu->addAction(tr("Save &picture\u2026"));
    m_savePicture->setObjectName(QStringLiteral("savePicture"));
    m_savePicture->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    m_copyPicture = menu->addAction(tr("Copy p&icture"));
    m_copyPicture->setObjectName(QStringLiteral("copyPicture"));
    m_copyPicture->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    connect(m_copyPicture, &QAction::triggered, this, &MainWindow::copyPicture);
    connect(m_savePicture, &QAction::triggered, this, [this] {
        chooseTarget(tr("Save a picture"), QStringLiteral("troposcope.png"), tr("Pictures (*.png)"),
                     [this](const QString &path) { savePicture(path); });
    });
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"));
    quit->setShortcut(QKeySequence::Quit);
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::makeViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    m_views = new QActionGroup(this);
    const auto add = [this, menu](const QString &text, const char *name, Qt::Key key, Page page) {
        QAction *action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setCheckable(true);
        action->setShortcut(Qt::CTRL | key);
        m_views->addAction(action);
        connect(action, &QAction::triggered, this, [this, page] {
            if (m_snapshot)
                showPage(page);
        });
    };
    add(tr("&Fleet"), "viewFleet", Qt::Key_1, FleetPage);
    add(tr("F&indings"), "viewFindings", Qt::Key_2, FindingsPage);
    add(tr("Fl&oats"), "viewFloats", Qt::Key_3, FloatsPage);
    add(tr("&Containers"), "viewContainers", Qt::Key_4, ContainersPage);
    add(tr("C&hanges"), "viewChanges", Qt::Key_5, ChangesPage);
    add(tr("&Report"), "viewReport", Qt::Key_6, ReportPage);
    menu->addSeparator();
    QAction *find = menu->addAction(tr("&Identify\u2026"));
    find->setObjectName(QStringLiteral("identifyAction"));
    find->setShortcut(Qt::CTRL | Qt::Key_K);
    connect(find, &QAction::triggered, this, [this] {
        m_identify->setFocus(Qt::ShortcutFocusReason);
        m_identify->selectAll();
    });
    QAction *filter = menu->addAction(tr("Filter fi&ndings\u2026"));
    filter->setShortcut(QKeySequence::Find);
    connect(filter, &QAction::triggered, this, [this] {
        if (!m_snapshot)
            return;
        showPage(FindingsPage);
        m_findings->focusFilter();
    });
    m_showProgress = menu->addAction(tr("&Progress of the sources"));
    m_showProgress->setObjectName(QStringLiteral("showProgress"));
    m_showProgress->setCheckable(true);
    connect(m_showProgress, &QAction::toggled, this, [this](bool on) { m_progressPanel->setVisible(on); });
    menu->addSeparator();
    QMenu *themes = menu->addMenu(tr("&Theme"));
    m_themes = new QActionGroup(this);
    const auto offer = [this, themes](const QString &text, Theme theme) {
        QAction *action = themes->addAction(text);
        action->setObjectName(QLatin1String("theme-") + themeName(theme));
        action->setCheckable(true);
        m_themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, theme] { setTheme(theme); });
    };
    offer(tr("As the &desktop"), Theme::System);
    offer(tr("&Light"), Theme::Light);
    offer(tr("Dar&k"), Theme::Dark);
}

void MainWindow::makeRefreshMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Refresh"));
    m_refreshAll = menu->addAction(tr("&All"));
    m_refreshAll->setObjectName(QStringLiteral("refreshAll"));
    m_refreshAll->setShortcut(Qt::Key_F5);
    connect(m_refreshAll, &QAction::triggered, this, [this] { Q_EMIT refreshRequested({}); });
    m_refreshHost = menu->addAction(tr("This &hypervisor"));
    m_refreshHost->setObjectName(QStringLiteral("refreshHost"));
    m_refreshHost->setShortcut(Qt::CTRL | Qt::Key_F5);
    connect(m_refreshHost, &QAction::triggered, this, [this] {
        const QString host = subjectInView().section(u'/', 0, 0);
        if (m_snapshot && m_snapshot->policy.hypervisor(host))
            Q_EMIT refreshRequested(host);
        else
            Q_EMIT refreshRequested({});
    });
    m_refreshNode = menu->addAction(tr("&Selected row"));
    m_refreshNode->setObjectName(QStringLiteral("refreshNode"));
    m_refreshNode->setShortcut(Qt::SHIFT | Qt::Key_F5);
    connect(m_refreshNode, &QAction::triggered, this, [this] { Q_EMIT refreshRequested(subjectInView()); });
    QAction *probing = menu->addAction(tr("Ask if &floats answer (TCP 80, 443, 22)"));
    probing->setObjectName(QStringLiteral("probeFloats"));
    probing->setCheckable(true);
    connect(probing, &QAction::toggled, this, &MainWindow::probingToggled);
    menu->addSeparator();
    m_cancel = menu->addAction(tr("&Cancel"));
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_cancel->setShortcut(Qt::Key_Escape);
    connect(m_cancel, &QAction::triggered, this, &MainWindow::cancelRequested);
    auto *button = new QToolButton(m_header);
    button->setObjectName(QStringLiteral("refreshButton"));
    button->setAccessibleName(tr("Refresh"));
    button->setMenu(menu);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    button->setDefaultAction(m_refreshAll);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    m_header->addControl(button);
    m_refreshButton = button;
    m_refreshAll->setIconText(tr("Refresh"));
}

void MainWindow::makeHelpMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    QAction *about = menu->addAction(tr("&About Troposcope"));
    connect(about, &QAction::triggered, this, [this] {
        auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Troposcope"),
                                    tr("Troposcope %1").arg(QStringLiteral(TROPOSCOPE_VERSION)),
                                    QMessageBox::Ok, this);
        box->setTextFormat(Qt::PlainText);
        box->setInformativeText(
            tr("Shows a fleet of libvirt hypervisors as it really is, says what is wrong with it and why."));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setIconPixmap(themedIcon(QStringLiteral("app"), palette()).pixmap(48, 48));
        box->open();
    });
}

QWidget *MainWindow::makeNavigation()
{
    auto *bar = new QWidget(this);
    bar->setObjectName(QStringLiteral("navigation"));
    auto *column = new QVBoxLayout(bar);
    column->setContentsMargins(6, 8, 6, 8);
    column->setSpacing(4);
    for (int i = 0; i < m_views->actions().size(); ++i) {
        QAction *action = m_views->actions().at(i);
        auto *button = new QToolButton(bar);
        button->setObjectName(action->objectName() + QLatin1String("Button"));
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setIconSize(QSize(24, 24));
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumHeight(button->fontMetrics().height() + 38);
        button->setAccessibleName(action->iconText());
        column->addWidget(button);
    }
    column->addStretch(1);
    bar->setFixedWidth(qMax(84, bar->fontMetrics().horizontalAdvance(tr("Containers")) + 34));
    return bar;
}

void MainWindow::chooseFile(const QString &title, bool folder, void (MainWindow::*chosen)(const QString &))
{
    auto *dialog = new QFileDialog(this, title, m_settings->value(QLatin1String("files/folder")).toString());
    dialog->setObjectName(QStringLiteral("openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, folder);
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, chosen](const QString &path) {
        m_settings->setValue(QLatin1String("files/folder"), dialog->directory().path());
        Q_EMIT(this->*chosen)(path);
    });
    dialog->open();
}

void MainWindow::chooseTarget(const QString &title, const QString &name, const QString &filter,
                              std::function<void(const QString &)> chosen, bool mayReplace)
{
    auto *dialog =
        new QFileDialog(this, title, m_settings->value(QLatin1String("files/folder")).toString(), filter);
    dialog->setObjectName(QStringLiteral("saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite, !mayReplace);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, std::move(chosen));
    dialog->open();
}

/// Of the view in front, captioned, at a size of its own.
Result<QImage> MainWindow::picture()
{
    const bool changes = m_pages->currentIndex() == ChangesPage && m_changes->before();
    return renderView(changes ? m_changes->before() : m_snapshot, viewInFront(), QSize(1600, 1000),
                      subjectInView(), isDark(palette()) ? Theme::Dark : Theme::Light,
                      changes ? m_changes->after() : SnapshotPtr());
}

void MainWindow::copyPicture()
{
    const Result<QImage> image = picture();
    if (!image) {
        showError(image.error().text());
        return;
    }
    QGuiApplication::clipboard()->setImage(*image);
    showStatus(tr("A picture of this view is in the clipboard."));
}

void MainWindow::savePicture(const QString &path)
{
    const Result<QImage> made = picture();
    if (!made) {
        showError(made.error().text());
        return;
    }
    inBackground(
        this, [image = *made, path] { return image.save(path, "PNG"); },
        [this, path](bool saved) {
            if (saved)
                showStatus(tr("The picture is in %1.").arg(path));
            else
                showError(tr("The picture could not be written to %1. Choose a folder that you may write to.")
                              .arg(path));
        });
}

} // namespace tropo
