#include "models/rules/reservation_rules.h"

#include "models/fleet/connection.h"
#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/known_list.h"
#include "models/rules/reservation_facts.h"

#include <QHash>

#include <algorithm>

namespace tropo {

namespace {

/// "The MAC … and the name … are reserved twice: …", about the first network by name.
Finding sharedFinding(const SharedReservation &shared, const QString &verb)
{
    QStringList places;
    QStringList related;
    QList<Source> sources;
    QString declared;
    const QString first = shared.places.first().view.subject;
    for (const ReservationPlace &place : shared.places) {
        places.append(place.text());
        if (place.view.subject != first && !related.contains(place.view.subject))
            related.append(place.view.subject);
        sources.append(place.reservation->source);
        const QString outside = outsideOf(place);
        if (!outside.isEmpty())
            places.last() += QLatin1String(", ") + outside;
        if (places.size() <= 12) // as many as are named
            declared += declaredInstead(place);
    }
    QString what = someOf(shared.what, QStringLiteral(" and "));
    what[0] = what[0].toUpper();
    const QString times = shared.places.size() == 2 ? QStringLiteral("twice")
                                                    : QStringLiteral("%1 times").arg(shared.places.size());
    return about(first,
                 QStringLiteral("%1 %2 %3 %4: %5.%6")
                     .arg(what, shared.what.size() == 1 ? QStringLiteral("is") : QStringLiteral("are"), verb,
                          times, someOf(places, QStringLiteral("; ")), declared),
                 sources, related);
}

} // namespace

QList<Finding> reservationDuplicate(const RuleInput &input)
{
    QList<Finding> findings;
    for (const SharedReservation &shared : duplicateReservations(input.fleet))
        findings.append(sharedFinding(shared, QStringLiteral("reserved")));
    return findings;
}

QList<Finding> reservationOutsideRange(const RuleInput &input)
{
    QList<Finding> findings;
    for (const ReservationPlace &place : outsideReservations(input))
        findings.append(about(
            place.view.subject,
            QStringLiteral("%1 is reserved in %2, %3.%4")
                .arg(textOf(*place.reservation), place.view.text(), outsideOf(place), declaredInstead(place)),
            {place.reservation->source}));
    return findings;
}

QList<Finding> reservationOctet(const RuleInput &input)
{
    QList<Finding> findings;
    if (!input.policy.reservationOctet)
        return findings;
    const QSet<const Reservation *> faulty = faultyReservations(input);
    for (const ReservationPlace &place : knownReservations(input.fleet)) {
        const Reservation &reservation = *place.reservation;
        const bool breaks = reservation.mac && reservation.address &&
                            reservation.mac->octet(5) != reservation.address->lastOctet();
        if (!breaks || faulty.contains(&reservation))
            continue;
        findings.append(about(place.view.subject,
                              QStringLiteral("The reservation %1: its MAC ends in %2, which is %3, not %4.")
                                  .arg(place.text(), reservation.mac->toString().last(2),
                                       QString::number(reservation.mac->octet(5)),
                                       QString::number(reservation.address->lastOctet())),
                              {reservation.source}));
    }
    return findings;
}

QList<Finding> reservationNameMismatch(const RuleInput &input)
{
    QList<Finding> findings;
    for (const MisnamedUse &use : misnamedUses(input)) {
        const ReservationPlace &place = use.place;
        QStringList related{place.view.subject};
        for (const VmView &vm : input.index.vms())
            if (vm.domain->name.compare(place.reservation->name, Qt::CaseInsensitive) == 0)
                related.append(vm.subject);
        related.sort();
        findings.append(
            about(use.vm->subject,
                  QStringLiteral("%1 on %2 uses the MAC %3, which is reserved for %4: %5.%6")
                      .arg(use.vm->domain->name, use.vm->hypervisor->name, use.nic->mac->toString(),
                           place.reservation->name, place.text(), declaredInstead(place)),
                  {use.nic->source, place.reservation->source}, related));
    }
    return findings;
}

namespace {

/// Whether a network hands out addresses that a reservation could fix, and all its reservations are known.
bool servesByDhcp(const NetworkForm &form, const ReadingGaps &gaps)
{
    return isNat(form) && (!form.ranges.isEmpty() || !form.reservations.isEmpty()) &&
           gaps.isWhole(form.source);
}

/// Whether another rule says already what is wrong with the MAC: a float's on the wrong network, or one out
/// of the hypervisor's range.
bool isForeign(const RuleInput &input, const VmView &vm, MacAddress mac)
{
    const HypervisorPolicy *policy = input.policy.hypervisor(vm.hypervisor->name);
    return input.policy.floatWith(mac) || (policy && policy->macs && !policy->macs->contains(mac));
}

/// The reservation that the VM should probably have used.
QString nearReservation(const NetworkForm &form, const QString &name)
{
    for (const Reservation &reservation : form.reservations)
        if (reservation.name.compare(name, Qt::CaseInsensitive) == 0)
            return QStringLiteral(" Under its name stands %1.").arg(textOf(reservation));
    return {};
}

} // namespace

QList<Finding> reservationMissing(const RuleInput &input)
{
    const ReadingGaps gaps(input.fleet);
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        const DomainForm *form = vm.domain->current();
        if (!form)
            continue;
        QSet<MacAddress> seen;
        for (const Nic &nic : form->nics) {
            if (!nic.mac || seen.contains(*nic.mac) || isForeign(input, vm, *nic.mac))
                continue;
            seen.insert(*nic.mac);
            const Network *network = vm.hypervisor->network(connectionOf(nic, *vm.hypervisor).network);
            const NetworkForm *served = network ? network->known() : nullptr;
            if (!served || !servesByDhcp(*served, gaps))
                continue;
            const auto &reserved = served->reservations;
            if (std::any_of(reserved.begin(), reserved.end(),
                            [&](const Reservation &reservation) { return reservation.mac == nic.mac; }))
                continue;
            findings.append(
                about(vm.subject,
                      QStringLiteral("%1 hangs on %2 on %3 with the MAC %4, for which nothing is reserved.%5")
                          .arg(vm.domain->name, network->name, vm.hypervisor->name, nic.mac->toString(),
                               nearReservation(*served, vm.domain->name)),
                      {nic.source, Source{served->source.document, 0, 0}},
                      {subject::network(vm.hypervisor->name, network->name)}));
        }
    }
    return findings;
}

