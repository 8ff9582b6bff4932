#pragma once

#include "app/fixing/fix_setup.h"
#include "models/fixes/executor.h"

#include <QObject>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace tropo {

enum class FixDirection {
    Apply,
    Undo,
    Assess, ///< only reads what stands; needs no journal
};

/// What a run of a plan is made of.
struct FixJob
{
    Plan plan;
    FixDirection direction = FixDirection::Apply;
    QList<StepStatus> known; ///< of an earlier run of it
    QString journal;         ///< path of its journal; empty: a new one, or none is kept
    /// Makes what carries it out, on the run's own thread; takes the locks.
    std::function<Result<std::shared_ptr<Executor>>(const QString &planId, const std::stop_token &)> executor;
    bool keepJournal = true; ///< false in a simulation, and where nothing is changed
};

/// When the timer that a plan has armed goes off, by what is known of its steps; nothing where none is armed.
std::optional<QDateTime> revertTime(const Plan &plan, const QList<StepStatus> &steps);

/// One run of a plan, on a thread of its own; its news come as signals on this object's thread.
class FixRun : public QObject
{
    Q_OBJECT
public:
    explicit FixRun(FixJob job, QObject *parent = nullptr);
    /// Stops it, and waits for the thread: it ends within a second.
    ~FixRun() override;

    void start();
    /// Ends before the next step; the one under way is finished.
    void stopAfterStep();
    /// The answer to confirmationWanted(): the change stays, and the timer is taken back.
    void keep();
    /// Ends as soon as can be.
    void cancel() { m_thread.request_stop(); }
    const Plan &plan() const { return m_job.plan; }

Q_SIGNALS:
    void stepChanged(int step, const tropo::StepStatus &status);
    /// `journal`: its path; empty where there is none.
    void finished(const tropo::RunResult &result, const QString &journal);
    /// The change is made, and is undone by itself at that time unless keep() is called. The run waits for it
    /// on its own thread; past that time it ends as stopped, and says so.
    void confirmationWanted(const QDateTime &until);
    /// The answer to Assess.
    void assessed(const QList<tropo::StepStatus> &steps);
    /// It could not begin: nothing was done.
    void refused(const tropo::Error &error);

private:
    void run(const std::stop_token &stop);
    void tellRefused(const Error &error);
    RunOptions makeOptions(const std::stop_token &stop);
    bool mayGoOn(int next, const std::stop_token &stop);
    bool isKept(const QDateTime &until, const std::stop_token &stop);

    const FixJob m_job;
    QList<StepStatus> m_steps; ///< as far as they are; of the run's own thread
    bool m_isLeftToTimer = false;
    std::mutex m_mutex; ///< over the next three
    std::condition_variable_any m_answered;
    bool m_hold = false;
    bool m_keep = false;
    std::jthread m_thread;
};

} // namespace tropo
