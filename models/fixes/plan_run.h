#pragma once

#include "models/fixes/executor.h"

#include <functional>

namespace tropo {

/// The life of a step.
enum class StepState {
    Scheduled,
    Checking,
    Applying,
    Verifying,
    Done,        ///< read back and true
    AlreadyDone, ///< was so before: nothing was done
    Invalidated, ///< what must be true before is not: nothing was done
    Failed,      ///< tried, and not read back as wished: may stand by half
    Unclear,     ///< after a cut: neither done nor as before, or not to be read
    Undoing,
    Undone, ///< read back as it was before
    UndoFailed,
};

/// "done", "already-done", …: as the journal writes it.
QString stepStateName(StepState state);
std::optional<StepState> stepStateNamed(QStringView name);

struct StepStatus
{
    StepState state = StepState::Scheduled;
    QString says; ///< what was seen, or what went wrong and what to do
    QDateTime at;

    bool operator==(const StepStatus &) const = default;
    /// Whether something of it may stand on the machine.
    bool mayStand() const
    {
        return state == StepState::Done || state == StepState::Failed || state == StepState::Unclear ||
               state == StepState::UndoFailed || state == StepState::Applying ||
               state == StepState::Verifying || state == StepState::Undoing;
    }
};

enum class RunOutcome {
    Done,
    Stopped,     ///< by the operator, between two steps or in one
    Invalidated, ///< something moved; changed nothing further
    Failed,
    Undone,
    UndoFailed,
};
QString runOutcomeName(RunOutcome outcome);

struct RunResult
{
    RunOutcome outcome = RunOutcome::Done;
    QList<StepStatus> steps; ///< one a step of the plan
    QString says;            ///< what stands now, as a sentence or two

    bool operator==(const RunResult &) const = default;
};

/// What a run tells meanwhile, on its own thread.
struct RunEvents
{
    std::function<void(int step, const StepStatus &)> changed;
    /// Asked between two steps: false stops there. None: goes on.
    std::function<bool(int next)> mayGoOn;
};

/// Where a run writes what it is about to do and what came of it. An error stops the run: what cannot be
/// recorded is not done.
class RunJournal
{
public:
    virtual ~RunJournal() = default;
    virtual Result<void> stepBegins(int step, bool undoing) = 0;
    virtual Result<void> stepEnds(int step, const StepStatus &status) = 0;
    virtual Result<void> ended(const RunResult &result) = 0;
};

struct RunOptions
{
    std::stop_token stop;
    RunEvents events;
    QList<StepStatus> known; ///< of a run that was cut off: done steps are not done again. Empty: a new run
    std::chrono::milliseconds pollEvery{500}; ///< between two read-backs
    /// How long what is in doubt must look as before until that is believed: what was asked for may still
    /// come.
    std::chrono::milliseconds settle{10'000};
};

/// Carries out the steps in order: checks what must be true before, writes to the journal, acts, reads back.
/// The first step that does not end as wished stops it. Blocks.
RunResult runPlan(const Plan &plan, Executor &executor, RunJournal &journal, const RunOptions &options);

/// Whether something of a step may stand that undoPlan() could take back.
bool canBeTakenBack(const Plan &plan, const QList<StepStatus> &steps, int step);

/// Takes back what may stand, last step first. Each step is looked at first, so that it may be asked twice,
/// or after a cut. What is final stays, and is named; the first other step that cannot be taken back stops
/// it. Blocks.
RunResult undoPlan(const Plan &plan, Executor &executor, RunJournal &journal, const RunOptions &options);

/// After a cut: reads the machines again and says of each step whether it stands.
QList<StepStatus> assessPlan(const Plan &plan, Executor &executor, const RunOptions &options);

} // namespace tropo
