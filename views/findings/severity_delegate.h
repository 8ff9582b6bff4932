#pragma once

#include <QStyledItemDelegate>

namespace tropo {

/// Rows of findings, two lines high: the severity's icon beside its word, stories bold, lesser columns muted.
class SeverityDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace tropo
