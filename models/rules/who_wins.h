#pragma once

#include "models/rules/vm_index.h"

#include <QHash>
#include <QMultiHash>
#include <QStringList>

namespace tropo {

/// A sentence, and the lines that it stands on.
struct Statement
{
    QString text;
    QList<Source> sources;

    bool operator==(const Statement &) const = default;
};

/// Behind which port a bridge saw a MAC last (its forwarding table).
struct Learned
{
    const Hypervisor *hypervisor = nullptr;
    const FdbEntry *entry = nullptr;
    const VmView *vm = nullptr; ///< whose tap the port is; nothing: not known to be a tap
    const Nic *nic = nullptr;
};

/// Which MAC a machine holds for an address (its ARP table).
struct Held
{
    QString machine; ///< "trop01", "Ulov on trop02"
    QString subject;
    const Neighbour *neighbour = nullptr;
};

/// What bridges and neighbours say of who has a MAC or an address: where several claim it, who wins. Nothing
/// is said where nothing is known. Points into the fleet and the index, which must outlive it.
class Witnesses
{
public:
    Witnesses(const Fleet &fleet, const VmIndex &index);

    QList<Learned> learned(MacAddress mac) const;
    /// Entries that name a MAC. `hypervisors`: only what these and their guests hold, all where empty: the
    /// NAT networks of two hypervisors may use one address.
    QList<Held> held(Ipv4 address, const QStringList &hypervisors = {}) const;

    /// "br0 of trop02 learned 52:54:00:00:01:01 on vnet4, Acilamwen's fourth NIC with it."
    QList<Statement> whereLearned(MacAddress mac) const;
    /// "trop01 and trop03 hold 52:54:00:00:01:01 for 129.215.175.100." Where they disagree, that is said.
    QList<Statement> whoIsBelieved(Ipv4 address, const QStringList &hypervisors = {}) const;

private:
    struct Tap
    {
        const VmView *vm;
        const Nic *nic;
    };

    void addArp(const Machine &machine, const QString &hypervisor, const QString &name,
                const QString &subject);
    QString portOf(const Learned &learned) const;
    QString ownerOf(MacAddress mac) const;

    QMultiHash<MacAddress, Learned> m_learned;
    QMultiHash<Ipv4, std::pair<QString, Held>> m_held; ///< with the hypervisor's name
    QMultiHash<MacAddress, QString> m_owners;          ///< names of the VMs with a live NIC of that MAC
};

/// Adds statements to a finding's message and sources.
void append(QString &message, QList<Source> &sources, const QList<Statement> &statements);

} // namespace tropo
