#pragma once

#include "models/fleet/fleet.h"
#include "models/result.h"

namespace tropo {

/// The subject of the hypervisor or VM that an operator names: a hypervisor by its name, a VM as NAME, as
/// HYPERVISOR/NAME or by its subject. Names are those of libvirt; where none is written so exactly, upper and
/// lower case are one. Errors (Usage) say where a name is ambiguous, and what is near an unknown one.
Result<QString> machineNamed(const QString &text, const Fleet &fleet);

} // namespace tropo
