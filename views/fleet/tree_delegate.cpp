#include "views/fleet/tree_delegate.h"

#include "models/items/fleet_model.h"
#include "views/parts/badges.h"
#include "views/presentation.h"

#include <QApplication>
#include <QPainter>

namespace tropo {

void TreeDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto kind = index.data(FleetModel::KindRole).value<NodeKind>();
    const auto state = index.data(FleetModel::StateRole).value<NodeState>();
    const Ink ink = inkOf(option->palette);
    QColor text = option->palette.color(QPalette::Text);
    switch (index.column()) {
    case FleetModel::Name: {
        const QString icon = iconName(kind, state);
        if (!icon.isEmpty()) {
            option->icon = themedIcon(icon, option->palette);
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->decorationSize = QSize(16, 16);
        }
        option->font.setBold(kind == NodeKind::Fleet || kind == NodeKind::Hypervisor);
        if (kind == NodeKind::Group || kind == NodeKind::NotKnown)
            text = ink.muted;
        break;
    }
    case FleetModel::Detail:
        text = index.data(FleetModel::BadgeRole).toString().isEmpty() ? ink.muted : ink.warning;
        break;
    case FleetModel::Age:
        option->displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
        text = index.data(FleetModel::StaleRole).toBool() ? ink.warning : ink.muted;
        break;
    default:
        option->text.clear();
        break;
    }
    option->font.setItalic(kind == NodeKind::NotKnown);
    option->palette.setColor(QPalette::Text, text);
}

void TreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != FleetModel::Findings)
        return;
    const FindingCounts counts{index.data(FleetModel::ErrorsRole).toInt(),
                               index.data(FleetModel::WarningsRole).toInt(),
                               index.data(FleetModel::InfosRole).toInt()};
    painter->save();
    const QRect area = option.rect.adjusted(6, 0, -2, 0);
    const int used = paintBadges(*painter, area, counts, option.palette, option.font,
                                 option.state.testFlag(QStyle::State_Selected));
    if (index.data(FleetModel::UnreadRole).toBool())
        paintUnread(*painter, area.adjusted(used, 0, 0, 0), option.palette);
    painter->restore();
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), qMax(option.fontMetrics.height(), 16) + 9};
}

} // namespace tropo
