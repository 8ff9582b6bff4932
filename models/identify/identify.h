#pragma once

#include "models/fleet/fleet.h"
#include "models/policy/policy.h"

namespace tropo {

/// Something of the fleet that answers to a text.
struct IdentifyMatch
{
    QString subject;
    QString why; ///< "the live NIC vnet1 of Acilamwen has this MAC"
    Source source;

    bool operator==(const IdentifyMatch &) const = default;
};

/// What a text is, and whose.
struct Identification
{
    QString query;
    QString kind; ///< "mac", "tap-mac", "ipv4", "ipv6", "name" or "nothing" for an empty text
    QList<IdentifyMatch> matches;
    QString belongsTo; ///< hypervisor whose range it is in; empty: none
    QString explanation;

    bool operator==(const Identification &) const = default;
};

/// Explains any MAC (also a tap's fe:… form), address, IPv6 link-local address made of a MAC, or name, by
/// what the fleet has and by the ranges of the policy.
Identification identify(const QString &text, const Fleet &fleet, const Policy &policy);

} // namespace tropo
