#include "models/fixes/plan_run.h"

#include "models/fixes/stoppable_wait.h"

#include <algorithm>
#include <array>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

using Clock = std::chrono::steady_clock;

struct StateName
{
    StepState state;
    QLatin1StringView name;
};

constexpr std::array stateNames{
    StateName{StepState::Scheduled, "scheduled"_L1},
    StateName{StepState::Checking, "checking"_L1},
    StateName{StepState::Applying, "applying"_L1},
    StateName{StepState::Verifying, "verifying"_L1},
    StateName{StepState::Done, "done"_L1},
    StateName{StepState::AlreadyDone, "already-done"_L1},
    StateName{StepState::Invalidated, "invalidated"_L1},
    StateName{StepState::Failed, "failed"_L1},
    StateName{StepState::Unclear, "unclear"_L1},
    StateName{StepState::Undoing, "undoing"_L1},
    StateName{StepState::Undone, "undone"_L1},
    StateName{StepState::UndoFailed, "undo-failed"_L1},
};

/// What was seen of several conditions together.
struct Seen
{
    enum class Kind { AllHold, SomeDoNot, NotKnown } kind = Kind::AllHold;
    QString says;  ///< of the first that does not hold, or is not known; else of those that tell something
    Error error{}; ///< where it is not known
};

Seen observeAll(const QList<Condition> &conditions, Executor &executor, const std::stop_token &stop)
{
    QStringList told;
    for (const Condition &condition : conditions) {
        const auto seen = executor.observe(condition, stop);
        if (!seen)
            return {
                Seen::Kind::NotKnown,
                u"It could not be told whether %1: %2"_s.arg(conditionText(condition), seen.error().text()),
                seen.error()};
        if (!seen->holds)
            return {Seen::Kind::SomeDoNot,
                    u"Expected that %1, but %2."_s.arg(conditionText(condition), seen->seen),
                    {}};
        if (std::holds_alternative<CarriersInside>(condition))
            told.append(seen->seen);
    }
    return {Seen::Kind::AllHold, told.join("; "_L1), {}};
}

/// Whether the read-back of a step could come out otherwise had nothing been done.
bool provesSomething(const Step &step)
{
    return std::any_of(step.verify.begin(), step.verify.end(),
                       [&](const Condition &one) { return !step.before.contains(one); });
}

/// What is only good manners: without it neighbours learn a little later, and the plan goes on.
bool mayFail(const Step &step)
{
    return std::holds_alternative<AnnounceAddress>(step.action);
}

/// Reads back until all hold or the time is over.
Seen observeUntil(const QList<Condition> &conditions, std::chrono::milliseconds limit, Executor &executor,
                  const RunOptions &options)
{
    const Clock::time_point end = Clock::now() + limit;
    while (true) {
        const Seen seen = observeAll(conditions, executor, options.stop);
        const bool mayChange = !executor.isSimulation() && !options.stop.stop_requested();
        if (seen.kind == Seen::Kind::AllHold || !mayChange || Clock::now() + options.pollEvery > end)
            return seen;
        if (!stoppableWait(options.pollEvery, options.stop))
            return seen;
    }
}

/// Whether there is no way back from a step any more.
bool isFinal(const Plan &plan, const QList<StepStatus> &steps, int at)
{
    const auto &last = plan.steps[at].finalAfter;
    for (int i = at; last && i < plan.steps.size(); ++i)
        if (plan.steps[i].id == *last)
            return steps.value(i).mayStand();
    return false;
}

class Run
{
public:
    Run(const Plan &plan, Executor &executor, RunJournal &journal, const RunOptions &options)
        : m_plan(plan), m_executor(executor), m_journal(journal), m_options(options)
    {
        m_result.steps = options.known;
        m_result.steps.resize(plan.steps.size());
    }

    RunResult forward();
    RunResult backward();

private:
    bool stopped() const { return m_options.stop.stop_requested(); }
    const Step &step(int at) const { return m_plan.steps[at]; }

