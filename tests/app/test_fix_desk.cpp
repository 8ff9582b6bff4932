#include "app/fixing/fix_desk.h"
#include "app/judgement.h"
#include "views/plan/plan_dialog.h"
#include "views/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Machines of which only a VM's autostart and a timer exist.
class TwoSwitches : public Executor
{
public:
    bool on = false;
    bool armed = false;
    bool answers = true;

    Result<void> perform(const Action &action, const std::stop_token &) override
    {
        if (const auto *set = std::get_if<SetDomainAutostart>(&action))
            on = set->on;
        armed = std::holds_alternative<ArmRevert>(action) ||
                (armed && !std::holds_alternative<DisarmRevert>(action));
        return {};
    }
    Result<Observation> observe(const Condition &condition, const std::stop_token &) override
    {
        if (!answers)
            return failure(ErrorKind::Unreachable, u"trop02"_s, u"no answer"_s);
        if (const auto *is = std::get_if<DomainAutostartIs>(&condition))
            return Observation{is->on == on, on ? u"it is on"_s : u"it is off"_s};
        if (const auto *is = std::get_if<RevertArmed>(&condition))
            return Observation{is->armed == armed, armed ? u"it is armed"_s : u"it is not armed"_s};
        return failure(ErrorKind::Unsupported, {}, u"not of these machines"_s);
    }
    bool isSimulation() const override { return true; }
};

const VmPlace vmPlace{u"trop02"_s, u"Acilamwen"_s, u"u"_s};
const RevertPlace timer{vmPlace, false, u"r1"_s};

Step switchStep()
{
    Step step;
    step.id = u"autostart"_s;
    step.title = u"Let it start by itself"_s;
    step.machine = u"trop02/vm/Acilamwen"_s;
    step.action = SetDomainAutostart{vmPlace, true};
    step.before = {DomainAutostartIs{vmPlace, false}};
    step.verify = {DomainAutostartIs{vmPlace, true}};
    step.undo = {SetDomainAutostart{vmPlace, false}};
    return step;
}

Step timerStep(bool arm, int seconds)
{
    Step step;
    step.id = arm ? u"arm"_s : u"disarm"_s;
    step.title = step.id;
    step.machine = u"trop02"_s;
    step.action = arm ? Action(ArmRevert{timer, seconds, {}}) : Action(DisarmRevert{{timer}});
    step.before = {RevertArmed{timer, !arm}};
    step.verify = {RevertArmed{timer, arm}};
    if (arm)
        step.undo = {DisarmRevert{{timer}}};
    return step;
}

Plan planOf(const QList<Step> &steps)
{
    Plan plan;
    plan.name = u"autostart-on"_s;
    plan.intent = u"Let Acilamwen start by itself"_s;
    plan.steps = steps;
    plan.touches = {u"trop02/vm/Acilamwen"_s};
    plan.hypervisors = {u"trop02"_s};
    return plan;
}

Plan revertingPlan(int seconds)
{
    return planOf({timerStep(true, seconds), switchStep(), timerStep(false, seconds)});
}

/// A desk over the demo, whose fleet changes as simulations change it.
struct DemoDesk
{
    QWidget window;
    SnapshotPtr shown;
    int readings = 0;
    std::shared_ptr<TwoSwitches> machines = std::make_shared<TwoSwitches>();
    std::unique_ptr<FixDesk> desk;

    DemoDesk()
    {
        const EndOfLifeTable table = bundledEndOfLife();
        shown = *openDemo(table);
        FixGround ground;
        ground.shown = [this] { return shown; };
        ground.readAgain = [this](const QStringList &) { ++readings; };
        ground.show = [this](const SnapshotPtr &snapshot) { shown = snapshot; };
        ground.live = [this](const Snapshot &, const Plan &plan) {
            FixJob job;
            job.plan = plan;
            job.executor = [machines = machines](const QString &, const std::stop_token &)
                -> Result<std::shared_ptr<Executor>> { return std::shared_ptr<Executor>(machines); };
            return job;
        };
        desk = std::make_unique<FixDesk>(ground, &window);
    }

    QString says(const QString &label) const
    {
        return desk->dialog() ? desk->dialog()->findChild<QLabel *>(label)->text() : QString();
    }
    QString outcome() const { return says(u"planOutcome"_s); }
    QString notice() const { return desk->notice() ? desk->notice()->text() : QString(); }

