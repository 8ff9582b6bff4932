#pragma once

#include "models/fixes/plan_run.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;

namespace tropo {

class Banner;
class RevertBar;
class StepDetails;
class StepList;
class TypedNames;

/// A plan, whole, before anything happens; then its course and its end. It asks by signals, and never waits.
class PlanDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `simulation`: what is carried out is only shown, and the dialog says so throughout.
    PlanDialog(const Plan &plan, bool simulation, QWidget *parent = nullptr);

    const Plan &plan() const { return m_plan; }
    /// Another plan for the same intent: because the fleet has moved since, or because it was asked for.
    void replacePlan(const Plan &plan, const QString &why);
    /// Before it begins, the plan is made anew, or the fleet read again; says so. Ends with one of the
    /// others.
    void showWaiting(const QString &what);
    void showStep(int step, const StepStatus &status);
    /// The change is made, and undoes itself at that time unless it is kept.
    void askToKeep(const QDateTime &until);
    void showFinished(const RunResult &result);
    /// As if the operator had pressed Undo.
    void undoNow();
    /// What was asked for last could not begin; everything is as it was before.
    void showRefused(const QString &why);
    /// A plan that was cut off: what is known of each step; to go on, to undo and to leave it are offered
    /// once the machines were read again.
    void showCutOff(const QList<StepStatus> &steps, const QString &says, bool readAgain);
    /// What differs between the readings before and after, a sentence each.
    void showChanges(const QStringList &changes);
    /// Why that is not known.
    void showNoChanges(const QString &why);
    /// Something that was done beside the plan: "Wrote the runbook to …".
    void showRemark(const QString &text);

Q_SIGNALS:
    void applyWanted();
    void stopWanted();
    void undoWanted();
    void keepWanted();
    /// Of one that was cut off, and could not be looked at.
    void lookWanted();
    /// Of one that was cut off: it stays as it stands, and is not offered again.
    void settleWanted();
    void runbookWanted();
    void noteWanted();
    /// An option of the request; an empty value takes it back. A plan without it, or with it, is to follow.
    void optionChanged(const QString &name, const QString &value);

protected:
    void closeEvent(QCloseEvent *event) override;
    void reject() override;

private:
    enum class Phase { Preview, Waiting, Running, Keeping, Ended, Looking, NotSeen, CutOff };

    QWidget *makeTop();
    QWidget *makeSteps();
    QWidget *makeButtons();
    QPushButton *addButton(const QString &name, const QString &text, std::function<void()> act);
    void showPlan();
    void showDetails(int step);
    void say(const QString &outcome, const QString &icon = {});
    void begin();
    bool canBeTakenBack(const QList<StepStatus> &steps) const;
    void setPhase(Phase phase);
    void tellButtons();
    void tellProgress();
    void tellTimeLeft();
    bool isUnderWay() const { return m_phase == Phase::Running || m_phase == Phase::Keeping; }

    Plan m_plan;
    const bool m_simulation;
    Phase m_phase = Phase::Preview;
    Phase m_phaseBefore = Phase::Preview; ///< what it goes back to when it cannot begin
    bool m_isStopping = false;
    bool m_mayUndo = false;
    bool m_mayGoOn = false;
    QList<StepStatus> m_statuses;
    QDateTime m_until; ///< when it undoes itself
    QTimer m_clock;
    Banner *m_banner;
    QScrollArea *m_top = nullptr;
    QLabel *m_intent;
    QLabel *m_sign;
    QLabel *m_outcome;
    QLabel *m_changes;
    QLabel *m_summary;
    StepList *m_steps;
    StepDetails *m_details;
    RevertBar *m_revert;
    TypedNames *m_names;
    QProgressBar *m_progress;
    QLabel *m_remark;
    QWidget *m_buttons;
    QPushButton *m_runbook = nullptr;
    QPushButton *m_note = nullptr;
    QPushButton *m_settle = nullptr;
    QPushButton *m_look = nullptr;
    QPushButton *m_undo = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_apply = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace tropo