    void set(int at, StepState state, const QString &says = {})
    {
        m_result.steps[at] = {state, says, QDateTime::currentDateTime()};
        if (m_options.events.changed)
            m_options.events.changed(at, m_result.steps[at]);
    }

    /// Sets and records the end of a step; false when it could not be recorded.
    bool conclude(int at, StepState state, const QString &says)
    {
        set(at, state, says);
        const auto written = m_journal.stepEnds(at, m_result.steps[at]);
        if (!written)
            m_unrecorded = written.error().text();
        return written.has_value();
    }

    bool forwardStep(int at);
    bool isLeft(int at, const StepStatus &earlier, const QString &why);
    bool isAsBefore(int at, const QList<Condition> &wished, bool inDoubt);
    void act(int at);
    bool backwardStep(int at);
    RunResult finish(RunOutcome outcome, const QString &says);
    QString whatStands() const;

    const Plan &m_plan;
    Executor &m_executor;
    RunJournal &m_journal;
    const RunOptions &m_options;
    RunResult m_result;
    QStringList m_stays; ///< what an undo left, since there is no way back from it
    QString m_unrecorded;
};

/// Acts and reads back; the state tells how it went.
void Run::act(int at)
{
    set(at, StepState::Applying);
    const auto performed = m_executor.perform(step(at).action, m_options.stop);
    set(at, StepState::Verifying);
    // Also after an error: the machine may have done it all the same.
    const Seen seen = observeUntil(step(at).verify, performed ? step(at).verifyLimit : m_options.pollEvery,
                                   m_executor, m_options);
    const bool isProof = performed || provesSomething(step(at)) || mayFail(step(at));
    if (seen.kind == Seen::Kind::AllHold && isProof) {
        conclude(at, StepState::Done,
                 performed ? seen.says
                           : u"Done, though it was said that: %1"_s.arg(performed.error().text()));
        return;
    }
    const QString why = performed ? seen.says : QString(performed.error().text() + u' ' + seen.says);
    conclude(at, StepState::Failed, why);
}

/// A step that cannot be done now. What an earlier try of it has left, or may have, is not forgotten.
bool Run::isLeft(int at, const StepStatus &earlier, const QString &why)
{
    const bool isDone = !step(at).verify.isEmpty() &&
                        observeAll(step(at).verify, m_executor, m_options.stop).kind == Seen::Kind::AllHold;
    if (isDone && earlier.mayStand())
        return conclude(at, StepState::Done, u"Read back: it is done by now."_s);
    if (isDone)
        return conclude(at, StepState::AlreadyDone, u"It is so already; nothing was done."_s);
    conclude(at, earlier.mayStand() ? StepState::Unclear : StepState::Invalidated, why);
    return false;
}

bool Run::forwardStep(int at)
{
    const StepStatus earlier = m_result.steps[at];
    set(at, StepState::Checking);
    const auto &needless = step(at).needless;
    if (needless && observeAll(*needless, m_executor, m_options.stop).kind == Seen::Kind::AllHold)
        return conclude(at, StepState::AlreadyDone, u"There is nothing to be done any more."_s);
    const Seen before = observeAll(step(at).before, m_executor, m_options.stop);
    if (before.kind != Seen::Kind::AllHold)
        return isLeft(at, earlier, before.says);
    if (stopped()) {
        set(at, StepState::Scheduled);
        return false;
    }
    if (const auto written = m_journal.stepBegins(at, false); !written) {
        m_unrecorded = written.error().text();
        set(at, StepState::Scheduled);
        return false;
    }
    act(at);
    return m_result.steps[at].state == StepState::Done && m_unrecorded.isEmpty();
}

