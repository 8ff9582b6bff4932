#include "views/findings/severity_delegate.h"

#include "models/items/findings_model.h"
#include "views/presentation.h"

namespace tropo {

void SeverityDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Ink ink = inkOf(option->palette);
    const auto severity = index.data(FindingsModel::SeverityRole).value<Severity>();
    const bool accepted = index.data(FindingsModel::AcceptedRole).toBool();
    QColor text = accepted ? ink.muted : option->palette.color(QPalette::Text);
    if (index.column() == FindingsModel::SeverityColumn) {
        option->icon = themedIcon(iconName(severity), option->palette);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(16, 16);
        text = accepted ? ink.muted : inkFor(severity, ink);
    } else if (index.column() == FindingsModel::Rule || index.column() == FindingsModel::Since) {
        text = ink.muted;
    }
    option->font.setBold(index.data(FindingsModel::StoryRole).toBool() &&
                         index.column() == FindingsModel::Message);
    if (index.column() == FindingsModel::Since)
        option->displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
    option->palette.setColor(QPalette::Text, text);
}

QSize SeverityDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), 2 * qMax(option.fontMetrics.lineSpacing(), 16) + 10};
}

} // namespace tropo
