#pragma once

#include <QStyledItemDelegate>

namespace tropo {

/// Rows of the findings table: the severity's icon beside its word, lesser columns muted.
class SeverityDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace tropo
