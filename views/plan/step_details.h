#pragma once

#include "models/fixes/plan_run.h"

#include <QScrollArea>

class QLabel;

namespace tropo {

class DiffText;

/// One step of a plan, whole: what became of it, what must be true before, its command, the difference, how
/// it is read back, what it cuts off, and the way back.
class StepDetails final : public QScrollArea
{
    Q_OBJECT
public:
    explicit StepDetails(QWidget *parent = nullptr);

    void show(int number, const Step &step, const StepStatus &status);
    /// A plan without steps.
    void showNothing();

private:
    QLabel *paragraph();
    QLabel *heading(const QString &text);

    QLabel *m_title;
    QLabel *m_state;
    QLabel *m_outage;
    QLabel *m_before;
    DiffText *m_command;
    QLabel *m_diffTitle;
    DiffText *m_diff;
    QLabel *m_verify;
    QLabel *m_undo;
};

} // namespace tropo
