#pragma once

#include "models/items/key_merge.h"

#include <QAbstractTableModel>

namespace tropo {

/// A table whose rows are told apart by a key. New rows are merged into the shown ones by it, so that a
/// persistent index (a selection, a scroll position) stays with the thing it was set on.
template <typename Row> class KeyedTable : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    const Row *rowAt(const QModelIndex &index) const
    {
        return index.isValid() && index.row() < m_rows.size() ? &m_rows[index.row()] : nullptr;
    }

    QModelIndex indexOf(const QString &key) const
    {
        for (int i = 0; i < m_rows.size(); ++i)
            if (keyOf(m_rows[i]) == key)
                return index(i, 0);
        return {};
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

protected:
    /// Each key at most once in a table.
    virtual QString keyOf(const Row &row) const = 0;

    const QList<Row> &rows() const { return m_rows; }

    void merge(const QList<Row> &fresh)
    {
        for (const RowChange &change : keyMerge(keysOf(m_rows), keysOf(fresh)))
            apply(change, fresh);
        int first = -1;
        int last = -1;
        for (int i = 0; i < m_rows.size(); ++i) {
            if (m_rows[i] == fresh[i])
                continue;
            m_rows[i] = fresh[i];
            first = first < 0 ? i : first;
            last = i;
        }
        if (first >= 0)
            Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    }

    /// For a change of the columns: nothing stays where it was.
    void reset(const QList<Row> &fresh)
    {
        beginResetModel();
        m_rows = fresh;
        endResetModel();
    }

private:
    QList<QString> keysOf(const QList<Row> &rows) const
    {
        QList<QString> keys;
        for (const Row &row : rows)
            keys.append(keyOf(row));
        return keys;
    }

    void apply(const RowChange &change, const QList<Row> &fresh)
    {
        switch (change.what) {
        case RowChange::What::Remove:
            beginRemoveRows({}, change.first, change.last);
            m_rows.remove(change.first, change.last - change.first + 1);
            endRemoveRows();
            break;
        case RowChange::What::Move:
            beginMoveRows({}, change.first, change.first, {},
                          change.to > change.first ? change.to + 1 : change.to);
            m_rows.move(change.first, change.to);
            endMoveRows();
            break;
        case RowChange::What::Insert:
            beginInsertRows({}, change.first, change.last);
            for (int i = change.first; i <= change.last; ++i)
                m_rows.insert(i, fresh[i]);
            endInsertRows();
            break;
        }
    }

    QList<Row> m_rows;
};

} // namespace tropo
