#pragma once

#include "models/floats/float_row.h"
#include "models/items/keyed_table.h"

namespace tropo {

/// Floats as rows, their layers as columns, merged by name.
class FloatsModel final : public KeyedTable<FloatRow>
{
    Q_OBJECT
public:
    /// Behind these, one column a layer in the order of FloatLayer.
    enum Column { Name, Holders, FirstLayer, ColumnCount = FirstLayer + floatLayerCount };
    enum Role {
        NameRole = Qt::UserRole,
        SubjectRole,
        StateRole, ///< LayerState, of a layer's column
        StateWordRole,
        FirstRole, ///< whether the layer is the first that disagrees
    };

    using KeyedTable::KeyedTable;

    void setFloats(const QList<FloatRow> &floats) { merge(floats); }
    /// The layer's cell; nothing for the columns before the layers.
    const FloatCell *cell(const QModelIndex &index) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const FloatRow &row) const override { return row.name; }

private:
    QString text(const FloatRow &row, int column) const;
    QString whole(const FloatRow &row, int column) const;
    QString spoken(const FloatRow &row, int column) const;
};

/// "agrees", "disagrees", "disagrees first", "nothing there", "not known": what stands beside the icon.
QString layerStateWord(LayerState state, bool first = false);

} // namespace tropo

Q_DECLARE_METATYPE(tropo::LayerState)
