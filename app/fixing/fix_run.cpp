#include "app/fixing/fix_run.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

/// A simulation leaves nothing behind.
class NoJournal : public RunJournal
{
public:
    Result<void> stepBegins(int, bool) override { return {}; }
    Result<void> stepEnds(int, const StepStatus &) override { return {}; }
    Result<void> ended(const RunResult &) override { return {}; }
};

} // namespace

std::optional<QDateTime> revertTime(const Plan &plan, const QList<StepStatus> &steps)
{
    // Each step lets the time begin anew, though not one that follows another at once.
    constexpr int slack = 30;
    std::optional<int> shortest;
    QDateTime last;
    for (qsizetype i = 0; i < qMin(plan.steps.size(), steps.size()); ++i) {
        const bool stands = steps[i].state == StepState::Done || steps[i].state == StepState::AlreadyDone;
        if (!stands)
            continue;
        last = steps[i].at;
        if (const auto *armed = std::get_if<ArmRevert>(&plan.steps[i].action))
            shortest = qMin(shortest.value_or(armed->seconds), armed->seconds);
        else if (std::holds_alternative<DisarmRevert>(plan.steps[i].action))
            shortest.reset();
    }
    if (!shortest)
        return {};
    return last.addSecs(qMax(*shortest - slack, *shortest / 2));
}

FixRun::FixRun(FixJob job, QObject *parent) : QObject(parent), m_job(std::move(job))
{
}

FixRun::~FixRun() = default;

void FixRun::start()
{
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

void FixRun::stopAfterStep()
{
    const std::lock_guard lock(m_mutex);
    m_hold = true;
    m_answered.notify_all();
}

void FixRun::keep()
{
    const std::lock_guard lock(m_mutex);
    m_keep = true;
    m_answered.notify_all();
}

bool FixRun::isKept(const QDateTime &until, const std::stop_token &stop)
{
    // By the wall's clock: a desktop that slept meanwhile wakes up past the time.
    const std::chrono::sys_time<std::chrono::milliseconds> end(
        std::chrono::milliseconds(until.toMSecsSinceEpoch()));
    std::unique_lock lock(m_mutex);
    m_answered.wait_until(lock, stop, end, [this] { return m_keep || m_hold; });
    m_isLeftToTimer = !m_keep && !m_hold && !stop.stop_requested();
    return m_keep && !m_hold;
}

bool FixRun::mayGoOn(int next, const std::stop_token &stop)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_hold)
            return false;
    }
    const bool ends = m_job.direction == FixDirection::Apply &&
                      std::holds_alternative<DisarmRevert>(m_job.plan.steps[next].action);
    const auto until = ends ? revertTime(m_job.plan, m_steps) : std::nullopt;
    if (!until)
        return true;
    QMetaObject::invokeMethod(this, [this, until] { Q_EMIT confirmationWanted(*until); });
    return isKept(*until, stop);
}

RunOptions FixRun::makeOptions(const std::stop_token &stop)
{
    m_steps = m_job.known;
    m_steps.resize(m_job.plan.steps.size());
    RunOptions options;
    options.stop = stop;
    options.known = m_job.known;
    options.events.mayGoOn = [this, stop](int next) { return mayGoOn(next, stop); };
    options.events.changed = [this](int step, const StepStatus &status) {
        // The timer runs from when it was asked for, not from when it was read back.
        const bool asked =
            m_steps[step].state == StepState::Applying || m_steps[step].state == StepState::Verifying;
        const QDateTime since = asked ? m_steps[step].at : status.at;
        m_steps[step] = status;
        m_steps[step].at = since;
        QMetaObject::invokeMethod(this, [this, step, status] { Q_EMIT stepChanged(step, status); });
    };
    return options;
}

void FixRun::tellRefused(const Error &error)
{
    QMetaObject::invokeMethod(this, [this, error] { Q_EMIT refused(error); });
}

void FixRun::run(const std::stop_token &stop)
{
    NoJournal none;
    std::unique_ptr<JournalFile> file;
    if (m_job.keepJournal) {
        auto opened = m_job.journal.isEmpty() ? JournalFile::start(journalFolder(), m_job.plan, whoActs())
                                              : JournalFile::resume(m_job.journal);
        if (!opened)
            return tellRefused(opened.error());
        file = *std::move(opened);
    }
    const QString journalPath = file ? file->path() : m_job.journal;
    const auto executor =
        m_job.executor(journalPath.isEmpty() ? u"simulation"_s : planIdOf(journalPath), stop);
    if (!executor) {
        if (file && m_job.journal.isEmpty()) [[maybe_unused]]
            const auto settled = file->settled(executor.error().text());
        return tellRefused(executor.error());
    }
    RunJournal &journal = file ? static_cast<RunJournal &>(*file) : none;
    const RunOptions options = makeOptions(stop);
    if (m_job.direction == FixDirection::Assess) {
        const QList<StepStatus> steps = assessPlan(m_job.plan, **executor, options);
        QMetaObject::invokeMethod(this, [this, steps] { Q_EMIT assessed(steps); });
        return;
    }
    RunResult result = m_job.direction == FixDirection::Apply
                           ? runPlan(m_job.plan, **executor, journal, options)
                           : undoPlan(m_job.plan, **executor, journal, options);
    if (m_isLeftToTimer)
        result.says.prepend(
            tr("It was not confirmed in time, so the hypervisor takes it back by itself. Look again before "
               "you do anything else. "));
    else if (const auto until = revertTime(m_job.plan, m_steps);
             until && result.outcome != RunOutcome::Undone)
        result.says +=
            tr(" Its timers are armed: what stands is taken back by the machines from about %1 on, "
               "unless you undo it or go on with it before.")
                .arg(until->toLocalTime().toString(u"HH:mm:ss"_s));
    QMetaObject::invokeMethod(this, [this, result, journalPath] { Q_EMIT finished(result, journalPath); });
}

} // namespace tropo