/// Whether nothing of a step stands. What failed or was cut off may still be under way on its machine, so it
/// must look so for a while.
bool Run::isAsBefore(int at, const QList<Condition> &wished, bool inDoubt)
{
    if (wished.isEmpty())
        return false;
    const Clock::time_point end = Clock::now() + m_options.settle;
    while (observeAll(wished, m_executor, m_options.stop).kind == Seen::Kind::AllHold) {
        if (!inDoubt || m_executor.isSimulation() || Clock::now() >= end)
            return true;
        set(at, StepState::Undoing, u"It looks as before; it is watched until that is certain."_s);
        if (!stoppableWait(m_options.pollEvery, m_options.stop))
            return false;
    }
    return false;
}

bool Run::backwardStep(int at)
{
    const QList<Condition> &wished = step(at).undone.isEmpty() ? step(at).before : step(at).undone;
    const StepStatus before = m_result.steps[at];
    set(at, StepState::Undoing);
    if (isAsBefore(at, wished, before.state != StepState::Done))
        return conclude(at, StepState::Undone, u"It is as it was before."_s);
    if (isFinal(m_plan, m_result.steps, at)) {
        m_stays.append(step(at).title);
        set(at, before.state, before.says);
        return true;
    }
    if (step(at).undo.isEmpty())
        return conclude(at, StepState::Undone,
                        step(at).undoText.isEmpty() ? u"Nothing to take back."_s : step(at).undoText);
    if (const auto written = m_journal.stepBegins(at, true); !written) {
        m_unrecorded = written.error().text();
        return false;
    }
    QString said;
    for (const Action &action : step(at).undo)
        if (const auto performed = m_executor.perform(action, m_options.stop); !performed)
            said += performed.error().text() + u' ';
    const Seen seen = observeUntil(wished, step(at).verifyLimit, m_executor, m_options);
    if (seen.kind == Seen::Kind::AllHold)
        return conclude(at, StepState::Undone, u"Taken back, and read back."_s);
    conclude(at, StepState::UndoFailed, said + seen.says);
    return false;
}

QString Run::whatStands() const
{
    QStringList standing;
    QStringList halves;
    for (int i = 0; i < m_plan.steps.size(); ++i) {
        if (m_result.steps[i].state == StepState::Done)
            standing.append(m_plan.steps[i].title);
        else if (m_result.steps[i].mayStand())
            halves.append(m_plan.steps[i].title);
    }
    QString text = standing.isEmpty() ? u"Nothing of the plan stands."_s
                                      : u"Done and read back: %1."_s.arg(standing.join("; "_L1));
    if (!halves.isEmpty())
        text += u" Not certain: %1."_s.arg(halves.join("; "_L1));
    return text;
}

RunResult Run::finish(RunOutcome outcome, const QString &says)
{
    m_result.outcome = outcome;
    m_result.says = says;
    if (!m_unrecorded.isEmpty())
        m_result.says += u" The journal could not be written: %1"_s.arg(m_unrecorded);
    if (const auto written = m_journal.ended(m_result); !written && m_unrecorded.isEmpty())
        m_result.says += u" The journal could not be written: %1"_s.arg(written.error().text());
    return m_result;
}

RunResult Run::forward()
{
    for (int at = 0; at < m_plan.steps.size(); ++at) {
        const StepState known = m_result.steps[at].state;
        if (known == StepState::Done || known == StepState::AlreadyDone)
            continue;
        const bool asked = !m_options.events.mayGoOn || m_options.events.mayGoOn(at);
        if (stopped() || !asked)
            return finish(RunOutcome::Stopped, u"Stopped before step %1. "_s.arg(at + 1) + whatStands());
        if (forwardStep(at))
            continue;
        const StepStatus &status = m_result.steps[at];
        if (stopped())
            return finish(RunOutcome::Stopped, u"Stopped in step %1. "_s.arg(at + 1) + whatStands());
        const bool moved = status.state == StepState::Invalidated;
        return finish(moved ? RunOutcome::Invalidated : RunOutcome::Failed,
                      u"Step %1 (%2): %3 "_s.arg(QString::number(at + 1), step(at).title, status.says) +
                          whatStands());
    }
    return finish(RunOutcome::Done, u"All steps are done and were read back."_s);
}

