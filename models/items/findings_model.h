#pragma once

#include "models/items/finding_filter.h"
#include "models/items/keyed_table.h"

#include <QDateTime>
#include <QHash>

namespace tropo {

/// Findings as a table, merged by id, filtered and sorted by itself.
class FindingsModel final : public KeyedTable<Finding>
{
    Q_OBJECT
public:
    enum Column { SeverityColumn, Subject, Message, Rule, Since, ColumnCount };
    enum Role { IdRole = Qt::UserRole, SeverityRole, AcceptedRole };

    using KeyedTable::KeyedTable;

    /// Replaces what is known by these; one that was here before keeps its "since", a new one gets `taken`.
    void setFindings(const QList<Finding> &findings, const QDateTime &taken);
    void setFilter(const FindingFilter &filter);
    const FindingFilter &filter() const { return m_filter; }
    void setNow(const QDateTime &now) { m_now = now; }

    const Finding *finding(const QModelIndex &index) const { return rowAt(index); }
    QDateTime since(const Finding &finding) const { return m_since.value(finding.id()); }
    /// All of them, whatever the filter.
    const QList<Finding> &all() const { return m_all; }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Column -1: the order in which the findings came, worst first.
    void sort(int column, Qt::SortOrder order) override;

protected:
    QString keyOf(const Finding &finding) const override { return finding.id(); }

private:
    QList<Finding> wanted() const;
    QString text(const Finding &finding, int column) const;

    QList<Finding> m_all;
    QHash<QString, QDateTime> m_since;
    FindingFilter m_filter;
    QDateTime m_now = QDateTime::currentDateTime();
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

/// "error", "warning", "note": the word that stands beside the icon.
QString severityWord(Severity severity);

} // namespace tropo

Q_DECLARE_METATYPE(tropo::Severity)
