#pragma once

#include "models/items/container_overview.h"
#include "models/items/keyed_table.h"

namespace tropo {

/// All containers, filtered and sorted by itself.
class ContainersModel final : public KeyedTable<ContainerLine>
{
    Q_OBJECT
public:
    enum Column { Status, Verdict, Name, Vm, ServiceColumn, Image, Ports, ColumnCount };
    /// VerdictRole: int of a SwarmVerdict, invalid where no Swarm says what is wanted.
    enum Role { KeyRole = Qt::UserRole, StateRole, VerdictRole, StaleRole };

    using KeyedTable::KeyedTable;

    void setContainers(const QList<ContainerLine> &containers);
    /// Words that must all occur in the name, VM, hypervisor, service, image or status, case aside.
    void setFilter(const QString &text);
    /// All of them, whatever the filter.
    const QList<ContainerLine> &all() const { return m_all; }

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Column -1: by hypervisor and VM, then as the engines list them.
    void sort(int column, Qt::SortOrder order) override;

protected:
    QString keyOf(const ContainerLine &line) const override { return line.key; }

private:
    QList<ContainerLine> wanted() const;
    QString text(const ContainerLine &line, int column) const;
    QString whole(const ContainerLine &line, int column) const;

    QList<ContainerLine> m_all;
    QStringList m_words;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace tropo
