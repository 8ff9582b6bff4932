#pragma once

#include "app/fixing/live_fix.h"
#include "app/fixing/simulation.h"
#include "views/plan/plan_dialog.h"

#include <QMessageBox>
#include <QPointer>

class QWidget;

namespace tropo {

/// What a desk works on: the window's fleet, and how it is read again.
struct FixGround
{
    std::function<SnapshotPtr()> shown;
    /// Reads those hypervisors again, or all where none is named; snapshotArrived() follows.
    std::function<void(const QStringList &hypervisors)> readAgain;
    /// Shows what a simulation made of the fleet.
    std::function<void(const SnapshotPtr &)> show;
    /// A run on the fleet itself.
    std::function<FixJob(const Snapshot &, const Plan &)> live;
};

/// Makes the plans that the window asks for, shows them, and has them carried out: on the fleet where it is
/// read live, else on a copy in memory. One plan at a time. Nothing here waits.
class FixDesk : public QObject
{
    Q_OBJECT
public:
    /// `window`: the dialogs' parent. It is not closed while a plan runs.
    FixDesk(FixGround ground, QWidget *window, QObject *parent = nullptr);
    ~FixDesk() override;

    void want(const PlanRequest &request);
    /// A reading has ended, and is judged.
    void snapshotArrived(const SnapshotPtr &snapshot);
    /// Another source is shown: what was planned for the earlier one is gone.
    void leave();
    /// Plans on these hypervisors that were cut off, of this or an earlier run of the program: one after
    /// another is looked at.
    void offerCutOff(const Policy &policy);
    bool isRunning() const { return m_run != nullptr; }
    PlanDialog *dialog() const { return m_dialog; }
    /// Why there is no plan, or what it waits for.
    QMessageBox *notice() const { return m_notice; }

Q_SIGNALS:
    /// What went wrong beside any plan: a sentence across the window.
    void warned(const QString &text);
    /// A plan with its outcome, for the incident note.
    void noted(const QString &title, const QString &markdown);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Purpose { Open, Option, Apply };
    enum class Waiting { Nothing, ToPlan, ToCompare };
    /// A plan, and the fleet that it was made from: the one that is read, or a simulated one.
    struct Made
    {
        Result<Plan> plan;
        SnapshotPtr from;
        std::optional<Simulation> simulation;
    };

    void readFirst(Purpose purpose);
    void make(const SnapshotPtr &snapshot, Purpose purpose, const QDateTime &since);
    void made(const Made &made, Purpose purpose);
    void notMade(const Error &error, Purpose purpose);
    void madeAgain(const Made &made);
    void tell(const QString &title, const QString &text, bool mayCancel);
    void openDialog(bool simulation);
    void dialogClosed();
    void changeOption(const QString &name, const QString &value);
    void apply();
    void undo();
    FixJob jobFor(FixDirection direction) const;
    void start(FixDirection direction);
    void refusedToRun(const Error &error);
    void ended(const RunResult &result, const QString &journal);
    void compareAgain();
    void compareWith(const SnapshotPtr &after);
    void keepAndTell(const ReadingChanges &changes, const QString &journal, quint64 generation);
    void offerNext();
    void look();
    void assessed(const QList<StepStatus> &steps);
    void settle();
    void saveRunbook();
    void addToNote();

    const FixGround m_ground;
    QWidget *m_window;
    QPointer<PlanDialog> m_dialog;
    QPointer<QMessageBox> m_notice;
    Waiting m_waiting = Waiting::Nothing;
    Purpose m_purpose = Purpose::Open; ///< of the plan that waits for a reading
    QDateTime m_asked;                 ///< when the reading that is waited for was asked for
    quint64 m_generation = 0;          ///< of the wish; what an earlier one still brings is dropped
    bool m_isLeft = false;             ///< another source is shown than the one the plan is for
    PlanRequest m_request;
    PlanRequest m_requestBefore; ///< without the option that was changed last
    Plan m_plan;
    SnapshotPtr m_before; ///< what the plan was made from
    std::optional<Simulation> m_simulation;
    std::unique_ptr<FixRun> m_run;
    bool m_undoesAfter = false; ///< what runs is taken back when it has ended
    QList<StepStatus> m_known;  ///< of the last run of this plan
    QString m_journal;          ///< of this plan; empty: none yet
    RunResult m_result;
    std::optional<ReadingChanges> m_compared;
    std::optional<Policy> m_openPolicy; ///< plans of its hypervisors that stand by half are offered
    QList<JournalEntry> m_open;         ///< as read when it was asked for
    QStringList m_offered;              ///< their journals, of which each is offered once
};

} // namespace tropo
