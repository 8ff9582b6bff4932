#pragma once

#include "models/collect/host_key.h"
#include "models/collect/progress.h"
#include "models/fixes/planner.h"
#include "models/items/container_overview.h"
#include "models/items/tree_node.h"
#include "models/snapshot.h"
#include "views/theme/theme.h"

#include <QImage>
#include <QMainWindow>

#include <functional>

class QActionGroup;
class QSettings;
class QStackedWidget;
class QTimer;

namespace tropo {

class Banner;
class ChangesView;
class ContainersView;
class FindingsView;
class FleetView;
class FloatsView;
class HeaderStrip;
class IdentifyBox;
class ProgressPanel;
class ReportView;
class WelcomePage;

/// The one window. It gets finished values by its slots and asks by its signals; it never waits.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// Settings are not owned and outlive the window.
    explicit MainWindow(QSettings *settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    void setClock(std::function<QDateTime()> clock);
    void setFleetFile(const QString &path);
    void setProposedHosts(const QStringList &hosts);
    SnapshotPtr snapshot() const { return m_snapshot; }
    ReportView *reportView() const { return m_report; }

public Q_SLOTS:
    /// Merges a snapshot into what is shown. Its tree grows in the background; snapshotShown() follows.
    void showSnapshot(const tropo::SnapshotPtr &snapshot);
    void showWelcome();
    /// A capture to compare with what is shown.
    void addReading(const tropo::SnapshotPtr &capture);
    void setProgress(const QList<tropo::SourceProgress> &progress);
    void setCollecting(bool collecting);
    /// One sentence across the window; empty hides it.
    void showError(const QString &text);
    /// One sentence in the status bar.
    void showStatus(const QString &text);
    void askHostKey(const tropo::HostKeyQuestion &question);
    void goTo(const QString &subject);

Q_SIGNALS:
    /// Read again: a subject and what is below it, or all where it is empty.
    void refreshRequested(const QString &subject);
    void cancelRequested();
    /// Whether readings of all also ask if the floats answer; off at the start.
    void probingToggled(bool on);
    void openFleetRequested(const QString &path);
    void openCaptureRequested(const QString &path);
    void openDemoRequested();
    /// Open a capture beside what is shown, to compare with; addReading() gives it back.
    void compareCaptureRequested(const QString &path);
    /// Write what is shown to that folder or archive.
    void captureRequested(const QString &path);
    void hostKeyAnswered(const tropo::HostKeyQuestion &question, tropo::HostKeyAnswer answer);
    void snapshotShown();
    /// Make a plan and show it; nothing is changed yet.
    void planRequested(const tropo::PlanRequest &request);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    /// In the order of viewNames(), after the welcome; "layers" is the other way to show the floats.
    enum Page {
        WelcomePageIndex,
        FleetPage,
        FindingsPage,
        FloatsPage,
        ContainersPage,
        ChangesPage,
        ReportPage
    };

    void layOut();
    void connectViews();
    void makeMenus();
    void makeFileMenu();
    void makeViewMenu();
    void makeRefreshMenu();
    void makeHelpMenu();
    QWidget *makeNavigation();
    /// What is made of a snapshot before it is shown.
    struct Grown
    {
        TreeNode tree;
        ContainerOverview containers;
    };
    void apply(const SnapshotPtr &snapshot, Grown grown);
    void showPage(Page page);
    void remember(const SnapshotPtr &snapshot);
    void tellAges();
    void tellState();
    void chooseFile(const QString &title, bool folder, void (MainWindow::*chosen)(const QString &));
    void chooseTarget(const QString &title, const QString &name, const QString &filter,
                      std::function<void(const QString &)> chosen, bool mayReplace = true);
    Result<QImage> picture();
    void savePicture(const QString &path);
    void copyPicture();
    void showIcons();
    void setTheme(Theme theme);
    void restoreState();
    void saveState();
    QString subjectInView() const;
    QString viewInFront() const; ///< its name, as viewNames() has it

    QSettings *m_settings;
    std::function<QDateTime()> m_clock;
    SnapshotPtr m_snapshot;
    quint64 m_generation = 0; ///< of the newest snapshot; a tree of an older one is dropped
    bool m_collecting = false;
    bool m_newReading = true; ///< what is read next is no part of the reading that was remembered last
    QList<SourceProgress> m_progress;
    QString m_wanted; ///< subject to go to once its snapshot is shown
    Banner *m_banner;
    HeaderStrip *m_header;
    IdentifyBox *m_identify;
    QStackedWidget *m_pages;
    WelcomePage *m_welcome;
    FleetView *m_fleet;
    FindingsView *m_findings;
    FloatsView *m_floats;
    ContainersView *m_containers;
    ChangesView *m_changes;
    ReportView *m_report;
    ProgressPanel *m_progressPanel;
    QWidget *m_navigation = nullptr;
    QWidget *m_refreshButton = nullptr;
    QActionGroup *m_views = nullptr;
    QActionGroup *m_themes = nullptr;
    QAction *m_refreshAll = nullptr;
    QAction *m_refreshHost = nullptr;
    QAction *m_refreshNode = nullptr;
    QAction *m_cancel = nullptr;
    QAction *m_saveCapture = nullptr;
    QAction *m_savePicture = nullptr;
    QAction *m_copyPicture = nullptr;
    QAction *m_showProgress = nullptr;
    QTimer *m_ageTimer;
};

} // namespace tropo
