#pragma once

#include "models/fixes/find.h"

namespace tropo {

// A float's half inside a guest: its address, by a file and now. Errors: Refused where nothing inside can be
// changed safely (not read, secrets withheld, a form that is not understood), with what to do.

/// Takes an address from a guest: the interface down, then each file that gives it. In this order, as a guest
/// takes an interface down by its file. Empty where it does not have the address.
Result<QList<Step>> releaseInsideSteps(const PlanInput &input, const VmView &vm, const FloatPolicy &floating);

/// Gives a guest a float's address on the NIC at a slot: a file of the guest's own kind, bound to the MAC,
/// then up. `earlier`: the plan's steps before these, as they leave the guest's files and interfaces.
Result<QList<Step>> claimInsideSteps(const PlanInput &input, const VmView &vm, const FloatPolicy &floating,
                                     const PciAddress &pci, const QList<Step> &earlier);

} // namespace tropo
