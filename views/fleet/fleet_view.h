#pragma once

#include "models/fixes/planner.h"
#include "models/forecast/forecast.h"
#include "models/items/fleet_model.h"
#include "models/items/fleet_tree.h"

#include <QHash>
#include <QWidget>

class QSplitter;
class QTreeView;

namespace tropo {

class DetailsPanel;
class EvidencePanel;
class FixBar;

/// The tree of the fleet, what is known of the selected node, and what can be done about its findings.
class FleetView final : public QWidget
{
    Q_OBJECT
public:
    explicit FleetView(QWidget *parent = nullptr);

    /// Shows a new snapshot; `tree` is `fleetTree` of it. The selection stays on its object, and is empty
    /// when that is gone.
    void show(const SnapshotPtr &snapshot, TreeNode tree);
    /// Selects what a subject means and scrolls there.
    void goTo(const QString &subject);
    /// Goes to the node of the worst finding, or of the fleet.
    void goToWorst();
    void showFinding(const QString &id);
    /// Key of the selected node; empty where nothing is selected.
    QString selected() const;
    void setNow(const QDateTime &now);

    QStringList expandedKeys() const;
    void expandKeys(const QStringList &keys);
    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);
    QTreeView *tree() const { return m_tree; }

Q_SIGNALS:
    void selectionChanged(const QString &key);
    void refreshRequested(const QString &subject);
    void planWanted(const tropo::PlanRequest &request);

private:
    void layOut();
    void indexFindings();
    void showNode();
    void showEvidence(const TreeNode &node, const QList<Finding> &first, const QList<Finding> &below);
    /// Where an item of the forecast is chosen: shows what it stands on, and says so.
    bool showForecastEvidence(const Forecast &forecast);
    void showContextMenu(const QPoint &position);
    void copy(const QString &text) const;

    SnapshotPtr m_snapshot;
    SubjectIndex m_subjects;
    QHash<QString, QList<Finding>> m_findings;   ///< by the key of the node that they are about
    QHash<QString, QList<Finding>> m_concerning; ///< by the keys of what else they concern
    FleetModel *m_model;
    QTreeView *m_tree;
    DetailsPanel *m_details;
    FixBar *m_fixes;
    EvidencePanel *m_evidence;
    QSplitter *m_split;
    QSplitter *m_side;
    QString m_shown;  ///< key of the node in the panels
    QString m_gone;   ///< what was selected and is there no more
    QString m_chosen; ///< id of the finding, or item of the forecast, whose evidence is shown
};

} // namespace tropo
