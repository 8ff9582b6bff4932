#include "views/parts/banner.h"
#include "views/plan/diff_text.h"
#include "views/plan/plan_dialog.h"
#include "views/plan/step_list.h"
#include "views/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace tropo;
using namespace Qt::Literals::StringLiterals;

namespace {

Step stepNamed(const QString &title, bool disruptive)
{
    Step step;
    step.id = title;
    step.title = title;
    step.machine = u"trop02/vm/Acilamwen"_s;
    step.command = u"virsh autostart Acilamwen"_s;
    step.action = SetDomainAutostart{{u"trop02"_s, u"Acilamwen"_s, u"u"_s}, true};
    step.diff = u"-off\n+on\n"_s;
    step.before = {DomainAutostartIs{{u"trop02"_s, u"Acilamwen"_s, u"u"_s}, false}};
    step.verify = {DomainAutostartIs{{u"trop02"_s, u"Acilamwen"_s, u"u"_s}, true}};
    step.undoText = u"virsh autostart --disable Acilamwen"_s;
    step.disruptive = disruptive;
    return step;
}

Plan plan(bool disruptive)
{
    Plan made;
    made.name = u"float-reassign"_s;
    made.intent = u"Move float1 from <b>Acilamwen</b> to Ulov"_s;
    made.steps = {stepNamed(u"one"_s, disruptive), stepNamed(u"two"_s, false)};
    made.touches = {u"trop02/vm/Acilamwen"_s};
    if (disruptive)
        made.confirm = {u"Acilamwen"_s};
    return made;
}

/// One that undoes itself unless it is confirmed.
Plan armed()
{
    Plan made = plan(false);
    Step arm = stepNamed(u"arm"_s, false);
    arm.action = ArmRevert{{{}, false, u"r1"_s}, 420, {}};
    Step disarm = stepNamed(u"disarm"_s, false);
    disarm.action = DisarmRevert{{{{}, false, u"r1"_s}}};
    made.steps.prepend(arm);
    made.steps.append(disarm);
    return made;
}

QPushButton *button(const PlanDialog &dialog, const char *name)
{
    return dialog.findChild<QPushButton *>(QLatin1String(name));
}

QString text(const PlanDialog &dialog, const char *name)
{
    return dialog.findChild<QLabel *>(QLatin1String(name))->text();
}

RunResult failedAtTwo()
{
    RunResult result;
    result.outcome = RunOutcome::Failed;
    result.says = u"two failed"_s;
    result.steps = {{StepState::Done, u"read back"_s, {}}, {StepState::Failed, u"refused"_s, {}}};
    return result;
}

} // namespace

class TestPlanDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void everythingIsShownBeforeAnythingHappens()
    {
        auto *dialog = new PlanDialog(plan(false), false);
        dialog->show();
        QVERIFY2(dialog->windowTitle().contains(u"Acilamwen on trop02"_s), qPrintable(dialog->windowTitle()));
        QCOMPARE(dialog->findChild<StepList *>()->count(), 2);
        QString details;
        for (const auto *edit : dialog->findChildren<QPlainTextEdit *>())
            details += edit->toPlainText();
        QVERIFY(details.contains(u"virsh autostart Acilamwen"_s));
        QVERIFY(details.contains(u"+on"_s));
        // What a machine calls itself is text.
        QVERIFY(text(*dialog, "planIntent").contains(u"<b>Acilamwen</b>"_s));
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(),
                     qPrintable(label->text()));
        QVERIFY(button(*dialog, "planApply")->isEnabled());
        QVERIFY(!button(*dialog, "planUndo")->isVisible());
        delete dialog;
    }

    void whatCutsAServiceWantsItsNameTyped()
    {
        PlanDialog dialog(plan(true), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QSignalSpy spy(&dialog, &PlanDialog::applyWanted);
        auto *edit = dialog.findChild<QLineEdit *>(u"confirm-Acilamwen"_s);
        QVERIFY(edit);
        QVERIFY(!button(dialog, "planApply")->isEnabled());
        QTest::keyClicks(edit, u"acilamwen"_s);
        QVERIFY(!button(dialog, "planApply")->isEnabled());
        edit->clear();
        QTest::keyClicks(edit, u"Acilamwen"_s);
        QVERIFY(button(dialog, "planApply")->isEnabled());
        // Enter in the field must not start it by itself.
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(spy.size(), 0);
        button(dialog, "planApply")->click();
        QCOMPARE(spy.size(), 1);
    }

    void whatRunsIsNotLostSightOf()
    {
        PlanDialog dialog(plan(false), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        button(dialog, "planApply")->click();
        dialog.close();
        QVERIFY(dialog.isVisible());
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(dialog.isVisible());
        QVERIFY(button(dialog, "planStop")->isVisible());
        dialog.showFinished(failedAtTwo());
        dialog.close();
        QVERIFY(!dialog.isVisible());
    }

    void aFailureSaysWhatStandsAndOffersTheWayBack()
    {
        PlanDialog dialog(plan(false), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        button(dialog, "planApply")->click();
        dialog.showFinished(failedAtTwo());
        QVERIFY(text(dialog, "planOutcome").contains(u"two failed"_s));
        QVERIFY(button(dialog, "planUndo")->isVisible());
        QVERIFY(button(dialog, "planApply")->text().contains(u"o on"_s));
        QVERIFY(dialog.findChild<StepList *>()->item(1)->text().contains(u"failed"_s));
        dialog.showChanges({u"The state of Acilamwen was running and is off."_s});
        QVERIFY(text(dialog, "planChanges").contains(u"is off"_s));
        QSignalSpy spy(&dialog, &PlanDialog::undoWanted);
        button(dialog, "planUndo")->click();
        QCOMPARE(spy.size(), 1);
    }

    void aSimulationSaysSoThroughout()
    {
        PlanDialog dialog(plan(false), true);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(dialog.windowTitle().startsWith(u"Simulation"_s));
        QVERIFY(dialog.findChild<Banner *>()->text().contains(u"nothing is changed on any machine"_s));
        button(dialog, "planApply")->click();
        RunResult done;
        done.steps = {{StepState::Done, {}, {}}, {StepState::Done, {}, {}}};
        done.says = u"all done"_s;
        dialog.showFinished(done);
        QVERIFY(text(dialog, "planOutcome").startsWith(u"In the simulation"_s));
    }

    void aPlanThatWasCutOffCanGoOnBeUndoneOrLeft()
    {
        PlanDialog dialog(plan(true), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        const QList<StepStatus> steps{{StepState::Done, {}, {}}, {StepState::Applying, {}, {}}};
        dialog.showCutOff(steps, u"reading again"_s, false);
        QVERIFY(!button(dialog, "planApply")->isVisible());
        QVERIFY(!button(dialog, "planUndo")->isVisible());
        dialog.showCutOff(steps, u"one of two stands"_s, true);
        QVERIFY(button(dialog, "planUndo")->isVisible());
        QVERIFY(button(dialog, "planApply")->isVisible());
        // To go on cuts the service off as well.
        QVERIFY(!button(dialog, "planApply")->isEnabled());
        QSignalSpy spy(&dialog, &PlanDialog::settleWanted);
        button(dialog, "planSettle")->click();
        QCOMPARE(spy.size(), 1);
    }

    void anotherPlanIsConfirmedAnew()
    {
        PlanDialog dialog(plan(true), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        dialog.findChild<QLineEdit *>(u"confirm-Acilamwen"_s)->setText(u"Acilamwen"_s);
        QVERIFY(button(dialog, "planApply")->isEnabled());
        Plan other = plan(true);
        other.steps.removeLast();
        other.confirm.append(u"Ulov"_s);
        dialog.replacePlan(other, u"the fleet has changed"_s);
        QVERIFY(!button(dialog, "planApply")->isEnabled());
        QCOMPARE(dialog.findChild<StepList *>()->count(), 1);
        QVERIFY(text(dialog, "planOutcome").contains(u"has changed"_s));
        // Also what the first plan did not cut off.
        dialog.findChild<QLineEdit *>(u"confirm-Acilamwen"_s)->setText(u"Acilamwen"_s);
        QVERIFY(!button(dialog, "planApply")->isEnabled());
        dialog.findChild<QLineEdit *>(u"confirm-Ulov"_s)->setText(u"Ulov"_s);
        QVERIFY(button(dialog, "planApply")->isEnabled());
    }

    void whatWasStoppedGoesOn()
    {
        PlanDialog dialog(plan(false), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QSignalSpy apply(&dialog, &PlanDialog::applyWanted);
        QSignalSpy stop(&dialog, &PlanDialog::stopWanted);
        button(dialog, "planApply")->click();
        dialog.showStep(0, {StepState::Applying, {}, {}});
        QVERIFY(text(dialog, "planOutcome").contains(u"Step 1 of 2"_s));
        button(dialog, "planStop")->click();
        QCOMPARE(stop.size(), 1);
        QVERIFY(!button(dialog, "planStop")->isEnabled());
        dialog.showStep(0, {StepState::Done, {}, {}});
        QVERIFY(!button(dialog, "planStop")->isEnabled());
        RunResult result;
        result.outcome = RunOutcome::Stopped;
        result.says = u"Stopped before step 2."_s;
        result.steps = {{StepState::Done, {}, {}}, {}};
        dialog.showFinished(result);
        QVERIFY(button(dialog, "planUndo")->isVisible());
        button(dialog, "planApply")->click();
        QCOMPARE(apply.size(), 2);
        QVERIFY(button(dialog, "planStop")->isEnabled());
    }

    void theWayBackIsStoppedBetweenItsStepsAndGoneOnWith()
    {
        PlanDialog dialog(plan(false), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        button(dialog, "planApply")->click();
        dialog.showFinished(failedAtTwo());
        QSignalSpy undo(&dialog, &PlanDialog::undoWanted);
        QSignalSpy stop(&dialog, &PlanDialog::stopWanted);
        button(dialog, "planUndo")->click();
        QVERIFY(!button(dialog, "planClose")->isEnabled());
        button(dialog, "planStop")->click();
        QCOMPARE(stop.size(), 1);
        RunResult result = failedAtTwo();
        result.outcome = RunOutcome::Stopped;
        dialog.showFinished(result);
        button(dialog, "planUndo")->click();
        QCOMPARE(undo.size(), 2);
    }

    void whatCouldNotBeginLeavesAllAsItWas()
    {
        PlanDialog dialog(plan(false), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        button(dialog, "planApply")->click();
        dialog.showFinished(failedAtTwo());
        button(dialog, "planUndo")->click();
        dialog.showRefused(u"trop02: another plan is at it"_s);
        // A step stands: it is not as if nothing had been done.
        QVERIFY(!text(dialog, "planOutcome").contains(u"Nothing was done"_s));
        QVERIFY(text(dialog, "planOutcome").contains(u"another plan is at it"_s));
        QVERIFY(button(dialog, "planUndo")->isVisible());
        QVERIFY(button(dialog, "planNote")->isVisible());
        QVERIFY(button(dialog, "planClose")->isEnabled());
    }

    void whatCannotBeLookedAtIsLookedAtAgain()
    {
        PlanDialog dialog(plan(false), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        dialog.showCutOff({{StepState::Done, {}, {}}, {StepState::Applying, {}, {}}}, u"reading"_s, false);
        dialog.showRefused(u"trop02: no answer"_s);
        QVERIFY(text(dialog, "planOutcome").contains(u"no answer"_s));
        QVERIFY(!button(dialog, "planUndo")->isVisible());
        QVERIFY(!button(dialog, "planApply")->isVisible());
        QSignalSpy look(&dialog, &PlanDialog::lookWanted);
        button(dialog, "planLook")->click();
        QCOMPARE(look.size(), 1);
    }

    void whetherItRevertsByItselfIsSaid()
    {
        PlanDialog live(plan(false), false);
        live.setAttribute(Qt::WA_DeleteOnClose, false);
        live.show();
        QVERIFY(text(live, "revertWords").contains(u"Nothing reverts by itself"_s));
        QVERIFY(text(live, "revertWords").contains(u"starts again"_s));
        PlanDialog simulated(plan(false), true);
        simulated.setAttribute(Qt::WA_DeleteOnClose, false);
        simulated.show();
        QVERIFY(!simulated.findChild<QLabel *>(u"revertWords"_s)->isVisible());
        live.replacePlan(armed(), {});
        QVERIFY(live.findChild<QCheckBox *>(u"revertChoice"_s)->isChecked());
        QCOMPARE(live.findChild<QSpinBox *>(u"revertMinutes"_s)->value(), 7);
        QVERIFY(!text(live, "revertWords").contains(u"Nothing reverts"_s));
    }

    void aRevertIsAskedForAndTheChoiceShowsWhatThePlanDoes()
    {
        PlanDialog dialog(plan(false), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QSignalSpy spy(&dialog, &PlanDialog::optionChanged);
        auto *choice = dialog.findChild<QCheckBox *>(u"revertChoice"_s);
        auto *minutes = dialog.findChild<QSpinBox *>(u"revertMinutes"_s);
        QVERIFY(choice->isVisible() && !choice->isChecked());
        minutes->setValue(6);
        QVERIFY(spy.isEmpty()); // nothing is asked for yet
        choice->click();
        QCOMPARE(spy.takeFirst(), QVariantList({u"revert"_s, u"360"_s}));
        dialog.showWaiting(u"made anew"_s);
        QVERIFY(!button(dialog, "planApply")->isEnabled());
        QVERIFY(!choice->isEnabled());
        dialog.showRefused(u"trop02 has neither at nor systemd-run"_s);
        QVERIFY(!choice->isChecked());
        QVERIFY(button(dialog, "planApply")->isEnabled());
        QVERIFY(text(dialog, "planOutcome").contains(u"neither at nor systemd-run"_s));
        dialog.replacePlan(armed(), {});
        minutes->setValue(4);
        QCOMPARE(spy.takeFirst(), QVariantList({u"revert"_s, u"240"_s}));
        choice->click();
        QCOMPARE(spy.takeFirst(), QVariantList({u"revert"_s, QString()}));
        Plan other = plan(false);
        other.name = u"autostart-on"_s;
        dialog.replacePlan(other, {});
        QVERIFY(!choice->isVisible());
    }

    void aChangeThatUndoesItselfIsKeptInTime()
    {
        PlanDialog dialog(armed(), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(!button(dialog, "planKeep")->isVisible());
        button(dialog, "planApply")->click();
        dialog.askToKeep(QDateTime::currentDateTime().addSecs(90));
        QVERIFY(button(dialog, "planKeep")->isVisible());
        QVERIFY(button(dialog, "planKeep")->isDefault());
        QVERIFY(button(dialog, "planUndo")->isVisible());
        QVERIFY(!button(dialog, "planStop")->isVisible());
        const QString before = button(dialog, "planKeep")->text();
        QVERIFY2(before.contains(u"1:"_s), qPrintable(before));
        QTRY_VERIFY(button(dialog, "planKeep")->text() != before);
        dialog.close();
        QVERIFY(dialog.isVisible());
        QSignalSpy keep(&dialog, &PlanDialog::keepWanted);
        button(dialog, "planKeep")->click();
        QCOMPARE(keep.size(), 1);
        QVERIFY(!button(dialog, "planKeep")->isVisible());
        dialog.askToKeep(QDateTime::currentDateTime().addSecs(90));
        QSignalSpy undo(&dialog, &PlanDialog::undoWanted);
        button(dialog, "planUndo")->click();
        QCOMPARE(undo.size(), 1);
    }

    void aLongPlanIsFollowedUnlessOneLooksElsewhere()
    {
        Plan made = plan(false);
        while (made.steps.size() < 25)
            made.steps.append(stepNamed(QString::number(made.steps.size()), false));
        PlanDialog dialog(made, false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        const auto *steps = dialog.findChild<StepList *>();
        QCOMPARE(dialog.focusWidget(), steps);
        button(dialog, "planApply")->click();
        // Also one that goes on in its middle.
        dialog.showStep(17, {StepState::Checking, {}, {}});
        QCOMPARE(steps->currentRow(), 17);
        dialog.showStep(17, {StepState::Done, {}, {}});
        dialog.showStep(18, {StepState::Checking, {}, {}});
        QCOMPARE(steps->currentRow(), 18);
        QTest::keyClick(dialog.findChild<StepList *>(), Qt::Key_Home);
        dialog.showStep(19, {StepState::Checking, {}, {}});
        QCOMPARE(steps->currentRow(), 0);
    }

    void whatIsCutOffIsSaidOnceWithItsSteps()
    {
        Plan made = plan(true);
        made.steps[0].outage = u"apache on 129.215.175.100, for a minute"_s;
        made.steps[1].outage = made.steps[0].outage;
        PlanDialog dialog(made, false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        const QString says = text(dialog, "planSummary");
        QVERIFY2(says.contains(u"for a minute (steps 1, 2)"_s), qPrintable(says));
        QCOMPARE(says.count(u"apache"_s), 1);
    }

    void addedAndRemovedLinesHaveSignsAndTints()
    {
        DiffText diff;
        diff.setDiff(u"--- a\n+++ b\n same\n-old\n+new\n"_s);
        QVERIFY(diff.toPlainText().contains(u"-old\n+new"_s));
        QCOMPARE(diff.extraSelections().size(), 2);
        diff.setCommand(u"-this is no diff"_s);
        QVERIFY(diff.extraSelections().isEmpty());
    }

    void everyControlHasANameForEars()
    {
        PlanDialog dialog(armed(), false);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        for (QWidget *widget : dialog.findChildren<QWidget *>())
            if (widget->focusPolicy() & Qt::TabFocus && !widget->objectName().startsWith(u"qt_"_s)) {
                const auto *spoken = QAccessible::queryAccessibleInterface(widget);
                QVERIFY2(spoken && !spoken->text(QAccessible::Name).isEmpty(),
                         qPrintable(QLatin1String(widget->metaObject()->className()) + u' ' +
                                    widget->objectName()));
            }
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    TestPlanDialog test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_plan_dialog.moc"
