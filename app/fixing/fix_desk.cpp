#include "app/fixing/fix_desk.h"

#include "models/fixes/offer_words.h"
#include "models/items/visible_text.h"
#include "views/parts/in_background.h"

#include <QEvent>

namespace tropo {

FixDesk::FixDesk(FixGround ground, QWidget *window, QObject *parent)
    : QObject(parent), m_ground(std::move(ground)), m_window(window)
{
    m_window->installEventFilter(this);
}

FixDesk::~FixDesk() = default;

bool FixDesk::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_window || event->type() != QEvent::Close || !m_run || !m_dialog)
        return QObject::eventFilter(watched, event);
    m_dialog->showRemark(tr("A plan is under way. Stop it or let it end before you close the window."));
    m_dialog->raise();
    m_dialog->activateWindow();
    event->ignore();
    return true;
}

/// One sentence or two in a window of their own, that does not hold up anything else.
void FixDesk::tell(const QString &title, const QString &text, bool mayCancel)
{
    if (m_notice)
        m_notice->close();
    m_notice = new QMessageBox(mayCancel ? QMessageBox::Information : QMessageBox::Warning,
                               visibleText(title, 120), visibleText(text, 2000),
                               mayCancel ? QMessageBox::Cancel : QMessageBox::Close, m_window);
    m_notice->setObjectName(QStringLiteral("planNotice"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_notice->setAttribute(Qt::WA_DeleteOnClose);
    if (mayCancel)
        connect(m_notice, &QMessageBox::rejected, this, [this] {
            ++m_generation;
            m_waiting = Waiting::Nothing;
        });
    m_notice->open();
}

void FixDesk::want(const PlanRequest &request)
{
    if (m_dialog) {
        m_dialog->showRemark(tr("Close this plan before you ask for another one."));
        m_dialog->raise();
        m_dialog->activateWindow();
        return;
    }
    const SnapshotPtr snapshot = m_ground.shown();
    if (!snapshot)
        return;
    ++m_generation;
    m_request = request;
    m_isLeft = false;
    const QDateTime since = QDateTime::currentDateTime().addDuration(-oldestReading);
    if (isFresh(*snapshot, since))
        return make(snapshot, Purpose::Open, since);
    tell(offerTitle(request),
         tr("What is shown is older than a minute. The fleet is read again first; the plan opens when that "
            "has ended."),
         true);
    readFirst(Purpose::Open);
}

void FixDesk::readFirst(Purpose purpose)
{
    m_purpose = purpose;
    m_waiting = Waiting::ToPlan;
    m_asked = QDateTime::currentDateTime();
    m_ground.readAgain({});
}

/// `since`: what the plan rests on must have been read since then.
void FixDesk::make(const SnapshotPtr &snapshot, Purpose purpose, const QDateTime &since)
{
    inBackground(
        this,
        [snapshot, request = m_request, since] {
            if (snapshot->kind == SnapshotKind::Live) {
                Made made{makePlan(planInput(*snapshot), request), snapshot, {}};
                if (const auto fresh =
                        made.plan ? restsOnFresh(*snapshot, *made.plan, since) : Result<void>();
                    !fresh)
                    made.plan = tl::unexpected(fresh.error());
                return made;
            }
            Simulation simulation = simulationOf(*snapshot);
            const SnapshotPtr from = simulation.snapshot(snapshot->kind, snapshot->origin);
            auto plan = makePlan(planInput(*from), request);
            if (plan)
                addAssumptions(simulation, *plan);
            return Made{std::move(plan), from, std::move(simulation)};
        },
        [this, purpose, generation = m_generation](const Made &result) {
            if (generation == m_generation)
                made(result, purpose);
        });
}

void FixDesk::made(const Made &made, Purpose purpose)
{
    if (m_notice)
        m_notice->close();
    if (purpose != Purpose::Open && !m_dialog)
        return;
    if (!made.plan)
        return notMade(made.plan.error(), purpose);
    m_before = made.from;
    m_simulation = made.simulation;
    if (purpose == Purpose::Apply)
        return madeAgain(made);
    m_plan = *made.plan;
    m_known.clear();
    m_journal.clear();
    m_result = {};
    m_compared.reset();
    if (purpose == Purpose::Open)
        openDialog(m_simulation.has_value());
    else
        m_dialog->replacePlan(m_plan, {});
}

void FixDesk::notMade(const Error &error, Purpose purpose)
{
    const QString why = error.text();
    switch (purpose) {
    case Purpose::Open:
        tell(offerTitle(m_request), tr("There is no safe plan for this: %1").arg(why), false);
        break;
    case Purpose::Option:
        m_request = m_requestBefore;
        m_dialog->showRefused(tr("The plan stays as it is, since it cannot be made so: %1").arg(why));
        break;
    case Purpose::Apply:
        m_dialog->showRefused(tr("The fleet has changed since the plan was made: %1").arg(why));
        break;
    }
}

/// Only what the operator has seen is carried out.
void FixDesk::madeAgain(const Made &made)
{
    const bool same = made.plan->steps == m_plan.steps && made.plan->blast == m_plan.blast;
    m_plan = *made.plan;
    if (same)
        start(FixDirection::Apply);
    else
        m_dialog->replacePlan(m_plan, tr("The fleet has changed since this plan was made, and so has the "
                                         "plan. Nothing was done. Look at it again."));
}

void FixDesk::changeOption(const QString &name, const QString &value)
{
    m_requestBefore = m_request;
    if (value.isEmpty())
        m_request.options.remove(name);
    else
        m_request.options.insert(name, value);
    ++m_generation;
    m_dialog->showWaiting(tr("The plan is made anew…"));
    make(m_ground.shown(), Purpose::Option, QDateTime::currentDateTime().addDuration(-oldestReading));
}

void FixDesk::openDialog(bool simulation)
{
    m_dialog = new PlanDialog(m_plan, simulation, m_window);
    connect(m_dialog, &PlanDialog::applyWanted, this, &FixDesk::apply);
    connect(m_dialog, &PlanDialog::undoWanted, this, &FixDesk::undo);
    connect(m_dialog, &PlanDialog::keepWanted, this, [this] {
        if (m_run)
            m_run->keep();
    });
    connect(m_dialog, &PlanDialog::stopWanted, this, [this] {
        if (m_run)
            m_run->stopAfterStep();
    });
    connect(m_dialog, &PlanDialog::lookWanted, this, &FixDesk::look);
    connect(m_dialog, &PlanDialog::settleWanted, this, &FixDesk::settle);
    connect(m_dialog, &PlanDialog::runbookWanted, this, &FixDesk::saveRunbook);
    connect(m_dialog, &PlanDialog::noteWanted, this, &FixDesk::addToNote);
    connect(m_dialog, &PlanDialog::optionChanged, this, &FixDesk::changeOption);
    connect(m_dialog, &QObject::destroyed, this, &FixDesk::dialogClosed);
    m_dialog->show();
}

void FixDesk::dialogClosed()
{
    m_waiting = Waiting::Nothing;
    ++m_generation;
    QMetaObject::invokeMethod(this, &FixDesk::offerNext, Qt::QueuedConnection);
}

void FixDesk::apply()
{
    const bool goesOn = !m_known.isEmpty();
    const QDateTime since = QDateTime::currentDateTime().addDuration(-oldestReading);
    if (m_simulation || goesOn || (isFresh(*m_before, since) && restsOnFresh(*m_before, m_plan, since)))
        return start(FixDirection::Apply);
    m_dialog->showWaiting(tr("The plan is older than a minute: the fleet is read again first, to see whether "
                             "the plan still holds…"));
    readFirst(Purpose::Apply);
}

/// What waits to be kept is ended first.
void FixDesk::undo()
{
    if (!m_run)
        return start(FixDirection::Undo);
    m_undoesAfter = true;
    m_run->stopAfterStep();
}

FixJob FixDesk::jobFor(FixDirection direction) const
{
    const Snapshot &fleet = m_isLeft ? *m_before : *m_ground.shown();
    FixJob job = m_simulation ? simulatedJob(*m_simulation, m_plan) : m_ground.live(fleet, m_plan);
    job.direction = direction;
    job.known = m_known;
    job.journal = m_journal;
    job.keepJournal = job.keepJournal && direction != FixDirection::Assess;
    return job;
}

void FixDesk::start(FixDirection direction)
{
    m_run = std::make_unique<FixRun>(jobFor(direction));
    connect(m_run.get(), &FixRun::stepChanged, this, [this](int step, const StepStatus &status) {
        if (m_dialog)
            m_dialog->showStep(step, status);
    });
    connect(m_run.get(), &FixRun::confirmationWanted, this, [this](const QDateTime &until) {
        if (m_dialog)
            m_dialog->askToKeep(until);
    });
    connect(m_run.get(), &FixRun::assessed, this, &FixDesk::assessed);
    connect(m_run.get(), &FixRun::finished, this, &FixDesk::ended);
    connect(m_run.get(), &FixRun::refused, this, &FixDesk::refusedToRun);
    m_run->start();
}

void FixDesk::refusedToRun(const Error &error)
{
    m_run.release()->deleteLater();
    m_undoesAfter = false;
    if (m_dialog)
        m_dialog->showRefused(error.text());
    else
        Q_EMIT warned(error.text());
}

void FixDesk::ended(const RunResult &result, const QString &journal)
{
    m_run.release()->deleteLater();
    m_known = result.steps;
    m_result = result;
    m_journal = journal;
    m_offered.append(journal); // what it left is known to whoever closes it; it is offered at the next start
    if (m_dialog)
        m_dialog->showFinished(result);
    if (std::exchange(m_undoesAfter, false) && m_dialog)
        m_dialog->undoNow();
    else
        compareAgain();
}

void FixDesk::snapshotArrived(const SnapshotPtr &snapshot)
{
    const bool fresh = m_waiting != Waiting::Nothing && isFresh(*snapshot, m_asked);
    switch (std::exchange(m_waiting, Waiting::Nothing)) {
    case Waiting::Nothing:
        break;
    case Waiting::ToPlan:
        if (fresh) {
            make(snapshot, m_purpose, m_asked);
            break;
        }
        if (m_notice)
            m_notice->close();
        notMade({ErrorKind::Unreachable,
                 {},
                 tr("not all of the fleet could be read again, and a plan is only made from a fresh reading. "
                    "See the progress panel for what did not answer.")},
                m_purpose);
        break;
    case Waiting::ToCompare:
        compareWith(snapshot);
        break;
    }
}

void FixDesk::leave()
{
    m_waiting = Waiting::Nothing;
    m_openPolicy.reset();
    ++m_generation;
    if (m_notice)
        m_notice->close();
    // What runs is seen to its end.
    if (m_dialog && m_run)
        m_isLeft = true;
    else if (m_dialog)
        m_dialog->close();
}

} // namespace tropo
