#include "views/changes/change_delegate.h"

#include "models/items/changes_model.h"
#include "views/theme/theme.h"

namespace tropo {

namespace {

QString iconOf(int kind)
{
    switch (kind) {
    case ChangesModel::Added:
        return QStringLiteral("change-added");
    case ChangesModel::Removed:
        return QStringLiteral("change-removed");
    case ChangesModel::NotComparable:
        return QStringLiteral("not-known");
    default:
        return QStringLiteral("change-changed");
    }
}

} // namespace

void ChangeDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const int kind = index.data(ChangesModel::RowKindRole).toInt();
    if (kind == ChangesModel::Group) {
        option->font.setBold(true);
        return;
    }
    if (index.column() == ChangesModel::Kind) {
        option->icon = themedIcon(iconOf(kind), option->palette);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(16, 16);
    } else if (index.column() == ChangesModel::Where) {
        option->palette.setColor(QPalette::Text, inkOf(option->palette).muted);
    }
}

} // namespace tropo
