#include "models/fleet/fleet_index.h"

#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

namespace {

/// QMultiHash gives the newest first; the order of the fleet reads better.
template <typename Hash, typename Key> QList<Place> inOrder(const Hash &hash, const Key &key)
{
    QList<Place> places = hash.values(key);
    std::reverse(places.begin(), places.end());
    return places;
}

/// Of a declared form what the running one says as well is left out.
NetworkForm onlyDeclared(const NetworkForm &declared, const NetworkForm &running)
{
    NetworkForm rest = declared;
    if (rest.mac == running.mac)
        rest.mac.reset();
    if (rest.address == running.address)
        rest.address.reset();
    rest.reservations.removeIf([&running](const Reservation &one) {
        return std::any_of(
            running.reservations.begin(), running.reservations.end(), [&one](const auto &other) {
                return other.mac == one.mac && other.address == one.address && other.name == one.name;
            });
    });
    return rest;
}

} // namespace

FleetIndex::FleetIndex(const Fleet &fleet)
{
    for (const Hypervisor &hypervisor : fleet.hypervisors)
        addHypervisor(hypervisor);
}

void FleetIndex::addName(const QString &name, const Place &place)
{
    if (!name.isEmpty())
        m_names.append({name.toLower(), place});
}

void FleetIndex::addOwnName(const QString &name, const Place &place)
{
    addName(name, place);
    if (!name.isEmpty())
        m_ownNames.insert(name);
}

void FleetIndex::addHypervisor(const Hypervisor &hypervisor)
{
    const QString self = subject::hypervisor(hypervisor.name);
    addOwnName(hypervisor.name, {self, QStringLiteral("a hypervisor of that name"), {}});
    addMachine(hypervisor.host, self, hypervisor.name, false);
    addNetworks(hypervisor);
    if (hypervisor.domains)
        for (const Domain &domain : *hypervisor.domains)
            addDomain(hypervisor, domain);
}

void FleetIndex::addMachine(const Machine &machine, const QString &subject, const QString &of, bool isGuest)
{
    addSightings(machine, subject, of);
    if (!machine.interfaces)
        return;
    for (const Interface &interface : machine.interfaces->items) {
        if (interface.isLoopback())
            continue;
        const QString place = isGuest ? subject::interface(subject, interface.name) : subject;
        const auto why = [&](const char *what) {
            return QStringLiteral("%1 of %2 has this %3").arg(interface.name, of, QLatin1String(what));
        };
        if (interface.mac)
            m_macs.insert(*interface.mac, {place, why("MAC"), interface.source});
        for (const InterfaceAddress &address : interface.addresses)
            m_addresses.insert(address.address, {place, why("address"), interface.source});
        for (const InterfaceAddress6 &address : interface.addresses6)
            m_addresses6.insert(address.address.toString(), {place, why("address"), interface.source});
        addName(interface.name, {place, QStringLiteral("an interface of %1").arg(of), interface.source});
    }
}

/// What a machine has seen of others: even a MAC that nothing has now.
void FleetIndex::addSightings(const Machine &machine, const QString &subject, const QString &of)
{
    for (const Neighbour &neighbour : machine.neighbours.value_or(QList<Neighbour>())) {
        const QString at = QStringLiteral("the ARP table of %1 has").arg(of);
        m_addresses.insert(neighbour.address,
                           {subject,
                            QStringLiteral("%1 this address on %2, %3")
                                .arg(at, neighbour.device,
                                     neighbour.mac ? QString(QLatin1String("at ") + neighbour.mac->toString())
                                                   : QStringLiteral("without a MAC")),
                            neighbour.source});
        if (neighbour.mac)
            m_macs.insert(*neighbour.mac, {subject,
                                           QStringLiteral("%1 %2 at this MAC on %3")
                                               .arg(at, neighbour.address.toString(), neighbour.device),
                                           neighbour.source});
    }
    for (const FdbEntry &entry : machine.fdb.value_or(QList<FdbEntry>()))
        if (entry.isLearned())
            m_macs.insert(
                entry.mac,
                {subject,
                 QStringLiteral("%1 of %2 has learned this MAC behind its port %3")
                     .arg(entry.bridge.isEmpty() ? QStringLiteral("a bridge") : entry.bridge, of, entry.port),
                 entry.source});
}

void FleetIndex::addForm(const NetworkForm &form, const QString &place, const QString &title)
{
    if (form.mac)
        m_macs.insert(*form.mac, {place, QStringLiteral("%1 has this MAC").arg(title), form.source});
    if (form.address)
        m_addresses.insert(form.address->address,
                           {place, QStringLiteral("%1 has this address").arg(title), form.source});
    for (const Reservation &reservation : form.reservations) {
        const QString whose =
            QStringLiteral("reserved for %1 in %2")
                .arg(reservation.name.isEmpty() ? QStringLiteral("nobody by name") : reservation.name, title);
        if (reservation.mac)
            m_macs.insert(*reservation.mac, {place, whose, reservation.source});
        if (reservation.address)
            m_addresses.insert(*reservation.address, {place, whose, reservation.source});
        addOwnName(reservation.name,
                   {place, QStringLiteral("a reservation in %1").arg(title), reservation.source});
    }
}

