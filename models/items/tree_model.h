#pragma once

#include "models/items/tree_node.h"

#include <QAbstractItemModel>
#include <QHash>

#include <memory>

namespace tropo {

/// A tree of nodes as an item model. A new tree is merged into the shown one by key, so that persistent
/// indexes (selection, expansion, scroll position) stay with the thing they were set on. What a column shows
/// is the concrete model's.
class TreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    explicit TreeModel(QObject *parent = nullptr);
    ~TreeModel() override;

    /// Merges: the root itself is the one top row.
    void setTree(TreeNode root);
    /// Merges several top rows.
    void setRows(std::vector<TreeNode> rows);
    void clear();

    /// The node of an index; its `children` are empty, they are rows.
    const TreeNode *node(const QModelIndex &index) const;
    /// The row with that key, column 0; invalid where there is none.
    QModelIndex indexOf(const QString &key) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const final;
    QModelIndex parent(const QModelIndex &index) const final;
    int rowCount(const QModelIndex &parent = {}) const final;
    bool hasChildren(const QModelIndex &parent = {}) const final;

private:
    struct Row;

    Row *rowOf(const QModelIndex &index) const;
    QModelIndex indexFor(const Row &row, int column = 0) const;
    std::unique_ptr<Row> makeRow(TreeNode node, Row *parent);
    void forget(const Row &row);
    void mergeChildren(Row &parent, std::vector<TreeNode> &fresh);
    void removeRows(Row &parent, int first, int last);
    void insertRows(Row &parent, int first, int last, std::vector<TreeNode> &fresh);
    void moveRow(Row &parent, int from, int to);
    void updateRows(Row &parent, std::vector<TreeNode> &fresh);

    std::unique_ptr<Row> m_top;   ///< invisible; its only child is the root's row
    QHash<QString, Row *> m_rows; ///< by key
};

} // namespace tropo
