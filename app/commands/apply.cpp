#include "app/commands/commands.h"
#include "app/commands/confirm.h"
#include "app/fixing/before_after.h"
#include "app/fixing/live_fix.h"
#include "app/fixing/simulation.h"
#include "app/terminal_asker.h"
#include "models/items/visible_text.h"

#include <QEventLoop>
#include <QTimer>

#include <csignal>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

volatile std::sig_atomic_t interrupted = 0;

void interrupt(int)
{
    interrupted = 1;
}

int statusOf(const RunResult &result, const QString &journal)
{
    printError(result.says);
    if (result.outcome == RunOutcome::Done || result.outcome == RunOutcome::Undone)
        return Done;
    if (!journal.isEmpty())
        printError(
            u"\"troposcope apply --fleet FILE --undo %1\" takes back what stands, --resume goes on"_s.arg(
                journal));
    return Found;
}

void printStep(const Plan &plan, int step, const StepStatus &status)
{
    const QString says = status.says.isEmpty() ? QString() : QString(u" ("_s + status.says + u')');
    printError(u"%1/%2 %3: %4%5"_s.arg(QString::number(step + 1), QString::number(plan.steps.size()),
                                       stepStateName(status.state), plan.steps[step].title, says));
}

/// How a job ended.
struct Carried
{
    int status = Failed;
    bool hasRun = false; ///< false: refused, nothing was done
    QString journal;     ///< its path; empty: none was kept
};

/// Carries a job out, with progress on standard error. Ctrl+C ends it after the step under way.
/// `yes`: what was read back is kept without asking.
Carried carryOut(const FixJob &job, bool yes)
{
    FixRun run(job);
    QEventLoop loop;
    Carried carried;
    QObject::connect(&run, &FixRun::stepChanged, &loop,
                     [&job](int step, const StepStatus &state) { printStep(job.plan, step, state); });
    QObject::connect(&run, &FixRun::refused, &loop, [&](const Error &error) {
        carried.status = fail(error);
        loop.quit();
    });
    QObject::connect(&run, &FixRun::finished, &loop, [&](const RunResult &result, const QString &journal) {
        carried = {statusOf(result, journal), true, journal};
        loop.quit();
    });
    QObject::connect(&run, &FixRun::confirmationWanted, &loop, [&run, yes](const QDateTime &until) {
        if (yes || isToBeKept(until))
            run.keep();
        else
            run.stopAfterStep();
    });
    QTimer watch; // a signal's handler may do next to nothing
    QObject::connect(&watch, &QTimer::timeout, &run, [&run] {
        if (interrupted)
            run.stopAfterStep();
    });
    watch.start(std::chrono::milliseconds(100));
    interrupted = 0;
    std::signal(SIGINT, interrupt);
    run.start();
    loop.exec();
    std::signal(SIGINT, SIG_DFL);
    return carried;
}

/// After a run on the fleet itself: what the machines say now that they did not say before.
void tellChanges(const Request &request, const Snapshot &before, const Plan &plan, const QString &journal)
{
    const QDateTime asked = QDateTime::currentDateTime();
    const auto after = readAgain(request, before, plan.hypervisors);
    if (!after || !isFresh(**after, asked, plan.hypervisors))
        return printError(u"It could not be read again, so what differs from before is not known."_s);
    const ReadingChanges changes = changesBetween(before, **after);
    QString text = changes.changes.isEmpty() ? u"Read again: nothing differs from before.\n"_s
                                             : u"Read again, this differs from before:\n"_s;
    for (const QString &change : changes.changes)
        text += u"  - "_s + visibleText(change, 1000) + u'\n';
    printOut(text);
    if (journal.isEmpty())
        return;
    if (const auto kept = keepChanges(journal, changes); !kept)
        printError(kept.error().text());
}

/// Carries out a job on the fleet itself, and tells what differs from `before` then.
int carryOutLive(const Request &request, const FixJob &job, const Snapshot &before)
{
    const Carried carried = carryOut(job, request.yes);
    if (carried.hasRun)
        tellChanges(request, before, job.plan, carried.journal);
    return carried.status;
}