    /// A live fleet of which all is known, read so many seconds ago.
    SnapshotPtr live(int age) const
    {
        auto live =
            std::make_shared<Snapshot>(*simulationOf(*shown).snapshot(SnapshotKind::Live, u"fleet.toml"_s));
        const QDateTime taken = QDateTime::currentDateTime().addSecs(-age);
        live->evidence.taken = taken;
        for (Document &document : live->evidence.documents)
            document.taken = taken;
        for (SourceError &error : live->evidence.errors)
            error.taken = taken;
        return live;
    }

    /// The same, in which Acilamwen starts by itself or does not.
    SnapshotPtr liveWith(bool autostart, int age) const
    {
        auto made = std::make_shared<Snapshot>(*live(age));
        for (Hypervisor &hypervisor : made->fleet.hypervisors)
            for (Domain &domain : *hypervisor.domains)
                if (domain.name == u"Acilamwen")
                    domain.autostart = autostart;
        return made;
    }

    bool has(const QString &rule, const QString &vm) const
    {
        return std::any_of(shown->findings.begin(), shown->findings.end(), [&](const Finding &finding) {
            return finding.rule == rule && finding.subject.startsWith(vm);
        });
    }

    QPushButton *button(const QString &name) const { return desk->dialog()->findChild<QPushButton *>(name); }

    bool shows(const QString &name) const { return desk->dialog() && button(name)->isVisible(); }

    void confirm() const
    {
        for (QLineEdit *edit : desk->dialog()->findChildren<QLineEdit *>())
            edit->setText(edit->property("wanted").toString());
    }

    QString changes() const { return says(u"planChanges"_s); }
};

const QString acilamwen = u"trop02/vm/Acilamwen"_s;

} // namespace

