#pragma once

#include <QStyledItemDelegate>

namespace tropo {

/// Rows of the containers' screen: what a Swarm says of them as icon and colour, the state of a container as
/// icon, what was not read again in lesser weight. Roles of the model are given, since two models use it.
class VerdictDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    struct Roles
    {
        int verdict = -1;   ///< int of a SwarmVerdict
        int state = -1;     ///< int of a NodeState; shown in column `stateColumn`
        int known = -1;     ///< false: of lesser weight
        int unhealthy = -1; ///< true: a container in the cell is not well
        int stateColumn = -1;
        int verdictColumn = -1; ///< shows the verdict's icon always
        int firstCell = -1;     ///< from here on cells show it where something is not as wanted
    };

    VerdictDelegate(const Roles &roles, QObject *parent);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    void showVerdict(QStyleOptionViewItem *option, const QModelIndex &index, int verdict) const;

    Roles m_roles;
};

} // namespace tropo
