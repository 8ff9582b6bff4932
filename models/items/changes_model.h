#pragma once

#include "models/compare/comparison.h"

#include <QAbstractItemModel>

#include <vector>

namespace tropo {

/// Which rows of a comparison are shown.
struct ChangeFilter
{
    QString text; ///< somewhere in the subject or the sentence; upper and lower case are one
    bool added = true;
    bool removed = true;
    bool changed = true;
    bool notCompared = true;

    bool operator==(const ChangeFilter &) const = default;
};

/// A comparison as a tree of two levels: what it is about (a hypervisor, a network, a VM, a float), and the
/// changes of it; at the end what could not be compared. Texts are made visible and bounded here.
class ChangesModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Kind, Where, Message, ColumnCount };
    enum Role {
        RowKindRole = Qt::UserRole, ///< RowKind, as int
        SubjectRole,
    };
    enum RowKind { Group, Added, Removed, Changed, NotComparable };

    using QAbstractItemModel::QAbstractItemModel;

    void setComparison(const Comparison &comparison);
    void setFilter(const ChangeFilter &filter);
    const Comparison &comparison() const { return m_comparison; }
    /// Nothing for a group and for what could not be compared.
    const Change *change(const QModelIndex &index) const;
    /// Rows below the groups.
    int shown() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        RowKind kind;
        qsizetype place; ///< in the comparison's list of its kind
    };
    struct Heading
    {
        QString subject; ///< empty: what could not be compared
        std::vector<Row> rows;
    };

    void regroup();
    QString subjectOf(const Row &row) const;
    QString textOf(const Row &row, const Heading &heading, int column) const;
    QString wholeOf(const Row &row, int column) const;
    QVariant groupData(const Heading &heading, int column, int role) const;

    Comparison m_comparison;
    ChangeFilter m_filter;
    std::vector<Heading> m_headings;
};

} // namespace tropo
