#pragma once

#include "models/address/near_miss.h"
#include "models/rules/vm_index.h"

namespace tropo {

/// The NIC of the VM that a file which names another MAC was probably meant for.
std::optional<NearMiss> meantNic(const VmView &vm, MacAddress written);

/// Whether a VLAN, bond, bridge or alias above an interface uses it, whether or not the listing says what is
/// above what.
bool isUsedFromAbove(const VmView &vm, const InsideUnit &unit);

} // namespace tropo
