#include "tests/fixes/scripted_executor.h"

#include <QRegularExpression>
#include <QTest>

using namespace tropo;
using namespace tropo::test;
using namespace Qt::Literals::StringLiterals;

/// The life of a plan, whatever goes wrong: nothing twice, nothing half-done unsaid.
class TestPlanRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void allStepsInOrderEachRecordedBeforeAndAfter()
    {
        ScriptedExecutor fleet;
        MemoryJournal journal;
        const RunResult result = runPlan(switchPlan({u"a"_s, u"b"_s}), fleet, journal, {});
        QCOMPARE(result.outcome, RunOutcome::Done);
        QCOMPARE(fleet.calls, (QStringList{u"+a"_s, u"+b"_s}));
        QCOMPARE(journal.records,
                 (QStringList{u"begin 0"_s, u"end 0 done"_s, u"begin 1"_s, u"end 1 done"_s, u"done"_s}));
    }

    void whatIsSoAlreadyIsNotDoneAgainNorUndone()
    {
        ScriptedExecutor fleet;
        fleet.on = {u"a"_s};
        MemoryJournal journal;
        const Plan plan = switchPlan({u"a"_s, u"b"_s});
        const RunResult result = runPlan(plan, fleet, journal, {});
        QCOMPARE(states(result.steps), (QStringList{u"already-done"_s, u"done"_s}));
        QCOMPARE(fleet.calls, QStringList{u"+b"_s});
        const RunResult back = undoPlan(plan, fleet, journal, {{}, {}, result.steps});
        QCOMPARE(back.outcome, RunOutcome::Undone);
        QVERIFY(fleet.on.contains(u"a"_s));
        QVERIFY(!fleet.on.contains(u"b"_s));
    }

    void somethingMovedStopsThePlanBeforeAnythingIsDone()
    {
        ScriptedExecutor fleet;
        Plan plan = switchPlan({u"a"_s, u"b"_s});
        plan.steps[1].before.append(DomainAutostartIs{{u"trop02"_s, u"other"_s, {}}, true});
        MemoryJournal journal;
        const RunResult result = runPlan(plan, fleet, journal, {});
        QCOMPARE(result.outcome, RunOutcome::Invalidated);
        QCOMPARE(fleet.calls, QStringList{u"+a"_s});
        QVERIFY2(result.says.contains(u"other"), qPrintable(result.says));
        QVERIFY2(result.says.contains(u"Done and read back: Switch a on"), qPrintable(result.says));
    }

    void successThatIsNotReadBackIsAFailure()
    {
        ScriptedExecutor fleet;
        fleet.lying = {u"a"_s};
        MemoryJournal journal;
        const RunResult result = runPlan(switchPlan({u"a"_s, u"b"_s}), fleet, journal, {});
        QCOMPARE(result.outcome, RunOutcome::Failed);
        QCOMPARE(states(result.steps), (QStringList{u"failed"_s, u"scheduled"_s}));
        QCOMPARE(fleet.calls, QStringList{u"+a"_s});
    }

    void aFailureThatHappenedAllTheSameCounts()
    {
        ScriptedExecutor fleet;
        fleet.rough = {u"a"_s};
        MemoryJournal journal;
        const RunResult result = runPlan(switchPlan({u"a"_s, u"b"_s}), fleet, journal, {});
        QCOMPARE(result.outcome, RunOutcome::Done);
        QVERIFY(result.steps[0].says.contains(u"no answer"));
    }

    void undoTakesBackInReverseOrderAndReadsBack()
    {
        ScriptedExecutor fleet;
        fleet.broken = {u"c"_s};
        MemoryJournal journal;
        const Plan plan = switchPlan({u"a"_s, u"b"_s, u"c"_s});
        const RunResult result = runPlan(plan, fleet, journal, {});
        QCOMPARE(states(result.steps), (QStringList{u"done"_s, u"done"_s, u"failed"_s}));
        fleet.calls.clear();
        const RunResult back = undoPlan(plan, fleet, journal, {{}, {}, result.steps});
        QCOMPARE(back.outcome, RunOutcome::Undone);
        QCOMPARE(fleet.calls, (QStringList{u"-b"_s, u"-a"_s})); // c is as it was
        QVERIFY(fleet.on.isEmpty());
    }

    void anUndoThatFailsSaysWhatStands()
    {
        ScriptedExecutor fleet;
        MemoryJournal journal;
        const Plan plan = switchPlan({u"a"_s, u"b"_s});
        const RunResult result = runPlan(plan, fleet, journal, {});
        fleet.lying = {u"b"_s};
        const RunResult back = undoPlan(plan, fleet, journal, {{}, {}, result.steps});
        QCOMPARE(back.outcome, RunOutcome::UndoFailed);
        QVERIFY2(back.says.contains(u"Done and read back: Switch a on"), qPrintable(back.says));
        fleet.lying.clear();
        QCOMPARE(undoPlan(plan, fleet, journal, {{}, {}, back.steps}).outcome, RunOutcome::Undone);
        QVERIFY(fleet.on.isEmpty());
    }

    void notKnownIsNoGoAhead()
    {
        ScriptedExecutor fleet;
        fleet.unknown = {u"b"_s};
        MemoryJournal journal;
        const RunResult result = runPlan(switchPlan({u"a"_s, u"b"_s}), fleet, journal, {});
        QCOMPARE(result.outcome, RunOutcome::Invalidated);
        QVERIFY2(result.says.contains(u"no route"), qPrintable(result.says));
        QCOMPARE(fleet.calls, QStringList{u"+a"_s});
    }

    void stopBetweenStepsAndStopInOne()
    {
        ScriptedExecutor fleet;
        MemoryJournal journal;
        RunOptions options;
        options.events.mayGoOn = [](int next) { return next < 1; };
        const RunResult between = runPlan(switchPlan({u"a"_s, u"b"_s}), fleet, journal, options);
        QCOMPARE(between.outcome, RunOutcome::Stopped);
        QCOMPARE(fleet.calls, QStringList{u"+a"_s});

        ScriptedExecutor other;
        std::stop_source stop;
        other.beforePerform = [&stop](const QString &) { stop.request_stop(); };
        RunOptions cancelled;
        cancelled.stop = stop.get_token();
        const RunResult inside = runPlan(switchPlan({u"a"_s, u"b"_s}), other, journal, cancelled);
        QCOMPARE(inside.outcome, RunOutcome::Stopped);
        QCOMPARE(other.calls, QStringList{u"+a"_s});
    }

    void theWayBackIsStoppedBetweenStepsAndGoneOnWith()
    {
        ScriptedExecutor fleet;
        MemoryJournal journal;
        const Plan plan = switchPlan({u"a"_s, u"b"_s});
        const RunResult done = runPlan(plan, fleet, journal, {});
        RunOptions options;
        options.known = done.steps;
        options.events.mayGoOn = [](int next) { return next > 0; };
        const RunResult stopped = undoPlan(plan, fleet, journal, options);
        QCOMPARE(stopped.outcome, RunOutcome::Stopped);
        QCOMPARE(states(stopped.steps), (QStringList{u"done"_s, u"undone"_s}));
        QVERIFY2(stopped.says.contains(u"Switch a on"), qPrintable(stopped.says));
        QCOMPARE(undoPlan(plan, fleet, journal, {{}, {}, stopped.steps}).outcome, RunOutcome::Undone);
        QVERIFY(fleet.on.isEmpty());
    }

    void whatFailedAndBecameTrueLaterIsTakenBackAllTheSame()
    {
        ScriptedExecutor fleet;
        fleet.broken = {u"b"_s};
        MemoryJournal journal;
        const Plan plan = switchPlan({u"a"_s, u"b"_s, u"c"_s});
        const RunResult failed = runPlan(plan, fleet, journal, {});
        QCOMPARE(states(failed.steps), (QStringList{u"done"_s, u"failed"_s, u"scheduled"_s}));
        fleet.on.insert(u"b"_s); // the machine was only slow
        fleet.broken = {u"c"_s};
        const RunResult again = runPlan(plan, fleet, journal, {{}, {}, failed.steps});
        QCOMPARE(states(again.steps), (QStringList{u"done"_s, u"done"_s, u"failed"_s}));
        QCOMPARE(undoPlan(plan, fleet, journal, {{}, {}, again.steps}).outcome, RunOutcome::Undone);
        QVERIFY(fleet.on.isEmpty());
    }

    void whatFailedAndCannotBeToldLaterStaysInDoubt()
    {
        ScriptedExecutor fleet;
        fleet.broken = {u"b"_s};
        MemoryJournal journal;
        const Plan plan = switchPlan({u"a"_s, u"b"_s});
        const RunResult failed = runPlan(plan, fleet, journal, {});
        fleet.unknown = {u"b"_s};
        const RunResult again = runPlan(plan, fleet, journal, {{}, {}, failed.steps});
        QCOMPARE(states(again.steps), (QStringList{u"done"_s, u"unclear"_s}));
        fleet.unknown.clear();
        fleet.broken.clear();
        fleet.on.insert(u"b"_s);
        QCOMPARE(undoPlan(plan, fleet, journal, {{}, {}, again.steps}).outcome, RunOutcome::Undone);
        QVERIFY(fleet.on.isEmpty());
    }

    void anErrorIsNotDoneByAReadBackThatProvesNothing()
    {
        ScriptedExecutor fleet;
        fleet.broken = {u"a"_s};
        MemoryJournal journal;
        Plan plan = switchPlan({u"a"_s});
        plan.steps[0].verify = plan.steps[0].before; // it runs, before and after
        QCOMPARE(runPlan(plan, fleet, journal, {}).outcome, RunOutcome::Failed);
        plan.steps[0].verify.clear();
        QCOMPARE(runPlan(plan, fleet, journal, {}).outcome, RunOutcome::Failed);
    }

    void whatIsNeedlessByNowIsNotDone()
    {
        ScriptedExecutor fleet;
        MemoryJournal journal;
        Plan plan = switchPlan({u"a"_s, u"b"_s});
        plan.steps[0].needless = plan.steps[0].before;
        const RunResult result = runPlan(plan, fleet, journal, {});
        QCOMPARE(result.outcome, RunOutcome::Done);
        QCOMPARE(fleet.calls, QStringList{u"+b"_s});
    }

    void whatIsInDoubtIsWatchedBeforeItIsCalledAsBefore()
    {
        ScriptedExecutor fleet;
        fleet.simulation = false;
        fleet.broken = {u"a"_s};
        MemoryJournal journal;
        const Plan plan = switchPlan({u"a"_s});
        RunOptions options;
        options.pollEvery = std::chrono::milliseconds(1);
        const RunResult failed = runPlan(plan, fleet, journal, options);
        fleet.broken.clear();
        int looks = 0;
        fleet.beforeObserve = [&](const QString &name) {
            if (++looks == 3)
                fleet.on.insert(name); // what was asked for comes late
        };
        options.known = failed.steps;
        const RunResult back = undoPlan(plan, fleet, journal, options);
        QCOMPARE(back.outcome, RunOutcome::Undone);
        QVERIFY(looks >= 3 && fleet.on.isEmpty());
    }

    void whatIsFinalStaysAndIsNamed()
    {
        ScriptedExecutor fleet;
        MemoryJournal journal;
        Plan plan = switchPlan({u"a"_s, u"b"_s, u"c"_s});
        plan.steps[1].finalAfter = plan.steps[2].id; // as a container that is stopped, until it is removed
        plan.steps[2].finalAfter = plan.steps[2].id;
        const RunResult done = runPlan(plan, fleet, journal, {});
        QVERIFY(canBeTakenBack(plan, done.steps, 0) && !canBeTakenBack(plan, done.steps, 1));
        const RunResult back = undoPlan(plan, fleet, journal, {{}, {}, done.steps});
        QCOMPARE(back.outcome, RunOutcome::Undone);
        QVERIFY2(back.says.contains(u"no way back from: Switch c on; Switch b on"), qPrintable(back.says));
        QCOMPARE(states(back.steps), (QStringList{u"undone"_s, u"done"_s, u"done"_s}));

        QList<StepStatus> half = done.steps;
        half[2] = {};
        ScriptedExecutor other;
        other.on = {u"a"_s, u"b"_s};
        const RunResult whole = undoPlan(plan, other, journal, {{}, {}, half});
        QVERIFY2(whole.says.startsWith(u"Everything"), qPrintable(whole.says));
        QVERIFY(other.on.isEmpty());
    }

    void whatCannotBeRecordedIsNotDone()
    {
        for (int room = 0; room < 4; ++room) {
            ScriptedExecutor fleet;
            MemoryJournal journal;
            journal.room = room;
            const RunResult result = runPlan(switchPlan({u"a"_s, u"b"_s, u"c"_s}), fleet, journal, {});
            QVERIFY(result.outcome != RunOutcome::Done);
            QVERIFY2(result.says.contains(u"journal"), qPrintable(result.says));
            QCOMPARE(fleet.calls.size(), (room + 1) / 2);
        }
    }

    void afterACutTheMachinesTellWhatStands()
    {
        const Plan plan = switchPlan({u"a"_s, u"b"_s, u"c"_s});
        for (const bool happened : {false, true}) {
            ScriptedExecutor fleet;
            fleet.on = {u"a"_s};
            if (happened)
                fleet.on.insert(u"b"_s);
            // The journal: a is done, b had begun, c had not.
            QList<StepStatus> known(3);
            known[0].state = StepState::Done;
            known[1].state = StepState::Applying;
            const auto read = assessPlan(plan, fleet, {{}, {}, known});
            QCOMPARE(states(read),
                     (QStringList{u"done"_s, happened ? u"done"_s : u"scheduled"_s, u"scheduled"_s}));
            MemoryJournal journal;
            const RunResult result = runPlan(plan, fleet, journal, {{}, {}, read});
            QCOMPARE(result.outcome, RunOutcome::Done);
            QCOMPARE(fleet.calls, happened ? QStringList{u"+c"_s} : (QStringList{u"+b"_s, u"+c"_s}));
        }
    }

    void aRunbookPassesForAShellWhateverTheNames()
    {
        Plan plan = switchPlan({u"a\nrm -rf /tmp/x\n; $(id) ' \" `id`"_s});
        plan.intent = u"one\ntwo; $(touch /tmp/owned)"_s;
        plan.warnings = {u"mind\nthis"_s};
        for (const QString &line : planRunbook(plan).split(u'\n'))
            QVERIFY2(line.isEmpty() || line.startsWith(u'#') || line == u"set -euo pipefail",
                     qPrintable(line));
    }
};

QTEST_GUILESS_MAIN(TestPlanRun)
#include "test_plan_run.moc"
