#pragma once

#include "models/items/container_overview.h"
#include "models/items/keyed_table.h"

namespace tropo {

/// Services × VMs.
class ServicesModel final : public KeyedTable<ServiceLine>
{
    Q_OBJECT
public:
    enum Column { Name, Origin, Replicas, Verdict, FirstVm };
    /// VerdictRole: int of a SwarmVerdict, invalid where no Swarm says what is wanted.
    enum Role { KeyRole = Qt::UserRole, VerdictRole, KnownRole, UnhealthyRole };

    using KeyedTable::KeyedTable;

    void setOverview(const ContainerOverview &overview);

    const QList<ContainerVm> &vms() const { return m_vms; }
    /// The cell of a service on a VM; nothing for the first columns, or where it has nothing there.
    const ServiceCell *cell(const QModelIndex &index) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QString keyOf(const ServiceLine &line) const override { return line.key; }

private:
    QString text(const ServiceLine &line, int column, qsizetype most = 80) const;
    QVariant verdict(const QModelIndex &index, const ServiceLine &line) const;

    QList<ContainerVm> m_vms;
};

} // namespace tropo
