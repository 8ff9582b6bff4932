#pragma once

#include "models/fixes/planner.h"
#include "models/items/float_board.h"

#include <QWidget>

class QVBoxLayout;

namespace tropo {

/// The fixes of what is chosen, a button each. Where a VM is still to be chosen, the button asks for it.
class FixBar final : public QWidget
{
    Q_OBJECT
public:
    explicit FixBar(QWidget *parent = nullptr);

    /// Hidden without offers.
    void show(const SnapshotPtr &snapshot, const QList<PlanRequest> &offers);
    /// What mends these findings, first of the first.
    void show(const SnapshotPtr &snapshot, const QList<Finding> &findings);
    void showNothing() { show(nullptr, QList<PlanRequest>()); }

Q_SIGNALS:
    void planWanted(const tropo::PlanRequest &request);

private:
    void addButton(const PlanRequest &offer);
    void addMore(const QList<PlanRequest> &offers);
    void ask(const PlanRequest &offer);

    SnapshotPtr m_snapshot;
    QList<PlanRequest> m_offers;
    QVBoxLayout *m_buttons;
};

} // namespace tropo
