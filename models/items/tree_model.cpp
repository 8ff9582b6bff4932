#include "models/items/tree_model.h"

#include "models/items/key_merge.h"

namespace tropo {

struct TreeModel::Row
{
    TreeNode node; ///< without children
    Row *parent = nullptr;
    int position = 0;
    std::vector<std::unique_ptr<Row>> children;

    void renumber(std::size_t from)
    {
        for (std::size_t i = from; i < children.size(); ++i)
            children[i]->position = static_cast<int>(i);
    }
};

TreeModel::TreeModel(QObject *parent) : QAbstractItemModel(parent), m_top(std::make_unique<Row>())
{
}

TreeModel::~TreeModel() = default;

TreeModel::Row *TreeModel::rowOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Row *>(index.internalPointer()) : m_top.get();
}

QModelIndex TreeModel::indexFor(const Row &row, int column) const
{
    return &row == m_top.get() ? QModelIndex() : createIndex(row.position, column, &row);
}

QModelIndex TreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, rowOf(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex TreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return indexFor(*rowOf(index)->parent);
}

int TreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(rowOf(parent)->children.size());
}

bool TreeModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

const TreeNode *TreeModel::node(const QModelIndex &index) const
{
    return index.isValid() ? &rowOf(index)->node : nullptr;
}

QModelIndex TreeModel::indexOf(const QString &key) const
{
    const Row *row = m_rows.value(key);
    return row ? indexFor(*row) : QModelIndex();
}

void TreeModel::setTree(TreeNode root)
{
    std::vector<TreeNode> top;
    top.push_back(std::move(root));
    setRows(std::move(top));
}

void TreeModel::setRows(std::vector<TreeNode> rows)
{
    mergeChildren(*m_top, rows);
}

void TreeModel::clear()
{
    beginResetModel();
    m_top = std::make_unique<Row>();
    m_rows.clear();
    endResetModel();
}

std::unique_ptr<TreeModel::Row> TreeModel::makeRow(TreeNode node, Row *parent)
{
    auto row = std::make_unique<Row>();
    row->parent = parent;
    row->children.reserve(node.children.size());
    for (TreeNode &child : node.children) {
        row->children.push_back(makeRow(std::move(child), row.get()));
        row->children.back()->position = static_cast<int>(row->children.size()) - 1;
    }
    node.children = {};
    row->node = std::move(node);
    m_rows.insert(row->node.key, row.get());
    return row;
}

void TreeModel::forget(const Row &row)
{
    // A key may have moved to another parent already.
    if (const auto it = m_rows.constFind(row.node.key); it != m_rows.constEnd() && *it == &row)
        m_rows.erase(it);
    for (const auto &child : row.children)
        forget(*child);
}

void TreeModel::mergeChildren(Row &parent, std::vector<TreeNode> &fresh)
{
    QList<QString> from;
    QList<QString> to;
    for (const auto &child : parent.children)
        from.append(child->node.key);
    for (const TreeNode &node : fresh)
        to.append(node.key);
    // Rows that stay are merged after this, when they are where `fresh` has them.
    std::vector<bool> isNew(fresh.size(), false);
    const QList<RowChange> changes = keyMerge(from, to);
    for (const RowChange &change : changes) {
        switch (change.what) {
        case RowChange::What::Remove:
            removeRows(parent, change.first, change.last);
            break;
        case RowChange::What::Move:
            moveRow(parent, change.first, change.to);
            break;
        case RowChange::What::Insert:
            insertRows(parent, change.first, change.last, fresh);
            std::fill(isNew.begin() + change.first, isNew.begin() + change.last + 1, true);
            break;
        }
    }
    updateRows(parent, fresh);
    for (std::size_t i = 0; i < fresh.size(); ++i)
        if (!isNew[i])
            mergeChildren(*parent.children[i], fresh[i].children);
}

void TreeModel::removeRows(Row &parent, int first, int last)
{
    beginRemoveRows(indexFor(parent), first, last);
    const auto begin = parent.children.begin() + first;
    const auto end = parent.children.begin() + last + 1;
    std::for_each(begin, end, [this](const auto &row) { forget(*row); });
    parent.children.erase(begin, end);
    parent.renumber(static_cast<std::size_t>(first));
    endRemoveRows();
}

void TreeModel::insertRows(Row &parent, int first, int last, std::vector<TreeNode> &fresh)
{
    beginInsertRows(indexFor(parent), first, last);
    std::vector<std::unique_ptr<Row>> rows;
    for (int i = first; i <= last; ++i) {
        TreeNode &node = fresh[static_cast<std::size_t>(i)];
        rows.push_back(makeRow(node, &parent));
        node.children.clear();
    }
    parent.children.insert(parent.children.begin() + first, std::make_move_iterator(rows.begin()),
                           std::make_move_iterator(rows.end()));
    parent.renumber(static_cast<std::size_t>(first));
    endInsertRows();
}

void TreeModel::moveRow(Row &parent, int from, int to)
{
    const QModelIndex index = indexFor(parent);
    beginMoveRows(index, from, from, index, to > from ? to + 1 : to);
    const auto begin = parent.children.begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    parent.renumber(static_cast<std::size_t>(std::min(from, to)));
    endMoveRows();
}

void TreeModel::updateRows(Row &parent, std::vector<TreeNode> &fresh)
{
    int first = -1;
    int last = -1;
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        Row &row = *parent.children[i];
        if (sameRow(row.node, fresh[i]))
            continue;
        std::vector<TreeNode> children = std::move(fresh[i].children);
        row.node = std::move(fresh[i]);
        row.node.children.clear();
        fresh[i].children = std::move(children);
        first = first < 0 ? static_cast<int>(i) : first;
        last = static_cast<int>(i);
    }
    if (first < 0)
        return;
    // One range a parent: a view spends as long on one row as on all of them.
    const QModelIndex index = indexFor(parent);
    Q_EMIT dataChanged(this->index(first, 0, index), this->index(last, columnCount(index) - 1, index));
}

} // namespace tropo