/// Shows the whole plan, and asks.
Result<void> shownAndConfirmed(const Plan &plan, bool yes)
{
    printOut(planText(plan) + u'\n');
    return confirmed(plan, yes);
}

int applySimulated(const Request &request, const Snapshot &snapshot)
{
    const Simulation simulation = simulationOf(snapshot);
    const Fleet fleet = simulation.fleet->fleet();
    const Evidence evidence = simulation.fleet->evidence();
    auto plan = makePlan({fleet, simulation.policy, evidence}, request.plan);
    if (!plan)
        return fail(plan.error());
    addAssumptions(simulation, *plan);
    if (const auto yes = shownAndConfirmed(*plan, request.yes); !yes)
        return fail(yes.error());
    const int status = carryOut(simulatedJob(simulation, *plan), request.yes).status;
    printError(u"This was a simulation: nothing was changed on any machine."_s);
    return status;
}

/// A plan made long ago is made anew before it is carried out: whoever took a while to say yes said it to
/// that plan.
Result<void> stillTheSame(const Request &request, SnapshotPtr &snapshot, const Plan &plan)
{
    if (snapshot->fleet.taken.secsTo(QDateTime::currentDateTime()) <= oldestReading.count())
        return {};
    const auto now = snapshotOf(request);
    if (!now)
        return tl::unexpected(now.error());
    snapshot = *now;
    const auto again = makePlan(planInput(*snapshot), request.plan);
    if (!again)
        return tl::unexpected(again.error());
    if (again->steps != plan.steps)
        return failure(
            ErrorKind::Refused, {},
            u"the fleet has changed since the plan was shown, and it would be another now; look at it again"_s);
    return {};
}

int applyLive(const Request &request, SnapshotPtr snapshot)
{
    const auto plan = makePlan(planInput(*snapshot), request.plan);
    if (!plan)
        return fail(plan.error());
    if (const auto yes = shownAndConfirmed(*plan, request.yes); !yes)
        return fail(yes.error());
    if (const auto same = stillTheSame(request, snapshot, *plan); !same)
        return fail(same.error());
    return carryOutLive(request, liveJob(*snapshot, *plan, terminalAsker()), *snapshot);
}

/// Goes on with a plan that was cut off, or takes it back, after reading the machines again.
int takeUp(const Request &request, const Snapshot &snapshot)
{
    const bool isUndo = !request.undoJournal.isEmpty();
    const auto begun = readJournal(isUndo ? request.undoJournal : request.resumeJournal);
    if (!begun)
        return fail(begun.error());
    FixJob job =
        begunJob(snapshot, *begun, isUndo ? FixDirection::Undo : FixDirection::Apply, terminalAsker());
    // Before its locks are taken: they are its own, and would be taken from it.
    if (isJournalInUse(begun->path))
        return fail(
            {ErrorKind::Refused, begun->path, u"another Troposcope carries out this plan at this moment"_s});
    if (const auto read = readAgain(job, {}); !read)
        return fail(read.error());
    for (int step = 0; step < job.known.size(); ++step)
        printStep(job.plan, step, job.known[step]);
    if (const auto yes = shownAndConfirmed(begun->plan, request.yes); !yes)
        return fail(yes.error());
    return carryOutLive(request, job, snapshot);
}

} // namespace

int runApply(const Request &request)
{
    const bool takesUp = !request.resumeJournal.isEmpty() || !request.undoJournal.isEmpty();
    if (takesUp && request.source == SourceKind::Demo)
        return fail({ErrorKind::Usage,
                     {},
                     u"a simulation keeps no journal: --resume and --undo need --fleet FILE"_s});
    if (request.source == SourceKind::FleetFile && !takesUp)
        for (const JournalEntry &open : openPlans().value)
            printError(u"a plan of %1 did not come to its end: %2; its journal is %3"_s.arg(
                open.started.toLocalTime().toString(Qt::ISODate), open.plan.intent, open.path));
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    if (request.source == SourceKind::Demo)
        return applySimulated(request, **snapshot);
    return takesUp ? takeUp(request, **snapshot) : applyLive(request, *snapshot);
}

} // namespace tropo
