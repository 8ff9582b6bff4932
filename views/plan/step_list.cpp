#include "views/plan/step_list.h"

#include "models/fleet/subject.h"
#include "models/items/visible_text.h"
#include "views/theme/theme.h"

#include <QEvent>

namespace tropo {

namespace {

QString stateIcon(StepState state)
{
    switch (state) {
    case StepState::Done:
    case StepState::AlreadyDone:
    case StepState::Undone:
        return QStringLiteral("finding-none");
    case StepState::Failed:
    case StepState::UndoFailed:
        return QStringLiteral("finding-error");
    case StepState::Invalidated:
    case StepState::Unclear:
        return QStringLiteral("finding-warning");
    case StepState::Checking:
    case StepState::Applying:
    case StepState::Verifying:
    case StepState::Undoing:
        return QStringLiteral("refresh");
    case StepState::Scheduled:
        break;
    }
    return QStringLiteral("step-todo");
}

bool isUnderWay(StepState state)
{
    return state == StepState::Checking || state == StepState::Applying || state == StepState::Verifying ||
           state == StepState::Undoing;
}

} // namespace

StepList::StepList(QWidget *parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("planSteps"));
    setAccessibleName(tr("Steps of the plan"));
    setWordWrap(true);
    setSpacing(2);
    setUniformItemSizes(false);
    setVerticalScrollMode(ScrollPerPixel);
}

QString StepList::stateWords(StepState state)
{
    switch (state) {
    case StepState::Scheduled:
        return tr("to do");
    case StepState::Checking:
        return tr("checking what must be true before");
    case StepState::Applying:
        return tr("carrying out");
    case StepState::Verifying:
        return tr("reading back");
    case StepState::Done:
        return tr("done, and read back");
    case StepState::AlreadyDone:
        return tr("was so already");
    case StepState::Invalidated:
        return tr("something moved: not done");
    case StepState::Failed:
        return tr("failed");
    case StepState::Unclear:
        return tr("not clear what stands");
    case StepState::Undoing:
        return tr("taking back");
    case StepState::Undone:
        return tr("as before, read back");
    case StepState::UndoFailed:
        return tr("could not be taken back");
    }
    return {};
}

void StepList::show(const Plan &plan)
{
    m_plan = plan;
    m_statuses = QList<StepStatus>(plan.steps.size());
    m_underWay = -1;
    clear();
    for (int i = 0; i < plan.steps.size(); ++i) {
        new QListWidgetItem(this);
        paintRow(i);
    }
    setCurrentRow(0);
}

void StepList::setStatus(int step, const StepStatus &status)
{
    if (step < 0 || step >= m_statuses.size())
        return;
    m_statuses[step] = status;
    paintRow(step);
    if (!isUnderWay(status.state) || step == m_underWay)
        return;
    // What happens is followed, unless the operator looks at something else.
    const bool follows = m_underWay < 0 || currentRow() == m_underWay;
    m_underWay = step;
    if (follows)
        setCurrentRow(step);
}

void StepList::paintRow(int step)
{
    const StepStatus &status = m_statuses[step];
    const Step &one = m_plan.steps[step];
    const QString machine = subject::machineName(one.machine);
    QString text = tr("%1. %2").arg(QString::number(step + 1), visibleText(one.title));
    text += QLatin1Char('\n') +
            tr("%1 \u2013 %2")
                .arg(visibleText(machine.isEmpty() ? one.machine : machine), stateWords(status.state));
    if (one.disruptive && status.state == StepState::Scheduled)
        text += tr(" \u2013 cuts off a service");
    QListWidgetItem *row = item(step);
    row->setText(text);
    row->setIcon(themedIcon(stateIcon(status.state), palette()));
    row->setData(Qt::AccessibleTextRole, text);
}

void StepList::changeEvent(QEvent *event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        for (int i = 0; i < m_statuses.size(); ++i)
            paintRow(i);
}

} // namespace tropo
