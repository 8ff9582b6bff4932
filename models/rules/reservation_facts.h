#pragma once

#include "models/rules/network_facts.h"

#include <QSet>

namespace tropo {

/// A reservation where it stands.
struct ReservationPlace
{
    NetworkView view;
    const NetworkForm *form = nullptr;
    const Reservation *reservation = nullptr;
    bool running = false; ///< in what libvirt says, rather than in the declared configuration

    QString text() const; ///< "192.168.202.8 for Araybwyn (52:54:…) in default on trop02"
};

/// What several reservations share.
struct SharedReservation
{
    QStringList what; ///< "the MAC 52:54:00:02:02:08"
    QList<ReservationPlace> places;
};

/// The reservations that count on each network: what runs, else what is declared. By subject and line.
QList<ReservationPlace> knownReservations(const Fleet &fleet);
QList<ReservationPlace> declaredReservations(const Fleet &fleet);

/// MACs, addresses and names that several of these reservations share; what the same ones share stands in one
/// entry. Networks with one subnet may reserve one address: that is the subnets' fault.
QList<SharedReservation> sharedReservations(const QList<ReservationPlace> &places);
/// Those that reservation-duplicate speaks of: one of them runs.
QList<SharedReservation> duplicateReservations(const Fleet &fleet);

/// Declared ones that contradict each other, where what runs does not show the same.
QList<SharedReservation> declaredConflicts(const Fleet &fleet);

/// Where a reservation's address should lie and does not, as the end of a sentence; empty where it does.
QString outsideOf(const ReservationPlace &place);
/// Those that reservation-outside-range speaks of: not reserved twice as well, in a network on its own
/// subnet.
QList<ReservationPlace> outsideReservations(const RuleInput &input);

/// Declared ones outside their own network, where something else runs.
QList<ReservationPlace> declaredOutside(const Fleet &fleet);

/// A NIC whose MAC is reserved under another name.
struct MisnamedUse
{
    const VmView *vm = nullptr;
    const Nic *nic = nullptr;
    ReservationPlace place;
};
QList<MisnamedUse> misnamedUses(const RuleInput &input);

/// Reservations at fault on their own account, running and declared, so that general rules are quiet about
/// them.
QSet<const Reservation *> faultyReservations(const RuleInput &input);

/// " Declared is 192.168.202.8 for Araybwyn (52:54:…)." where the declared configuration has a running
/// reservation otherwise; else empty.
QString declaredInstead(const ReservationPlace &place);
/// "192.168.202.8 for Araybwyn (52:54:00:02:02:08)"
QString textOf(const Reservation &reservation);

} // namespace tropo