RunResult Run::backward()
{
    for (int at = static_cast<int>(m_plan.steps.size()) - 1; at >= 0; --at) {
        if (!m_result.steps[at].mayStand())
            continue;
        const bool asked = !m_options.events.mayGoOn || m_options.events.mayGoOn(at);
        if (stopped() || !asked)
            return finish(RunOutcome::Stopped, u"The way back was stopped. "_s + whatStands());
        const bool isBack = backwardStep(at);
        if (!isBack && stopped())
            return finish(RunOutcome::Stopped, u"The way back was stopped. "_s + whatStands());
        if (!isBack)
            return finish(RunOutcome::UndoFailed,
                          u"Step %1 (%2) could not be taken back: %3 "_s.arg(
                              QString::number(at + 1), step(at).title, m_result.steps[at].says) +
                              whatStands());
    }
    return finish(
        RunOutcome::Undone,
        m_stays.isEmpty()
            ? u"Everything was taken back, and read back."_s
            : u"What can be taken back was taken back, and read back. There is no way back from: %1."_s.arg(
                  m_stays.join("; "_L1)));
}

} // namespace

QString stepStateName(StepState state)
{
    for (const StateName &one : stateNames)
        if (one.state == state)
            return QString(one.name);
    return {};
}

std::optional<StepState> stepStateNamed(QStringView name)
{
    for (const StateName &one : stateNames)
        if (one.name == name)
            return one.state;
    return {};
}

QString runOutcomeName(RunOutcome outcome)
{
    switch (outcome) {
    case RunOutcome::Done:
        return u"done"_s;
    case RunOutcome::Stopped:
        return u"stopped"_s;
    case RunOutcome::Invalidated:
        return u"invalidated"_s;
    case RunOutcome::Failed:
        return u"failed"_s;
    case RunOutcome::Undone:
        return u"undone"_s;
    case RunOutcome::UndoFailed:
        return u"undo-failed"_s;
    }
    return {};
}

bool canBeTakenBack(const Plan &plan, const QList<StepStatus> &steps, int step)
{
    return steps.value(step).mayStand() && !isFinal(plan, steps, step);
}

RunResult runPlan(const Plan &plan, Executor &executor, RunJournal &journal, const RunOptions &options)
{
    return Run(plan, executor, journal, options).forward();
}

RunResult undoPlan(const Plan &plan, Executor &executor, RunJournal &journal, const RunOptions &options)
{
    return Run(plan, executor, journal, options).backward();
}

QList<StepStatus> assessPlan(const Plan &plan, Executor &executor, const RunOptions &options)
{
    QList<StepStatus> statuses = options.known;
    statuses.resize(plan.steps.size());
    for (int at = 0; at < plan.steps.size(); ++at) {
        const Step &step = plan.steps[at];
        // What had not begun is not done by us, even where it is so; what was read back as done may look
        // otherwise since a later step. Only the one that was cut off is in doubt.
        const StepState known = statuses[at].state;
        if (known == StepState::Scheduled || known == StepState::Undone || known == StepState::Done ||
            known == StepState::AlreadyDone || known == StepState::Invalidated)
            continue;
        const Seen after = observeAll(step.verify, executor, options.stop);
        if (after.kind == Seen::Kind::AllHold) {
            statuses[at] = {StepState::Done, u"Read back after the cut: it is done."_s,
                            QDateTime::currentDateTime()};
            continue;
        }
        const Seen before = observeAll(step.before, executor, options.stop);
        if (before.kind == Seen::Kind::AllHold)
            statuses[at] = {StepState::Scheduled, u"Read back after the cut: nothing of it was done."_s,
                            QDateTime::currentDateTime()};
        else
            statuses[at] = {StepState::Unclear, after.says, QDateTime::currentDateTime()};
    }
    return statuses;
}

} // namespace tropo
