#pragma once

#include "models/fleet/fleet.h"

#include <QMultiHash>
#include <QSet>

namespace tropo {

/// Where something stands in the fleet.
struct Place
{
    QString subject;
    QString
        why; ///< what it is there, as the end of a sentence: "the live NIC vnet1 of Acilamwen has this MAC"
    Source source;

    bool operator==(const Place &) const = default;
};

/// Every MAC, address and name of a fleet, to be looked up at once. Holds copies; needs no fleet after it was
/// made.
class FleetIndex
{
public:
    explicit FleetIndex(const Fleet &fleet);

    QList<Place> byMac(MacAddress mac) const;
    /// MACs of the fleet that differ from this one at most in their first octet, sorted.
    QList<MacAddress> sameButFirstOctet(MacAddress mac) const;
    QList<Place> byAddress(Ipv4 address) const;
    QList<Place> byAddress6(const Ipv6 &address) const;
    /// Exact names (case-insensitive), container ids by prefix, UUIDs; then names that contain the text.
    QList<Place> byName(const QString &text) const;

    // What there is to be mistaken for, each once.
    QList<MacAddress> macs() const; ///< sorted
    QList<Ipv4> addresses() const;  ///< sorted
    QStringList names() const;      ///< sorted; of machines, networks, containers and services

private:
    void addHypervisor(const Hypervisor &hypervisor);
    void addMachine(const Machine &machine, const QString &subject, const QString &of, bool isGuest);
    void addSightings(const Machine &machine, const QString &subject, const QString &of);
    void addNetworks(const Hypervisor &hypervisor);
    void addForm(const NetworkForm &form, const QString &place, const QString &title);
    void addDomain(const Hypervisor &hypervisor, const Domain &domain);
    void addNics(const DomainForm &form, const QString &vm, const QString &domain, const QString &how);
    void addConfigs(const Guest &guest, const QString &vm, const QString &domain);
    void addEngine(const Engine &engine, const QString &vm, const QString &domain);
    void addName(const QString &name, const Place &place);
    void addOwnName(const QString &name, const Place &place);

    QMultiHash<MacAddress, Place> m_macs;
    QMultiHash<Ipv4, Place> m_addresses;
    QMultiHash<QString, Place> m_addresses6;
    QList<QPair<QString, Place>> m_names; ///< lower case
    QSet<QString> m_ownNames;
};

} // namespace tropo
