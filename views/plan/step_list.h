#pragma once

#include "models/fixes/plan_run.h"

#include <QListWidget>

namespace tropo {

/// The steps of a plan with their numbers and how far each is, as icon and word.
class StepList final : public QListWidget
{
    Q_OBJECT
public:
    explicit StepList(QWidget *parent = nullptr);

    void show(const Plan &plan);
    void setStatus(int step, const StepStatus &status);
    /// A state in an operator's words: "done and read back".
    static QString stateWords(StepState state);

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintRow(int step);

    Plan m_plan;
    QList<StepStatus> m_statuses;
    int m_underWay = -1; ///< the step that is, or was last
};

} // namespace tropo
