#include "views/plan/step_details.h"

#include "models/fleet/subject.h"
#include "models/items/visible_text.h"
#include "views/parts/plain.h"
#include "views/plan/diff_text.h"
#include "views/plan/step_list.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>

namespace tropo {

namespace {

/// What a step that only reads has for a command.
constexpr QLatin1String nothingTyped(":");

QString sentences(const QString &title, const QList<Condition> &conditions, const QString &none)
{
    QString text = title;
    for (const Condition &condition : conditions)
        text += QStringLiteral("\n\u2022 ") + visibleText(conditionText(condition));
    if (conditions.isEmpty())
        text += QLatin1Char(' ') + none;
    return text;
}

} // namespace

StepDetails::StepDetails(QWidget *parent) : QScrollArea(parent)
{
    setObjectName(QStringLiteral("stepDetails"));
    setAccessibleName(tr("The chosen step"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(new QWidget(this));
    auto *column = new QVBoxLayout(widget());
    column->setContentsMargins(16, 10, 16, 12);
    column->setSpacing(8);
    m_title = heading({});
    m_state = paragraph();
    m_outage = paragraph();
    m_before = paragraph();
    auto *typed = new QHBoxLayout;
    column->addLayout(typed);
    QLabel *typedTitle = heading(tr("As one would type it"));
    typed->addWidget(typedTitle, 1);
    QToolButton *copy = iconButton(QStringLiteral("copy"), tr("Copy the command"), widget());
    typed->addWidget(copy);
    m_command = new DiffText(widget());
    m_command->setAccessibleName(tr("The command of this step"));
    column->addWidget(m_command);
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
    m_diffTitle = heading(tr("The difference"));
    m_diff = new DiffText(widget());
    m_diff->setAccessibleName(tr("The difference that this step makes"));
    column->addWidget(m_diff);
    m_verify = paragraph();
    m_undo = paragraph();
    column->addStretch(1);
}

QLabel *StepDetails::paragraph()
{
    QLabel *label = selectableLabel({}, widget());
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    widget()->layout()->addWidget(label);
    return label;
}

QLabel *StepDetails::heading(const QString &text)
{
    QLabel *label = paragraph();
    label->setText(text);
    setPointScale(label, 1.0, true);
    return label;
}

void StepDetails::show(int number, const Step &step, const StepStatus &status)
{
    widget()->show();
    const QString machine = subject::machineName(step.machine);
    m_title->setText(tr("%1. %2 \u2013 %3")
                         .arg(QString::number(number), visibleText(step.title),
                              visibleText(machine.isEmpty() ? step.machine : machine)));
    const QString state = StepList::stateWords(status.state);
    m_state->setText(
        status.says.isEmpty() ? state : QStringLiteral("%1: %2").arg(state, visibleText(status.says, 2000)));
    m_state->setVisible(status.state != StepState::Scheduled || !status.says.isEmpty());
    m_outage->setText(tr("It cuts off: %1").arg(visibleText(step.outage)));
    m_outage->setVisible(!step.outage.isEmpty());
    m_before->setText(sentences(tr("Must be true before:"), step.before, tr("nothing")));
    m_command->setCommand(step.command == nothingTyped ? tr("(nothing is typed: it is only read)")
                                                       : step.command);
    m_diff->setDiff(step.diff);
    m_diffTitle->setVisible(!step.diff.isEmpty());
    m_diff->setVisible(!step.diff.isEmpty());
    m_verify->setText(sentences(tr("Read back after:"), step.verify, tr("nothing; the next steps tell")));
    m_undo->setText(step.undoText.isEmpty()
                        ? tr("The way back: nothing to take back.")
                        : tr("The way back:\n%1").arg(visibleText(step.undoText, 4000, true)));
}

void StepDetails::showNothing()
{
    widget()->hide();
}

} // namespace tropo
