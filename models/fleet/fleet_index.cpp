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

void FleetIndex::addHypervisor(const Hypervisor &hypervisor)
{
    const QString self = subject::hypervisor(hypervisor.name);
    addName(hypervisor.name, {self, QStringLiteral("a hypervisor of that name"), {}});
    addMachine(hypervisor.host, self, hypervisor.name, false);
    addNetworks(hypervisor);
    if (hypervisor.domains)
        for (const Domain &domain : *hypervisor.domains)
            addDomain(hypervisor, domain);
}

void FleetIndex::addMachine(const Machine &machine, const QString &subject, const QString &of, bool isGuest)
{
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

void FleetIndex::addNetworks(const Hypervisor &hypervisor)
{
    if (!hypervisor.networks)
        return;
    for (const Network &network : *hypervisor.networks) {
        const QString place = subject::network(hypervisor.name, network.name);
        const QString title = QStringLiteral("the network %1 of %2").arg(network.name, hypervisor.name);
        addName(network.name, {place, title, network.source});
        if (const NetworkForm *form = network.known()) {
            if (form->mac)
                m_macs.insert(*form->mac,
                              {place, QStringLiteral("%1 has this MAC").arg(title), form->source});
            if (form->address)
                m_addresses.insert(form->address->address,
                                   {place, QStringLiteral("%1 has this address").arg(title), form->source});
            for (const Reservation &reservation : form->reservations) {
                const QString whose =
                    QStringLiteral("reserved for %1 in %2")
                        .arg(reservation.name.isEmpty() ? QStringLiteral("nobody by name") : reservation.name,
                             title);
                if (reservation.mac)
                    m_macs.insert(*reservation.mac, {place, whose, reservation.source});
                if (reservation.address)
                    m_addresses.insert(*reservation.address, {place, whose, reservation.source});
                addName(reservation.name,
                        {place, QStringLiteral("a reservation in %1").arg(title), reservation.source});
            }
        }
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
        addName(container.name, {place, title, container.source});
        addName(container.id, {place, title, container.source});
        addName(container.image, {place, QStringLiteral("the image of %1 on %2").arg(container.name, domain),
                                  container.source});
        if (container.task)
            addName(container.task->service,
                    {subject::service(vm, container.task->service),
                     QStringLiteral("a Swarm service that runs on %1").arg(domain), container.source});
    }
    for (const Service &service : engine.services.value_or(QList<Service>()))
        addName(service.name,
                {subject::service(vm, service.name),
                 QStringLiteral("a Swarm service that %1 manages").arg(domain), service.source});
}

void FleetIndex::addDomain(const Hypervisor &hypervisor, const Domain &domain)
{
    const QString vm = subject::vm(hypervisor.name, domain.name);
    const QString title = QStringLiteral("a virtual machine on %1").arg(hypervisor.name);
    addName(domain.name, {vm, title, domain.source});
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
