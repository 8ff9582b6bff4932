#pragma once

#include "models/evidence/harvest.h"
#include "models/policy/policy.h"

namespace tropo {

/// A running guest and where its SSH server may be.
struct GuestPlace
{
    QString hypervisor;
    QString name;
    QString user;          ///< empty: as ~/.ssh/config says
    QStringList addresses; ///< to be tried in this order; may be empty

    bool operator==(const GuestPlace &) const = default;
};

/// The guests that run, by name, from a libvirt harvest. Addresses: the fleet file's alone where it has one;
/// else the reservations of the guest's NICs, then their leases, the newest first. A reservation or lease
/// counts where its network is the NIC's and its MAC equals: MACs of other networks prove nothing.
QList<GuestPlace> runningGuests(const Policy &policy, const Harvest &libvirt);

/// What to do about a guest without addresses.
QString adviceForAddress(const GuestPlace &guest);

} // namespace tropo
