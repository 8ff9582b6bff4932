#pragma once

#include "models/items/tree_model.h"

namespace tropo {

/// The fleet tree's columns. Texts are made visible and bounded here; icons and colours are the views'.
class FleetModel final : public TreeModel
{
    Q_OBJECT
public:
    enum Column { Name, Detail, Findings, Age, ColumnCount };
    enum Role {
        KeyRole = Qt::UserRole,
        KindRole,
        StateRole,
        BadgeRole,
        ErrorsRole,
        WarningsRole,
        InfosRole,
        UnreadRole, ///< something of it was not read
        TakenRole,
        StaleRole,
    };

    using TreeModel::TreeModel;

    /// The time that ages are told from. Views repaint after it; nothing else changes.
    void setNow(const QDateTime &now) { m_now = now; }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const TreeNode &node, int column) const;
    QString whole(const TreeNode &node, int column) const;
    QString spoken(const TreeNode &node) const;

    QDateTime m_now = QDateTime::currentDateTime();
};

/// "2 errors, 1 warning", for ears and tooltips; empty where there is nothing.
QString countsText(const FindingCounts &counts);

} // namespace tropo

Q_DECLARE_METATYPE(tropo::NodeKind)
Q_DECLARE_METATYPE(tropo::NodeState)
