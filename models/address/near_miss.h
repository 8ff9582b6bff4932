#pragma once

#include "models/address/mac_address.h"

#include <QList>

namespace tropo {

/// How one MAC could have become the other by a slip of the hand: "with two bytes swapped", "with one digit
/// changed", "with two digits swapped". Nothing: too far apart, or equal.
std::optional<QString> slipBetween(MacAddress meant, MacAddress written);

} // namespace tropo
