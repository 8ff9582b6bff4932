#pragma once

#include "models/fleet/fleet.h"
#include "models/policy/policy.h"

namespace tropo {

// What was and what was not looked through before a MAC or an address is called free.

/// "8 reservations", "9 live NICs", "the interfaces inside 4 VMs", … of the whole fleet.
QStringList lookedThrough(const Fleet &fleet);
/// What of the fleet may bear a MAC or an address and was not read: "trop04", "the networks of trop03", "the
/// inside of Ulov". For a MAC alone the inside of a guest does not matter.
QStringList notLookedThrough(const Fleet &fleet, const Policy &policy, bool forAddress);

} // namespace tropo
