#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// What a NIC hangs on, however it is written. A live `type='bridge'` on br0 and its persistent
/// `type='network'` form on a network that forwards to br0 are one connection; older libvirt writes only the
/// bridge in the live form.
struct Connection
{
    QString network; ///< libvirt network, where one is known to stand for it
    QString bridge;  ///< host bridge, where known

    bool operator==(const Connection &) const = default;
    QString text() const { return network.isEmpty() ? bridge : network; }
};

Connection connectionOf(const Nic &nic, const Hypervisor &hypervisor);

/// "52:54:00:00:01:01 on bridged", as far as known.
QString nicText(const Nic &nic, const Hypervisor &hypervisor);

/// Whether two NICs are on one connection: one network, or one bridge (several networks may forward to it).
/// Nothing: not known.
std::optional<bool> sameConnection(const Connection &a, const Connection &b);

/// A live NIC and the persistent one that stands for it after a restart; -1 where one is missing.
struct NicPair
{
    int live = -1;
    int persistent = -1;

    bool operator==(const NicPair &) const = default;
};

/// Pairs the live and persistent NICs of a domain: same PCI address, MAC and connection first, then same MAC
/// and connection at another slot, each at most once (slots diverge after partial detaches).
QList<NicPair> pairNics(const Domain &domain, const Hypervisor &hypervisor);

/// What becomes of each live NIC at the next start: the pairs of pairNics(), and of what that leaves over the
/// two at one PCI address (another MAC or connection there), then the two with one MAC (another connection).
/// For the earlier and the later of two descriptions put them into a domain as `live` and `inactive`.
QList<NicPair> followNics(const Domain &domain, const Hypervisor &hypervisor);

} // namespace tropo
