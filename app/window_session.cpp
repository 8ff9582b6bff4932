#include "app/window_session.h"

#include "models/evidence/capture.h"
#include "views/parts/in_background.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace tropo {

using namespace Qt::StringLiterals;

WindowSession::WindowSession(MainWindow *window, QObject *parent)
    : QObject(parent),
      m_window(window),
      m_endOfLife(bundledEndOfLife()),
      m_desk(fixGround(), window),
      m_reports(window->reportView(), m_endOfLife)
{
    constexpr int gatherMilliseconds = 150;
    m_judgeTimer.setSingleShot(true);
    m_judgeTimer.setInterval(gatherMilliseconds);
    connect(&m_judgeTimer, &QTimer::timeout, this, &WindowSession::judgeNow);
    m_lookTimer.setSingleShot(true);
    connect(&m_lookTimer, &QTimer::timeout, this, &WindowSession::takeSecondLook);
    connect(window, &MainWindow::refreshRequested, this, &WindowSession::refresh);
    connect(window, &MainWindow::cancelRequested, this, [this] {
        m_look = {};
        if (m_session)
            m_session->cancel();
    });
    connect(window, &MainWindow::probingToggled, this, [this](bool on) {
        m_probing = on;
        if (m_session)
            m_session->setProbing(on);
    });
    connect(window, &MainWindow::openFleetRequested, this, &WindowSession::openFleet);
    connect(window, &MainWindow::openCaptureRequested, this,
            [this](const QString &path) { openStored(SnapshotKind::Capture, path); });
    connect(window, &MainWindow::openDemoRequested, this, [this] { openStored(SnapshotKind::Demo, {}); });
    connect(window, &MainWindow::compareCaptureRequested, this, &WindowSession::openToCompare);
    connect(window, &MainWindow::planRequested, &m_desk, &FixDesk::want);
    connect(window, &MainWindow::snapshotShown, this,
            [this] { m_reports.setSnapshot(m_window->snapshot()); });
    connect(&m_reports, &ReportDesk::said, window, &MainWindow::showStatus);
    connect(&m_reports, &ReportDesk::failed, window, &MainWindow::showError);
    connect(&m_desk, &FixDesk::noted, this, [this](const QString &title, const QString &markdown) {
        m_window->reportView()->add(NotePlan{title, markdown});
    });
    connect(&m_desk, &FixDesk::warned, window, &MainWindow::showError);
    connect(window, &MainWindow::captureRequested, this, &WindowSession::saveCapture);
    connect(window, &MainWindow::hostKeyAnswered, &m_asker, &WindowAsker::answer);
    connect(&m_asker, &WindowAsker::asked, window, &MainWindow::askHostKey);
}

WindowSession::~WindowSession()
{
    m_asker.refuseAll();
}

void WindowSession::open(const Request &request)
{
    const QString usual =
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/troposcope/fleet.toml"_s;
    m_window->setFleetFile(usual);
    m_window->setProposedHosts(hostsOfSshConfig());
    if (request.source == SourceKind::FleetFile)
        openFleet(request.path);
    else if (request.source == SourceKind::Capture)
        openStored(SnapshotKind::Capture, request.path);
    else if (request.source == SourceKind::Demo)
        openStored(SnapshotKind::Demo, {});
    else if (QFile::exists(usual))
        openFleet(usual);
    else
        m_window->showWelcome();
}

FixGround WindowSession::fixGround()
{
    FixGround ground;
    ground.shown = [this] { return m_window->snapshot(); };
    ground.readAgain = [this](const QStringList &hypervisors) { readForFix(hypervisors); };
    ground.show = [this](const SnapshotPtr &snapshot) { m_window->showSnapshot(snapshot); };
    ground.live = [asker = m_asker.asker()](const Snapshot &snapshot, const Plan &plan) {
        return liveJob(snapshot, plan, asker);
    };
    return ground;
}