void FleetIndex::addNetworks(const Hypervisor &hypervisor)
{
    if (!hypervisor.networks)
        return;
    for (const Network &network : *hypervisor.networks) {
        const QString place = subject::network(hypervisor.name, network.name);
        const QString title = QStringLiteral("the network %1 of %2").arg(network.name, hypervisor.name);
        addOwnName(network.name, {place, title, network.source});
        if (const NetworkForm *form = network.known())
            addForm(*form, place, title);
        if (network.form && network.declared)
            addForm(onlyDeclared(*network.declared, *network.form), place,
                    QStringLiteral("the declared network %1 of %2").arg(network.name, hypervisor.name));
        for (const Lease &lease : network.leases.value_or(QList<Lease>())) {
            const QString whose =
                QStringLiteral("leased to %1 in %2")
                    .arg(lease.hostname.isEmpty() ? lease.mac.toString() : lease.hostname, title);
            m_macs.insert(lease.mac, {place, whose, lease.source});
            if (lease.address)
                m_addresses.insert(*lease.address, {place, whose, lease.source});
        }
    }
}

void FleetIndex::addNics(const DomainForm &form, const QString &vm, const QString &domain, const QString &how)
{
    for (const Nic &nic : form.nics) {
        const QString place = subject::nic(vm, form, nic);
        const QString name = nic.target.isEmpty() ? nic.alias : nic.target;
        const QString title = QStringLiteral("the %1 NIC %2of %3")
                                  .arg(how, name.isEmpty() ? QString() : QString(name + u' '), domain);
        if (nic.mac)
            m_macs.insert(*nic.mac, {place, QStringLiteral("%1 has this MAC").arg(title), nic.source});
        addName(nic.target, {place, QStringLiteral("the tap of a NIC of %1").arg(domain), nic.source});
        if (nic.pci)
            addName(nic.pci->toString(),
                    {place, QStringLiteral("the PCI address of %1").arg(title), nic.source});
    }
}

void FleetIndex::addConfigs(const Guest &guest, const QString &vm, const QString &domain)
{
    for (const InterfaceConfig &config : guest.configs) {
        const QString place = config.device.isEmpty() ? vm : subject::interface(vm, config.device);
        const QString file = config.source.document.section(u'/', -1);
        for (const auto *mac : {&config.hwaddr, &config.macaddr})
            if (*mac)
                m_macs.insert((*mac)->value,
                              {place,
                               QStringLiteral("the file %1 inside %2 names this MAC").arg(file, domain),
                               (*mac)->source});
        for (const auto &address : config.addresses)
            m_addresses.insert(
                address.value.address,
                {place, QStringLiteral("the file %1 inside %2 configures this address").arg(file, domain),
                 address.source});
    }
}

void FleetIndex::addEngine(const Engine &engine, const QString &vm, const QString &domain)
{
    for (const Container &container : engine.containers.value_or(QList<Container>())) {
        const QString place = subject::container(vm, container.name);
        const QString title = QStringLiteral("a container on %1").arg(domain);
        addOwnName(container.name, {place, title, container.source});
        addName(container.id, {place, title, container.source});
        addName(container.image, {place, QStringLiteral("the image of %1 on %2").arg(container.name, domain),
                                  container.source});
        if (container.task)
            addOwnName(container.task->service,
                       {subject::service(vm, container.task->service),
                        QStringLiteral("a Swarm service that runs on %1").arg(domain), container.source});
    }
    for (const Service &service : engine.services.value_or(QList<Service>()))
        addOwnName(service.name,
                   {subject::service(vm, service.name),
                    QStringLiteral("a Swarm service that %1 manages").arg(domain), service.source});
}

void FleetIndex::addDomain(const Hypervisor &hypervisor, const Domain &domain)
{
    const QString vm = subject::vm(hypervisor.name, domain.name);
    const QString title = QStringLiteral("a virtual machine on %1").arg(hypervisor.name);
    addOwnName(domain.name, {vm, title, domain.source});
    addName(domain.uuid, {vm, title, domain.source});
    if (domain.live)
        addNics(*domain.live, vm, domain.name, QStringLiteral("live"));
    if (domain.inactive)
        addNics(*domain.inactive, vm, domain.name, QStringLiteral("persistent"));
    if (!domain.guest)
        return;
    addMachine(domain.guest->system, vm, domain.name, true);
    addConfigs(*domain.guest, vm, domain.name);
    addEngine(domain.guest->engine, vm, domain.name);
}

QStringList FleetIndex::names() const
{
    QStringList all(m_ownNames.begin(), m_ownNames.end());
    all.sort();
    return all;
}

QList<MacAddress> FleetIndex::macs() const
{
    QList<MacAddress> all = m_macs.uniqueKeys();
    std::sort(all.begin(), all.end());
    return all;
}

QList<Ipv4> FleetIndex::addresses() const
{
    QList<Ipv4> all = m_addresses.uniqueKeys();
    std::sort(all.begin(), all.end());
    return all;
}

QList<Place> FleetIndex::byMac(MacAddress mac) const
{
    return inOrder(m_macs, mac);
}

QList<MacAddress> FleetIndex::sameButFirstOctet(MacAddress mac) const
{
    QList<MacAddress> found;
    for (int octet = 0; octet < 256; ++octet)
        if (m_macs.contains(mac.withFirstOctet(octet)))
            found.append(mac.withFirstOctet(octet));
    return found;
}

QList<Place> FleetIndex::byAddress(Ipv4 address) const
{
    return inOrder(m_addresses, address);
}

QList<Place> FleetIndex::byAddress6(const Ipv6 &address) const
{
    return inOrder(m_addresses6, address.toString());
}

QList<Place> FleetIndex::byName(const QString &text) const
{
    const QString wanted = text.toLower();
    QList<Place> exact;
    QList<Place> partly;
    for (const auto &[name, place] : m_names) {
        // A container's id in full, where the table that was read cuts it.
        const bool isCutId = wanted.size() == 64 && name.size() == 12 && wanted.startsWith(name);
        if (name == wanted || isCutId)
            exact.append(place);
        else if (wanted.size() >= 3 && name.contains(wanted))
            partly.append(place);
    }
    return exact.isEmpty() ? partly : exact;
}

} // namespace tropo
