#pragma once

#include <QStyledItemDelegate>

namespace tropo {

/// Rows of the changes: the kind's icon beside its word, what a group is about in bold across the columns.
class ChangeDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace tropo
