#pragma once

#include <QStyledItemDelegate>

namespace tropo {

/// Cells of the float matrix: the state's icon and word above what stands there; the first layer of a row
/// that disagrees has a bar at its left and says so in words.
class LayerDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintLayer(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintFloat(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
};

} // namespace tropo