QList<Finding> reservationDeclaredConflict(const RuleInput &input)
{
    QList<Finding> findings;
    QSet<const Reservation *> conflicting;
    for (const SharedReservation &shared : declaredConflicts(input.fleet)) {
        findings.append(sharedFinding(shared, QStringLiteral("declared")));
        for (const ReservationPlace &place : shared.places)
            conflicting.insert(place.reservation);
    }
    for (const ReservationPlace &place : declaredOutside(input.fleet))
        if (!conflicting.contains(place.reservation))
            findings.append(about(place.view.subject,
                                  QStringLiteral("%1 is declared in %2, %3.")
                                      .arg(textOf(*place.reservation), place.view.text(), outsideOf(place)),
                                  {place.reservation->source}));
    return findings;
}

namespace {

/// Leases of one MAC that stand now.
QList<const Lease *> leasesOf(const Network &network, MacAddress mac, const QDateTime &now)
{
    QList<const Lease *> found;
    for (const Lease &lease : readOf(network.leases)) {
        const bool isOver = lease.expires.isValid() && now.isValid() && lease.expires < now;
        if (lease.mac == mac && lease.address && !isOver)
            found.append(&lease);
    }
    return found;
}

} // namespace

QList<Finding> leaseMismatch(const RuleInput &input)
{
    QList<Finding> findings;
    // Where the reservation is wrong, or the whole network, the lease is the lesser fault.
    const QSet<const Reservation *> faulty = faultyReservations(input);
    const QSet<QString> offSubnet = networksOffTheirSubnet(input);
    for (const ReservationPlace &place : knownReservations(input.fleet)) {
        const Reservation &reservation = *place.reservation;
        if (!reservation.mac || !reservation.address || faulty.contains(&reservation) ||
            offSubnet.contains(place.view.subject))
            continue;
        const auto leases = leasesOf(*place.view.network, *reservation.mac, input.fleet.taken);
        QStringList addresses;
        QList<Source> sources{reservation.source};
        for (const Lease *lease : leases) {
            if (!addresses.contains(lease->address->toString()))
                addresses.append(lease->address->toString());
            sources.append(lease->source);
        }
        // An old lease may stand beside the right one until it runs out.
        if (addresses.isEmpty() || addresses.contains(reservation.address->toString()))
            continue;
        addresses.sort();
        findings.append(about(
            place.view.subject,
            QStringLiteral("%1 is reserved in %2, but the MAC has a lease for %3.")
                .arg(textOf(reservation), place.view.text(), someOf(addresses, QStringLiteral(" and "))),
            sources));
    }
    return findings;
}

} // namespace tropo
