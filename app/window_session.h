#pragma once

#include "app/arguments.h"
#include "app/fixing/fix_desk.h"
#include "app/fleet_session.h"
#include "app/reporting/report_desk.h"
#include "app/second_look.h"
#include "app/window_asker.h"
#include "views/window/main_window.h"

#include <QTimer>

namespace tropo {

/// Ties the window to what it shows: opens sources, starts and cancels readings, and hands finished snapshots
/// to the window. Nothing here waits: parsing and judging run on a worker.
class WindowSession : public QObject
{
    Q_OBJECT
public:
    WindowSession(MainWindow *window, QObject *parent = nullptr);
    ~WindowSession() override;

    void open(const Request &request);

private:
    void openFleet(const QString &path);
    void openStored(SnapshotKind kind, const QString &path);
    void openToCompare(const QString &path);
    void leaveLive();
    void refresh(const QString &subject);
    void judgeSoon();
    void judgeNow();
    void tellProgress();
    void finished(const CollectSummary &summary);
    void saveCapture(const QString &path);
    FixGround fixGround();
    void readingJudged(const SnapshotPtr &snapshot);
    void readForFix(const QStringList &hypervisors);
    void planSecondLook(const Snapshot &snapshot);
    void takeSecondLook();

    MainWindow *m_window;
    WindowAsker m_asker;
    EndOfLifeTable m_endOfLife;
    std::unique_ptr<FleetSession> m_session; ///< nothing while a capture or the demo is shown
    QString m_origin;
    QTimer m_judgeTimer; ///< gathers harvests that come close together
    Sightings m_sightings;
    SecondLook m_look; ///< under way, or waiting for its time
    QTimer m_lookTimer;
    QSet<QString> m_looked; ///< findings that had their second look
    FixDesk m_desk;
    ReportDesk m_reports;
    QStringList m_toRead; ///< hypervisors that are read one after another for a plan
    bool m_firstReading = true;
    bool m_readingEnded = false; ///< its judgement follows
    bool m_probing = false;
    bool m_judging = false;
    bool m_judgeAgain = false;
    quint64 m_generation = 0; ///< of the source; what an earlier one still says is dropped
};

/// Hosts that ~/.ssh/config names, without patterns: proposals for a fleet file.
QStringList hostsOfSshConfig();

} // namespace tropo