/// A reading that is under way ends first.
void WindowSession::readForFix(const QStringList &hypervisors)
{
    if (!m_session)
        return;
    m_toRead = hypervisors;
    if (hypervisors.isEmpty())
        m_toRead.append(QString());
    if (!m_session->isReading())
        refresh(m_toRead.takeFirst());
}

void WindowSession::leaveLive()
{
    m_desk.leave();
    m_toRead.clear();
    m_firstReading = true;
    ++m_generation;
    m_judgeTimer.stop();
    m_judgeAgain = false;
    m_lookTimer.stop();
    m_look = {};
    m_looked.clear();
    m_sightings = {};
    m_session.reset();
    m_window->setCollecting(false);
    m_window->setProgress({});
    m_window->showError({});
}

void WindowSession::openFleet(const QString &path)
{
    auto file = readFleetFile(path);
    if (!file) {
        m_window->showError(file.error().text());
        if (!m_window->snapshot())
            m_window->showWelcome();
        return;
    }
    leaveLive();
    m_origin = path;
    m_window->setFleetFile(path);
    m_session = std::make_unique<FleetSession>(*std::move(file), m_asker.asker());
    m_session->setProbing(m_probing);
    connect(m_session.get(), &FleetSession::evidenceChanged, this, &WindowSession::judgeSoon);
    connect(m_session.get(), &FleetSession::progressed, this, &WindowSession::tellProgress);
    connect(m_session.get(), &FleetSession::finished, this, &WindowSession::finished);
    // The hypervisors of the fleet file stand there at once, as not read yet.
    judgeNow();
    refresh({});
}

void WindowSession::openStored(SnapshotKind kind, const QString &path)
{
    leaveLive();
    m_window->showStatus(kind == SnapshotKind::Demo ? tr("Opening the demo…") : tr("Opening %1…").arg(path));
    const quint64 generation = m_generation;
    inBackground(
        this,
        [kind, path, table = m_endOfLife] {
            return kind == SnapshotKind::Demo ? openDemo(table) : openCapture(path, table);
        },
        [this, generation](const Result<SnapshotPtr> &snapshot) {
            if (generation != m_generation)
                return;
            m_window->showStatus({});
            if (snapshot) {
                m_window->showSnapshot(*snapshot);
                return;
            }
            m_window->showError(snapshot.error().text());
            if (!m_window->snapshot())
                m_window->showWelcome();
        });
}

/// Beside what is shown, which stays: a live fleet goes on being read.
void WindowSession::openToCompare(const QString &path)
{
    m_window->showStatus(tr("Opening %1…").arg(path));
    inBackground(
        this, [path, table = m_endOfLife] { return openCapture(path, table); },
        [this](const Result<SnapshotPtr> &snapshot) {
            m_window->showStatus({});
            if (snapshot)
                m_window->addReading(*snapshot);
            else
                m_window->showError(snapshot.error().text());
        });
}

void WindowSession::refresh(const QString &subject)
{
    if (!m_session) {
        m_window->showStatus(tr("A capture does not change; open a fleet file to read the machines."));
        return;
    }
    // What is read now anyway needs no look of its own.
    m_lookTimer.stop();
    m_look = {};
    m_window->setCollecting(true);
    m_session->read(scopeOf(subject, m_session->policy()));
}

void WindowSession::judgeSoon()
{
    if (!m_judgeTimer.isActive())
        m_judgeTimer.start();
}

void WindowSession::judgeNow()
{
    if (!m_session)
        return;
    if (m_judging) {
        m_judgeAgain = true;
        return;
    }
    m_judging = true;
    const bool ended = std::exchange(m_readingEnded, false);
    const quint64 generation = m_generation;
    inBackground(
        this,
        [origin = m_origin, evidence = m_session->evidence(), policy = m_session->policy(),
         table = m_endOfLife, earlier = m_sightings] {
            return makeSnapshot(SnapshotKind::Live, origin, evidence, policy, table, earlier);
        },
        [this, generation, ended](const SnapshotPtr &snapshot) {
            m_judging = false;
            if (generation == m_generation) {
                m_sightings = snapshot->sightings;
                m_window->showSnapshot(snapshot);
                planSecondLook(*snapshot);
                if (ended)
                    readingJudged(snapshot);
            }
            if (std::exchange(m_judgeAgain, false))
                judgeNow();
        });
}

