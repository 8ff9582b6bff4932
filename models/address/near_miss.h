#pragma once

#include "models/address/mac_address.h"

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

    bool operator==(const NearMiss &) const = default;
};

/// The one of several MACs that was probably meant: swaps are likelier than a wrong digit, by which the MACs
/// of one range all differ. Nothing: none is near, or several are equally near.
std::optional<NearMiss> nearestSlip(const QList<MacAddress> &candidates, MacAddress written);

} // namespace tropo
