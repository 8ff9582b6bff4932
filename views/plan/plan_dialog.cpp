#include "views/plan/plan_dialog.h"

#include "models/items/visible_text.h"
#include "views/parts/banner.h"
#include "views/parts/plain.h"
#include "views/plan/plan_words.h"
#include "views/plan/revert_bar.h"
#include "views/plan/step_details.h"
#include "views/plan/step_list.h"
#include "views/plan/typed_names.h"
#include "views/theme/theme.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>

#include <algorithm>

namespace tropo {

namespace {

QLabel *wrapped(const QString &name, QWidget *parent)
{
    QLabel *label = selectableLabel({}, parent);
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    return label;
}

} // namespace

PlanDialog::PlanDialog(const Plan &plan, bool simulation, QWidget *parent)
    : QDialog(parent),
      m_plan(plan),
      m_simulation(simulation),
      m_banner(new Banner(this)),
      m_intent(wrapped(QStringLiteral("planIntent"), this)),
      m_sign(new QLabel(this)),
      m_outcome(wrapped(QStringLiteral("planOutcome"), this)),
      m_changes(wrapped(QStringLiteral("planChanges"), this)),
      m_summary(wrapped(QStringLiteral("planSummary"), this)),
      m_steps(new StepList(this)),
      m_details(new StepDetails(this)),
      m_revert(new RevertBar(this)),
      m_names(new TypedNames(this)),
      m_progress(new QProgressBar(this)),
      m_remark(wrapped(QStringLiteral("planRemark"), this)),
      m_buttons(new QWidget(this))
{
    setObjectName(QStringLiteral("planDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_progress->setObjectName(QStringLiteral("planProgress"));
    m_progress->setAccessibleName(tr("Steps done"));
    m_remark->setContentsMargins(16, 6, 16, 0);
    m_remark->hide();
    auto *halves = new QSplitter(Qt::Vertical, this);
    halves->setChildrenCollapsible(false);
    halves->addWidget(makeTop());
    halves->addWidget(makeSteps());
    halves->setSizes({180, 580});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(halves, 1);
    column->addWidget(m_progress);
    column->addWidget(m_revert);
    column->addWidget(m_names);
    column->addWidget(m_remark);
    column->addWidget(makeButtons());
    connect(m_steps, &StepList::currentRowChanged, this, &PlanDialog::showDetails);
    connect(m_names, &TypedNames::changed, this, &PlanDialog::tellButtons);
    connect(m_revert, &RevertBar::wanted, this, [this](std::optional<int> seconds) {
        Q_EMIT optionChanged(QStringLiteral("revert"), seconds ? QString::number(*seconds) : QString());
    });
    constexpr int second = 1000;
    m_clock.setInterval(second);
    connect(&m_clock, &QTimer::timeout, this, &PlanDialog::tellTimeLeft);
    resize(1100, 780);
    showPlan();
    setPhase(Phase::Preview);
    m_steps->setFocus();
}

QWidget *PlanDialog::makeTop()
{
    m_top = new QScrollArea(this);
    auto *box = new QWidget(m_top);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(16, 12, 16, 10);
    column->setSpacing(8);
    setPointScale(m_intent, 1.15, true);
    setPointScale(m_outcome, 1.0, true);
    column->addWidget(m_intent);
    auto *outcome = new QHBoxLayout;
    outcome->setSpacing(8);
    outcome->addWidget(m_sign, 0, Qt::AlignTop);
    outcome->addWidget(m_outcome, 1);
    column->addLayout(outcome);
    column->addWidget(m_changes);
    column->addWidget(m_summary);
    column->addStretch(1);
    for (QLabel *label : {m_sign, m_outcome, m_changes})
        label->hide();
    m_top->setAccessibleName(tr("What the plan does"));
    m_top->setWidgetResizable(true);
    m_top->setFrameShape(QFrame::NoFrame);
    m_top->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_top->setWidget(box);
    return m_top;
}

QWidget *PlanDialog::makeSteps()
{
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_steps);
    split->addWidget(m_details);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    split->setSizes({430, 670});
    split->setChildrenCollapsible(false);
    return split;
}

QPushButton *PlanDialog::addButton(const QString &name, const QString &text, std::function<void()> act)
{
    auto *made = new QPushButton(text, m_buttons);
    made->setObjectName(name);
    made->setAutoDefault(false);
    connect(made, &QPushButton::clicked, this, std::move(act));
    m_buttons->layout()->addWidget(made);
    return made;
}

QWidget *PlanDialog::makeButtons()
{
    auto *row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(16, 10, 16, 14);
    m_runbook = addButton(QStringLiteral("planRunbook"), tr("&Save as a runbook…"),
                          [this] { Q_EMIT runbookWanted(); });
    m_note = addButton(QStringLiteral("planNote"), tr("Add to &incident note"), [this] {
        m_note->setEnabled(false); // once is enough, until something more comes of the plan
        Q_EMIT noteWanted();
    });
    row->addStretch(1);
    m_settle = addButton(QStringLiteral("planSettle"), tr("&Leave it as it stands"),
                         [this] { Q_EMIT settleWanted(); });
    m_look = addButton(QStringLiteral("planLook"), tr("Look &again"), [this] { Q_EMIT lookWanted(); });
    m_undo = addButton(QStringLiteral("planUndo"), tr("&Undo what stands"), [this] { undoNow(); });
    m_stop = addButton(QStringLiteral("planStop"), tr("S&top after this step"), [this] {
        m_isStopping = true;
        tellButtons();
        Q_EMIT stopWanted();
    });
    m_apply = addButton(QStringLiteral("planApply"), tr("&Carry it out"), [this] {
        begin();
        Q_EMIT applyWanted();
    });
    m_keep = addButton(QStringLiteral("planKeep"), tr("&Keep the change"), [this] {
        setPhase(Phase::Running);
        Q_EMIT keepWanted();
    });
    setPointScale(m_keep, 1.0, true);
    m_close = addButton(QStringLiteral("planClose"), tr("Close"), [this] { close(); });
    return m_buttons;
}

/// From what is under way there is no phase to go back to.
void PlanDialog::begin()
{
    if (!isUnderWay())
        m_phaseBefore = m_phase;
    m_isStopping = false;
    setPhase(Phase::Running);
}

void PlanDialog::undoNow()
{
    begin();
    Q_EMIT undoWanted();
}

void PlanDialog::showPlan()
{
    m_statuses = QList<StepStatus>(m_plan.steps.size());
    setWindowTitle(planTitle(m_plan, m_simulation));
    m_intent->setText(visibleText(m_plan.intent, 1000));
    m_summary->setText(planSummary(m_plan));
    if (m_simulation)
        m_banner->stay(tr("Simulation: nothing is changed on any machine."));
    m_revert->show(m_plan, m_simulation);
    m_names->ask(m_plan.confirm);
    m_steps->show(m_plan);
    if (m_plan.steps.isEmpty())
        m_details->showNothing();
    tellProgress();
}

void PlanDialog::showDetails(int step)
{
    if (step >= 0 && step < m_plan.steps.size())
        m_details->show(step + 1, m_plan.steps[step], m_statuses[step]);
}

void PlanDialog::setPhase(Phase phase)
{
    m_phase = phase;
    if (phase != Phase::Keeping)
        m_clock.stop();
    tellButtons();
}

void PlanDialog::tellButtons()
{
    if (!m_close)
        return;
    const bool mayApply =
        m_phase == Phase::Preview || m_phase == Phase::CutOff || (m_phase == Phase::Ended && m_mayGoOn);
    const bool isBefore = m_phase == Phase::Preview || m_phase == Phase::Waiting;
    const bool isRest = m_phase == Phase::Ended || m_phase == Phase::CutOff;
    m_names->setVisible(!m_names->isEmpty() && (mayApply || isBefore));
    m_names->setEnabled(mayApply);
    m_revert->setVisible(isBefore || m_phase == Phase::CutOff);
    m_revert->setChoosing(m_phase == Phase::Preview);
    m_progress->setVisible(isUnderWay());
    m_apply->setVisible(mayApply || isBefore);
    m_apply->setText(isRest ? tr("&Go on with it") : tr("&Carry it out"));
    m_apply->setEnabled(mayApply && m_names->isConfirmed());
    m_apply->setToolTip(m_names->isConfirmed() ? QString()
                                               : plainTip(tr("Type the name in the field above first.")));
    m_stop->setVisible(m_phase == Phase::Running);
    m_stop->setEnabled(!m_isStopping);
    m_stop->setText(m_isStopping ? tr("Stopping after this step…") : tr("S&top after this step"));
    m_undo->setVisible(m_phase == Phase::Keeping || (m_mayUndo && isRest));
    m_undo->setText(m_phase == Phase::Keeping ? tr("&Undo now") : tr("&Undo what stands"));
    m_keep->setVisible(m_phase == Phase::Keeping);
    m_keep->setDefault(m_phase == Phase::Keeping);
    m_look->setVisible(m_phase == Phase::NotSeen);
    m_settle->setVisible(m_phase == Phase::CutOff || m_phase == Phase::NotSeen);
    m_note->setVisible(m_phase == Phase::Ended);
    m_close->setEnabled(!isUnderWay());
    m_close->setToolTip(isUnderWay() ? plainTip(tr("It can be closed when it has ended or was stopped."))
                                     : QString());
}

void PlanDialog::tellProgress()
{
    const auto isPast = [](const StepStatus &status) {
        return status.state == StepState::Done || status.state == StepState::AlreadyDone;
    };
    const auto past = std::count_if(m_statuses.begin(), m_statuses.end(), isPast);
    m_progress->setRange(0, qMax(1, static_cast<int>(m_statuses.size())));
    m_progress->setValue(static_cast<int>(past));
    m_progress->setFormat(tr("%1 of %2 steps stand").arg(past).arg(m_statuses.size()));
}

void PlanDialog::replacePlan(const Plan &plan, const QString &why)
{
    m_plan = plan;
    showPlan();
    say(why);
    setPhase(Phase::Preview);
}

void PlanDialog::showWaiting(const QString &what)
{
    m_phaseBefore = Phase::Preview;
    say(what);
    setPhase(Phase::Waiting);
}

void PlanDialog::showStep(int step, const StepStatus &status)
{
    if (step < 0 || step >= m_statuses.size())
        return;
    m_statuses[step] = status;
    m_steps->setStatus(step, status);
    if (m_steps->currentRow() == step)
        showDetails(step);
    tellProgress();
    if (isUnderWay())
        say(tr("Step %1 of %2, %3: %4")
                .arg(QString::number(step + 1), QString::number(m_statuses.size()),
                     StepList::stateWords(status.state), m_plan.steps[step].title));
}

void PlanDialog::askToKeep(const QDateTime &until)
{
    m_until = until;
    setPhase(Phase::Keeping);
    m_clock.start();
    tellTimeLeft();
    m_keep->setFocus();
    raise();
}

void PlanDialog::tellTimeLeft()
{
    constexpr qint64 minute = 60;
    const qint64 left = qMax<qint64>(0, QDateTime::currentDateTime().secsTo(m_until));
    const QString time =
        QStringLiteral("%1:%2").arg(left / minute).arg(left % minute, 2, 10, QLatin1Char('0'));
    m_outcome->setText(tr("The change is made and was read back. Look whether all is well, and keep it: "
                          "otherwise it is undone by itself in %1.")
                           .arg(time));
    m_outcome->show();
    m_keep->setText(tr("&Keep the change (%1 left)").arg(time));
}

bool PlanDialog::canBeTakenBack(const QList<StepStatus> &steps) const
{
    for (int i = 0; i < m_plan.steps.size(); ++i)
        if (tropo::canBeTakenBack(m_plan, steps, i))
            return true;
    return false;
}

void PlanDialog::showFinished(const RunResult &result)
{
    for (int i = 0; i < result.steps.size(); ++i)
        showStep(i, result.steps[i]);
    m_mayUndo = canBeTakenBack(result.steps);
    m_mayGoOn = result.outcome == RunOutcome::Stopped || result.outcome == RunOutcome::Failed ||
                result.outcome == RunOutcome::Invalidated;
    const bool isWell = result.outcome == RunOutcome::Done || result.outcome == RunOutcome::Undone;
    const bool isFailed = result.outcome == RunOutcome::Failed || result.outcome == RunOutcome::UndoFailed;
    say((m_simulation ? tr("In the simulation: ") : QString()) + result.says,
        isWell     ? QStringLiteral("finding-none")
        : isFailed ? QStringLiteral("finding-error")
                   : QStringLiteral("finding-warning"));
    showNoChanges(tr("It is read again, to show what differs now…"));
    m_note->setEnabled(true);
    setPhase(Phase::Ended);
}

void PlanDialog::showRefused(const QString &why)
{
    const bool looking = m_phase == Phase::Looking;
    const Phase back = looking ? Phase::NotSeen : isUnderWay() ? m_phaseBefore : Phase::Preview;
    say(looking                  ? tr("What stands of it could not be read: %1").arg(why)
        : back == Phase::Preview ? tr("Nothing was done. %1").arg(why)
                                 : tr("It could not begin, and all stands as before: %1").arg(why));
    m_revert->show(m_plan, m_simulation);
    setPhase(back);
}

void PlanDialog::say(const QString &outcome, const QString &icon)
{
    m_sign->setPixmap(icon.isEmpty() ? QPixmap() : themedIcon(icon, palette()).pixmap(16, 16));
    m_sign->setVisible(!icon.isEmpty());
    m_outcome->setText(visibleText(outcome, 4000));
    m_outcome->setVisible(!outcome.isEmpty());
    m_changes->hide();
    m_top->verticalScrollBar()->setValue(0);
}

void PlanDialog::showChanges(const QStringList &changes)
{
    constexpr qsizetype most = 20;
    QStringList lines = changes.first(qMin(most, changes.size()));
    if (changes.size() > most)
        lines.append(tr("and %1 more; the changes view has them all").arg(changes.size() - most));
    m_changes->setText(changes.isEmpty() ? tr("Read again: nothing differs from before.")
                                         : QString(tr("Read again, this differs from before:") +
                                                   QLatin1Char('\n') + bulletLines(lines)));
    m_changes->show();
}

void PlanDialog::showNoChanges(const QString &why)
{
    m_changes->setText(visibleText(why, 1000));
    m_changes->show();
}

void PlanDialog::showRemark(const QString &text)
{
    m_remark->setText(visibleText(text, 1000));
    m_remark->setVisible(!text.isEmpty());
}

void PlanDialog::showCutOff(const QList<StepStatus> &steps, const QString &says, bool readAgain)
{
    for (int i = 0; i < steps.size(); ++i)
        showStep(i, steps[i]);
    m_mayUndo = canBeTakenBack(steps);
    say(says);
    setPhase(readAgain ? Phase::CutOff : Phase::Looking);
}

void PlanDialog::closeEvent(QCloseEvent *event)
{
    if (isUnderWay())
        event->ignore(); // what runs is not lost sight of
    else
        QDialog::closeEvent(event);
}

void PlanDialog::reject()
{
    if (!isUnderWay())
        QDialog::reject();
}

} // namespace tropo