void WindowSession::tellProgress()
{
    if (m_session)
        m_window->setProgress(m_session->progress());
}

void WindowSession::readingJudged(const SnapshotPtr &snapshot)
{
    m_desk.snapshotArrived(snapshot);
    if (std::exchange(m_firstReading, false) && m_session)
        m_desk.offerCutOff(m_session->policy());
}

void WindowSession::finished(const CollectSummary &summary)
{
    if (!m_toRead.isEmpty()) {
        refresh(m_toRead.takeFirst());
        return;
    }
    m_readingEnded = true;
    m_window->setCollecting(false);
    tellProgress();
    if (!m_look.scopes.isEmpty() && !m_lookTimer.isActive()) {
        takeSecondLook();
        return;
    }
    const double seconds = static_cast<double>(summary.wall.count()) / 1000;
    m_window->showStatus(summary.cancelled ? tr("Cancelled; what was read before stays.")
                                           : tr("Read in %1 s.").arg(seconds, 0, 'f', 1));
    judgeSoon();
}

/// One a finding: what cannot be confirmed, because a machine does not answer, is not asked for ever.
void WindowSession::planSecondLook(const Snapshot &snapshot)
{
    if (!m_session || m_session->isReading() || !m_look.scopes.isEmpty())
        return;
    QSet<QString> provisional;
    for (const Finding &finding : snapshot.findings)
        if (finding.sighting == Sighting::Once)
            provisional.insert(finding.id());
    m_looked.intersect(provisional);
    SecondLook look = secondLook(snapshot, m_looked);
    if (look.scopes.isEmpty())
        return;
    m_look = std::move(look);
    m_lookTimer.start(
        std::chrono::milliseconds(qMax<qint64>(0, QDateTime::currentDateTime().msecsTo(m_look.notBefore))));
    const auto seconds = (m_lookTimer.remainingTime() + 999) / 1000;
    m_window->showStatus(tr("Seen in one reading: %1. It is read again in %2 s to see whether it stays.")
                             .arg(m_look.findings.join(u", "_s), QString::number(seconds)));
}

void WindowSession::takeSecondLook()
{
    if (!m_session || m_look.scopes.isEmpty() || m_session->isReading())
        return;
    for (const QString &finding : std::as_const(m_look.findings))
        m_looked.insert(finding);
    m_window->setCollecting(true);
    m_session->read(m_look.scopes.takeFirst());
}

void WindowSession::saveCapture(const QString &path)
{
    const SnapshotPtr snapshot = m_window->snapshot();
    if (!snapshot)
        return;
    if (snapshot->isSimulated) {
        m_window->showError(
            tr("What is shown is a simulation. Its capture would pass for a reading, so it is "
               "not saved. Open the fleet again for one."));
        return;
    }
    inBackground(
        this, [snapshot, path] { return writeCapture(path, snapshot->evidence); },
        [this, path](const Result<void> &written) {
            if (written)
                m_window->showStatus(tr("Wrote the capture to %1.").arg(path));
            else
                m_window->showError(written.error().text());
        });
}

QStringList hostsOfSshConfig()
{
    QStringList hosts;
    QFile file(QDir::homePath() + u"/.ssh/config"_s);
    if (!file.open(QIODevice::ReadOnly))
        return hosts;
    constexpr qint64 bound = 1024 * 1024;
    for (const QString &line : QString::fromUtf8(file.read(bound)).split(u'\n')) {
        const QString simple = line.simplified();
        if (!simple.startsWith(u"Host "_s, Qt::CaseInsensitive))
            continue;
        for (const QString &name : simple.sliced(5).split(u' '))
            if (!name.contains(u'*') && !name.contains(u'?') && !name.startsWith(u'!') &&
                !hosts.contains(name))
                hosts.append(name);
    }
    return hosts;
}

} // namespace tropo
