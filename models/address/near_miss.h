#pragma once

#include "models/address/ip_address.h"

#include <QList>

namespace tropo {

/// How one MAC could have become the other by a slip of the hand: "with two bytes swapped", "with one digit
/// changed", "with two digits swapped". Nothing: too far apart, or equal.
std::optional<QString> slipBetween(MacAddress meant, MacAddress written);

/// A MAC that was meant, and how it became another.
struct NearMiss
{
    MacAddress meant;
    QString how;
    bool isSwap = false; ///< nothing but an order differs

    bool operator==(const NearMiss &) const = default;
};

/// The one of several MACs that was probably meant: swaps are likelier than a wrong digit, by which the MACs
/// of one range all differ. Nothing: none is near, or several are equally near.
std::optional<NearMiss> nearestSlip(const QList<MacAddress> &candidates, MacAddress written);

/// The same for addresses, as they are written: "with two numbers swapped", "with two digits swapped", "with
/// one digit left out", "with one digit too many", "with one digit changed".
std::optional<QString> slipBetween(Ipv4 meant, Ipv4 written);

/// An address that was meant, and how it became another.
struct NearAddress
{
    Ipv4 meant;
    QString how;
    bool isSwap = false;

    bool operator==(const NearAddress &) const = default;
};

/// As nearestSlip of MACs.
std::optional<NearAddress> nearestSlip(const QList<Ipv4> &candidates, Ipv4 written);

} // namespace tropo
