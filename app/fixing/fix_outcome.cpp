// What a desk does about plans that have ended, or were cut off.
#include "app/fixing/before_after.h"
#include "app/fixing/fix_desk.h"
#include "models/fixes/plan_note.h"
#include "models/items/visible_text.h"
#include "views/parts/in_background.h"

#include <QFileDialog>
#include <QSaveFile>

#include <algorithm>

namespace tropo {

void FixDesk::compareAgain()
{
    if (m_isLeft) {
        if (m_dialog)
            m_dialog->showNoChanges(
                tr("Another fleet is shown by now. Open this one again to see what differs."));
        return;
    }
    if (!m_simulation) {
        m_waiting = Waiting::ToCompare;
        m_asked = QDateTime::currentDateTime();
        m_ground.readAgain(m_plan.hypervisors);
        return;
    }
    inBackground(
        this,
        [simulation = *m_simulation, from = m_before] {
            return simulation.snapshot(from->kind, from->origin);
        },
        [this](const SnapshotPtr &after) {
            if (m_isLeft)
                return;
            m_ground.show(after);
            compareWith(after);
        });
}

void FixDesk::compareWith(const SnapshotPtr &after)
{
    m_compared.reset();
    if (m_before && (m_simulation || isFresh(*after, m_asked, m_plan.hypervisors)))
        inBackground(
            this, [before = m_before, after] { return changesBetween(*before, *after); },
            [this, journal = m_journal, generation = m_generation](const ReadingChanges &changes) {
                keepAndTell(changes, journal, generation);
            });
    else if (m_dialog)
        m_dialog->showNoChanges(tr("Not all of its hypervisors could be read again, so what differs is not "
                                   "known. Refresh them and look at the changes view."));
}

/// The journal has them though another plan may be on the desk by now.
void FixDesk::keepAndTell(const ReadingChanges &changes, const QString &journal, quint64 generation)
{
    if (m_run && journal == m_journal)
        return; // it is taken back, or gone on with: what was compared is of the past
    if (!journal.isEmpty())
        if (const auto kept = keepChanges(journal, changes); !kept)
            Q_EMIT warned(kept.error().text());
    if (!m_dialog || generation != m_generation || m_run)
        return;
    m_compared = changes;
    m_dialog->showChanges(changes.changes);
}

void FixDesk::offerCutOff(const Policy &policy)
{
    m_openPolicy = policy;
    inBackground(this, &openPlans, [this](const Parsed<QList<JournalEntry>> &journals) {
        if (!journals.problems.isEmpty())
            Q_EMIT warned(tr("A journal of an earlier plan cannot be read (%1: %2). What it has begun may "
                             "stand; look at its machines.")
                              .arg(journals.problems.first().document, journals.problems.first().message));
        m_open = journals.value;
        offerNext();
    });
}

void FixDesk::offerNext()
{
    if (!m_openPolicy || m_dialog || m_run || m_waiting != Waiting::Nothing || !m_ground.shown())
        return;
    const auto isOurs = [this](const QString &name) { return m_openPolicy->hypervisor(name) != nullptr; };
    for (const JournalEntry &entry : std::as_const(m_open)) {
        const QStringList &needed = entry.plan.hypervisors;
        if (m_offered.contains(entry.path) || !std::all_of(needed.begin(), needed.end(), isOurs))
            continue;
        m_offered.append(entry.path);
        ++m_generation;
        m_isLeft = false;
        m_plan = entry.plan;
        m_known = entry.steps;
        m_journal = entry.path;
        m_before = m_ground.shown();
        m_simulation.reset();
        openDialog(false);
        const QString begun = timeText(entry.started.toLocalTime());
        m_dialog->showRemark(
            entry.isCutOff() ? tr("This plan was begun by %1 at %2, and was cut off.").arg(entry.who, begun)
                             : tr("This plan was begun by %1 at %2, and ended half way: %3")
                                   .arg(entry.who, begun, entry.says));
        look();
        return;
    }
}

void FixDesk::look()
{
    m_dialog->showCutOff(m_known, tr("The machines are read again, to see what stands of this plan…"), false);
    start(FixDirection::Assess);
}

void FixDesk::assessed(const QList<StepStatus> &steps)
{
    m_run.release()->deleteLater();
    m_known = steps;
    if (!m_dialog)
        return;
    const auto stands =
        std::count_if(steps.begin(), steps.end(), [](const StepStatus &status) { return status.mayStand(); });
    QString says =
        tr("This plan did not come to its end. Read just now: %1 of its %2 steps stand or may stand. Go on "
           "with it, take back what stands, or leave it so.")
            .arg(stands)
            .arg(steps.size());
    if (const auto until = revertTime(m_plan, steps)) {
        const bool isPast = *until < QDateTime::currentDateTime();
        const QString time = timeText(until->toLocalTime());
        says +=
            QLatin1Char(' ') + (isPast ? tr("A timer on the hypervisor has taken it back at %1.").arg(time)
                                       : tr("A timer on the hypervisor takes it back at %1.").arg(time));
    }
    m_dialog->showCutOff(steps, says, true);
}

void FixDesk::settle()
{
    const auto journal = JournalFile::resume(m_journal);
    const auto settled = journal ? (*journal)->settled(tr("left as it stands by %1").arg(whoActs()))
                                 : Result<void>(tl::unexpected(journal.error()));
    if (!settled)
        m_dialog->showRemark(settled.error().text());
    else
        m_dialog->close();
}

void FixDesk::saveRunbook()
{
    auto *dialog = new QFileDialog(m_dialog, tr("Save the plan as a runbook"),
                                   m_plan.name + QStringLiteral(".sh"), tr("Shell scripts (*.sh)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, text = planRunbook(m_plan).toUtf8()](const QString &path) {
                QSaveFile file(path);
                const bool written =
                    file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
                if (m_dialog)
                    m_dialog->showRemark(
                        written ? tr("Wrote the runbook to %1.").arg(path)
                                : tr("%1 could not be written: %2. Choose a folder that you may write to.")
                                      .arg(path, file.errorString()));
            });
    dialog->open();
}

void FixDesk::addToNote()
{
    Q_EMIT noted(m_plan.intent, planNote(m_plan, m_result, m_compared, m_simulation.has_value()));
    m_dialog->showRemark(tr("The plan with its outcome stands in the report view."));
}

} // namespace tropo
