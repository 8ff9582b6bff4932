#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// One way that a NIC outside and an interface inside belong together.
struct InsideMatch
{
    enum class How {
        Pci,       ///< both sit at the same PCI address: certain, even where all MACs are equal
        UniqueMac, ///< one NIC and one interface bear the MAC
        Ambiguous, ///< several do: each pairing is possible, none is known
    };
    int nic = 0;       ///< index in the form's list
    QString interface; ///< name inside
    How how = How::Ambiguous;

    bool operator==(const InsideMatch &) const = default;
};

/// Joins the NICs of a description to the interfaces that the guest shows. Interfaces that no device stands
/// behind (bridges, VLANs, aliases) are not joined. In the order of the NICs, then of the interfaces.
QList<InsideMatch> matchInside(const DomainForm &form, const Guest &guest);

} // namespace tropo
