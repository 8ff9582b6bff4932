#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// Which interface inside a guest is which NIC outside.
struct InsideMatch
{
    enum class How {
        Pci,       ///< the same PCI address on both sides
        UniqueMac, ///< the only NIC and the only interface with that MAC
        Ambiguous, ///< one of several with that MAC; which one is not known
    };
    int nic = 0; ///< index into the form's NICs
    QString interface;
    How how = How::Ambiguous;

    bool operator==(const InsideMatch &) const = default;
};

/// Every match that the evidence allows, in the order of the NICs; an ambiguous MAC gives every pair.
QList<InsideMatch> matchInside(const DomainForm &form, const Guest &guest);

} // namespace tropo