class TestFixDesk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_state = std::make_unique<QTemporaryDir>();
        qputenv("XDG_STATE_HOME", m_state->path().toLocal8Bit());
    }

    void theDemosDuplicatesGoAndComeBackInTheSimulation()
    {
        DemoDesk demo;
        QVERIFY(demo.has(u"float-duplicate-nic"_s, acilamwen));
        demo.desk->want({u"nic-remove-duplicates"_s, {acilamwen}, {}});
        QTRY_VERIFY(demo.desk->dialog());
        QVERIFY(demo.desk->dialog()->windowTitle().startsWith(u"Simulation"_s));
        demo.confirm();
        QTRY_VERIFY(demo.button(u"planApply"_s)->isEnabled());
        demo.button(u"planApply"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(demo.changes().contains(u"this differs"_s), 10'000);
        QVERIFY(!demo.has(u"float-duplicate-nic"_s, acilamwen));
        QVERIFY(demo.shown->isSimulated);
        QCOMPARE(demo.readings, 0); // no machine was asked
        demo.button(u"planUndo"_s)->click();
        QTRY_VERIFY2_WITH_TIMEOUT(demo.changes().contains(u"nothing differs"_s), qPrintable(demo.changes()),
                                  10'000);
        QVERIFY(demo.has(u"float-duplicate-nic"_s, acilamwen));
        demo.desk->dialog()->close();
    }

    void whatCannotBeMadeSafeSaysWhy()
    {
        DemoDesk demo;
        demo.desk->want({u"float-reassign"_s, {u"float1"_s, u"nobody-has-this-name"_s}, {}});
        QTRY_VERIFY2(demo.notice().contains(u"nobody-has-this-name"_s), qPrintable(demo.notice()));
        QVERIFY(!demo.desk->dialog());
        QCOMPARE(demo.desk->notice()->textFormat(), Qt::PlainText);
        demo.desk->notice()->close();
    }

    void onePlanAtATime()
    {
        DemoDesk demo;
        demo.desk->want({u"nic-remove-duplicates"_s, {acilamwen}, {}});
        QTRY_VERIFY(demo.desk->dialog());
        const PlanDialog *first = demo.desk->dialog();
        demo.desk->want({u"float-release"_s, {u"float1"_s}, {}});
        QVERIFY(demo.says(u"planRemark"_s).contains(u"Close this plan"_s));
        QCOMPARE(demo.desk->dialog(), first);
        demo.desk->dialog()->close();
    }

    void twoWishesInOneBreathOpenOnePlan()
    {
        DemoDesk demo;
        demo.desk->want({u"nic-remove-duplicates"_s, {acilamwen}, {}});
        demo.desk->want({u"float-release"_s, {u"float1"_s}, {}});
        QTRY_VERIFY(demo.desk->dialog());
        QTest::qWait(0);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(demo.window.findChildren<PlanDialog *>().size(), 1);
        QCOMPARE(demo.desk->dialog()->plan().name, u"float-release"_s);
        demo.desk->dialog()->close();
    }

    void whatWasWishedOfAnotherFleetIsDropped()
    {
        DemoDesk demo;
        demo.desk->want({u"nic-remove-duplicates"_s, {acilamwen}, {}});
        demo.desk->leave();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!demo.desk->dialog());
    }

    void anOldReadingIsTakenAnewFirst()
    {
        DemoDesk demo;
        demo.shown = demo.live(120);
        demo.desk->want({u"nic-remove-duplicates"_s, {acilamwen}, {}});
        QCOMPARE(demo.readings, 1);
        QVERIFY(!demo.desk->dialog());
        QVERIFY(demo.notice().contains(u"older than a minute"_s));
        demo.shown = demo.live(-1);
        demo.desk->snapshotArrived(demo.shown);
        QTRY_VERIFY(demo.desk->dialog());
        QVERIFY(!demo.desk->notice() || !demo.desk->notice()->isVisible());
        QVERIFY(!demo.desk->dialog()->windowTitle().startsWith(u"Simulation"_s));
        demo.desk->dialog()->close();
    }

    void whatThePlanRestsOnMustHaveBeenReadNotOnlyTried()
    {
        DemoDesk demo;
        auto half = std::make_shared<Snapshot>(*demo.live(3600));
        const QDateTime now = QDateTime::currentDateTime();
        for (auto it = half->evidence.documents.begin(); it != half->evidence.documents.end(); ++it)
            if (!it.key().startsWith(u"trop02/libvirt/"))
                it->taken = now;
        half->evidence.errors.append({u"trop02"_s, u"libvirt"_s, u"no route"_s, now});
        demo.shown = half;
        demo.desk->want({u"nic-remove-duplicates"_s, {acilamwen}, {}});
        QTRY_VERIFY2(demo.notice().contains(u"does not answer since"_s), qPrintable(demo.notice()));
        QVERIFY(!demo.desk->dialog());
        demo.desk->notice()->close();
    }

    void aPlanThatEndedHalfWayIsOfferedAgain()
    {
        DemoDesk demo;
        const Plan plan = planOf({switchStep(), timerStep(true, 60)});
        const QString path = cutOff(plan, {0}, 1);
        {
            const auto journal = JournalFile::resume(path);
            QVERIFY(journal && (*journal)->stepEnds(1, {StepState::Failed, u"refused"_s, {}}));
            QVERIFY((*journal)->ended({RunOutcome::Failed, {}, u"the link was lost"_s}));
        }
        demo.machines->on = true;
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_VERIFY2(demo.says(u"planRemark"_s).contains(u"the link was lost"_s),
                     qPrintable(demo.says(u"planRemark"_s)));
        QTRY_VERIFY(demo.shows(u"planUndo"_s));
        demo.desk->dialog()->close();
    }

    void oneMachineReadAnewDoesNotMakeTheFleetFresh()
    {
        DemoDesk demo;
        auto live = std::make_shared<Snapshot>(*demo.live(120));
        live->evidence.taken = QDateTime::currentDateTime();
        live->evidence.documents.first().taken = live->evidence.taken;
        const QDateTime since = QDateTime::currentDateTime().addSecs(-60);
        const QStringList all = live->evidence.hypervisors();
        const QString first = unescapedName(live->evidence.documents.firstKey().section(u'/', 0, 0));
        QVERIFY(all.size() > 1 || !all.contains(first));
        QVERIFY(!isFresh(*live, since));
        QVERIFY(isFresh(*demo.live(30), since));
    }

    void aWishThatWaitsCanBeTakenBack()
    {
        DemoDesk demo;
        demo.shown = demo.live(120);
        demo.desk->want({u"nic-remove-duplicates"_s, {acilamwen}, {}});
        demo.desk->notice()->button(QMessageBox::Cancel)->click();
        demo.shown = demo.live(-1);
        demo.desk->snapshotArrived(demo.shown);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!demo.desk->dialog());
    }

    void withoutAFreshReadingThereIsNoPlan()
    {
        DemoDesk demo;
        demo.shown = demo.live(120);
        demo.desk->want({u"nic-remove-duplicates"_s, {acilamwen}, {}});
        demo.desk->snapshotArrived(demo.shown);
        QVERIFY2(demo.notice().contains(u"could be read again"_s), qPrintable(demo.notice()));
        QVERIFY(!demo.desk->dialog());
        demo.desk->notice()->close();
    }

    void anOptionMakesThePlanAnew()
    {
        DemoDesk demo;
        demo.desk->want({u"float-release"_s, {u"float1"_s}, {}});
        QTRY_VERIFY(demo.desk->dialog());
        const qsizetype steps = demo.desk->dialog()->plan().steps.size();
        Q_EMIT demo.desk->dialog()->optionChanged(u"revert"_s, u"300"_s);
        QVERIFY(!demo.button(u"planApply"_s)->isEnabled());
        QTRY_VERIFY(!demo.outcome().contains(u"made anew"_s));
        QVERIFY(demo.desk->dialog()->plan().steps.size() >= steps);
        demo.desk->dialog()->close();
    }

    void aPlanThatWasCutOffIsFoundAndGoesOn()
    {
        DemoDesk demo;
        const QString journal = cutOff(planOf({switchStep(), timerStep(true, 60)}), {0}, 1);
        demo.machines->on = true; // the first step's own work
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_VERIFY(demo.desk->dialog());
        QVERIFY2(demo.says(u"planRemark"_s).contains(u"jo@desk"_s), qPrintable(demo.says(u"planRemark"_s)));
        QTRY_VERIFY2(demo.outcome().contains(u"1 of its 2 steps"_s), qPrintable(demo.outcome()));
        const auto *steps = demo.desk->dialog()->findChild<QListWidget *>();
        QVERIFY2(steps->item(0)->text().contains(u"done"_s), qPrintable(steps->item(0)->text()));
        QVERIFY2(steps->item(1)->text().contains(u"to do"_s), qPrintable(steps->item(1)->text()));
        QVERIFY(demo.button(u"planUndo"_s)->isVisible());
        QVERIFY(demo.button(u"planSettle"_s)->isVisible());
        demo.button(u"planApply"_s)->click();
        QTRY_VERIFY2(demo.outcome().contains(u"All steps are done"_s), qPrintable(demo.outcome()));
        QVERIFY(demo.machines->armed);
        QVERIFY(!readJournal(journal)->isCutOff());
        demo.desk->dialog()->close();
    }

    void whatDiffersAfterwardsIsToldAndKeptInTheJournal()
    {
        DemoDesk demo;
        demo.shown = demo.liveWith(false, 1);
        const QString journal = cutOff(planOf({switchStep()}), {}, 0);
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_VERIFY(demo.shows(u"planSettle"_s));
        demo.button(u"planApply"_s)->click();
        QTRY_COMPARE(demo.readings, 1);
        const SnapshotPtr after = demo.liveWith(true, -1);
        demo.desk->snapshotArrived(after);
        QTRY_VERIFY2(demo.changes().contains(u"this differs"_s), qPrintable(demo.changes()));
        const auto kept = readJournal(journal)->compared;
        QVERIFY(kept);
        QVERIFY2(kept->changes.join(u' ').contains(u"Acilamwen"), qPrintable(kept->changes.join(u'\n')));
        QVERIFY2(demo.changes().contains(kept->changes.first()), qPrintable(demo.changes()));
        demo.desk->dialog()->close();
    }

    void aPlanThatWasCutOffIsUndone()
    {
        DemoDesk demo;
        const QString journal = cutOff(planOf({switchStep(), timerStep(true, 60)}), {0}, 1);
        demo.machines->on = true;
        demo.machines->armed = true; // the second step was done, and nobody knew
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_VERIFY2(demo.outcome().contains(u"2 of its 2 steps"_s), qPrintable(demo.outcome()));
        demo.button(u"planUndo"_s)->click();
        QTRY_VERIFY2(demo.outcome().contains(u"taken back"_s), qPrintable(demo.outcome()));
        QVERIFY(!demo.machines->on && !demo.machines->armed);
        QVERIFY(!readJournal(journal)->isCutOff());
        demo.desk->dialog()->close();
    }

    void aPlanThatWasCutOffIsLeftAsItStandsAndTheNextIsOffered()
    {
        DemoDesk demo;
        const QString first = cutOff(planOf({switchStep()}), {}, 0);
        Plan other = planOf({timerStep(true, 60)});
        other.name = u"float-release"_s;
        const QString second = cutOff(other, {}, 0);
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_VERIFY(demo.shows(u"planSettle"_s));
        const QString shown = demo.desk->dialog()->plan().steps.first().id;
        demo.button(u"planSettle"_s)->click();
        QTRY_VERIFY(demo.desk->dialog() && demo.desk->dialog()->plan().steps.first().id != shown);
        QTRY_VERIFY(demo.shows(u"planSettle"_s));
        demo.desk->dialog()->close();
        QTRY_VERIFY(!demo.desk->dialog());
        QCoreApplication::processEvents();
        QVERIFY(!demo.desk->dialog());
        QCOMPARE(int(readJournal(first)->isCutOff()) + int(readJournal(second)->isCutOff()), 1);
    }

    void whatDoesNotAnswerIsNotClear()
    {
        DemoDesk demo;
        cutOff(planOf({switchStep()}), {}, 0);
        demo.machines->answers = false;
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_VERIFY(demo.shows(u"planSettle"_s));
        const auto *steps = demo.desk->dialog()->findChild<QListWidget *>();
        QVERIFY2(steps->item(0)->text().contains(u"not clear"_s), qPrintable(steps->item(0)->text()));
        demo.desk->dialog()->close();
    }

    void plansOfOtherFleetsAreNotOffered()
    {
        DemoDesk demo;
        Plan other = planOf({switchStep()});
        other.hypervisors = {u"elsewhere"_s};
        cutOff(other, {}, 0);
        demo.desk->offerCutOff(demo.shown->policy);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!demo.desk->dialog());
    }

    void aJournalThatCannotBeReadIsNamed()
    {
        DemoDesk demo;
        QVERIFY(QDir().mkpath(journalFolder()));
        QFile file(journalFolder() + u"/torn.jsonl"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{not json\n");
        file.close();
        QSignalSpy warned(demo.desk.get(), &FixDesk::warned);
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_COMPARE(warned.size(), 1);
        QVERIFY(warned.first().first().toString().contains(u"torn"_s));
    }

    void aChangeThatUndoesItselfWaitsToBeKept()
    {
        DemoDesk demo;
        cutOff(revertingPlan(300), {}, 0);
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_VERIFY(demo.shows(u"planSettle"_s));
        demo.button(u"planApply"_s)->click();
        QTRY_VERIFY(demo.shows(u"planKeep"_s));
        QVERIFY(demo.machines->on && demo.machines->armed);
        // The window stays meanwhile, and says why.
        demo.window.show();
        QVERIFY(!demo.window.close());
        QVERIFY(demo.says(u"planRemark"_s).contains(u"under way"_s));
        demo.button(u"planKeep"_s)->click();
        QTRY_VERIFY2(demo.outcome().contains(u"All steps are done"_s), qPrintable(demo.outcome()));
        QVERIFY(demo.machines->on && !demo.machines->armed);
        QVERIFY(demo.window.close());
        demo.desk->dialog()->close();
    }

    void aChangeThatUndoesItselfIsUndoneNow()
    {
        DemoDesk demo;
        cutOff(revertingPlan(300), {}, 0);
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_VERIFY(demo.shows(u"planSettle"_s));
        demo.button(u"planApply"_s)->click();
        QTRY_VERIFY(demo.shows(u"planKeep"_s));
        demo.button(u"planUndo"_s)->click();
        QTRY_VERIFY2(demo.outcome().contains(u"taken back"_s), qPrintable(demo.outcome()));
        QVERIFY(!demo.machines->on && !demo.machines->armed);
        demo.desk->dialog()->close();
    }

    void aChangeThatNobodyKeepsIsLeftToItsTimer()
    {
        DemoDesk demo;
        cutOff(revertingPlan(1), {}, 0);
        demo.desk->offerCutOff(demo.shown->policy);
        QTRY_VERIFY(demo.shows(u"planSettle"_s));
        demo.button(u"planApply"_s)->click();
        QTRY_VERIFY2(demo.outcome().contains(u"not confirmed in time"_s), qPrintable(demo.outcome()));
        QVERIFY(demo.machines->armed); // it is the hypervisor's own to undo
        demo.desk->dialog()->close();
    }

private:
    /// The journal of a plan whose steps `done` were done, and `begun` had begun when it was cut off.
    static QString cutOff(const Plan &plan, const QList<int> &done, int begun)
    {
        auto journal = JournalFile::start(journalFolder(), plan, u"jo@desk"_s);
        if (!journal)
            qFatal("%s", qPrintable(journal.error().text()));
        bool written = true;
        for (const int step : done)
            written = written && (*journal)->stepBegins(step, false) &&
                      (*journal)->stepEnds(step, {StepState::Done, {}, QDateTime::currentDateTime()});
        written = written && (*journal)->stepBegins(begun, false);
        if (!written)
            qFatal("the journal could not be written");
        return (*journal)->path();
    }

    std::unique_ptr<QTemporaryDir> m_state;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestFixDesk test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_fix_desk.moc"
