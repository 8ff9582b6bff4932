#pragma once

#include "models/fixes/find.h"
#include "models/rules/float_facts.h"

namespace tropo {

// The halves that every plan about a float is made of. Release stands strictly before claim.

/// Everyone who has something of a float. Errors (Refused): somewhere it could not be told, with where.
Result<QList<FloatFacts>> holdersOf(const PlanInput &input, const VmIndex &index,
                                    const FloatPolicy &floating);

/// Takes a float from one holder: inside first, then its cables, then the NICs, live and persistent.
Result<void> addRelease(const PlanInput &input, const FloatFacts &holder, Plan &plan);
/// Proves that nobody has it: no NIC on any hypervisor, no answer on the wire.
void addProofOfFree(const PlanInput &input, const FloatPolicy &floating, const QStringList &askFrom,
                    Plan &plan);
/// Gives it to a VM, tells the neighbours, and reads back twice from a third point.
Result<void> addClaim(const PlanInput &input, const VmView &vm, const FloatPolicy &floating, Plan &plan);

/// The bridge that floats hang on, on one hypervisor. Errors (Refused): not there, not active, not known.
Result<QString> floatBridge(const Hypervisor &hypervisor, const Policy &policy);
/// "float1 → its NIC → Acilamwen → apache (80/tcp)" for each thing that a cut reaches.
QStringList blastOf(const FloatPolicy &floating, const VmView &vm);
/// Why a plan about these VMs is to be looked at twice.
void addWarnings(const PlanInput &input, const FloatFacts &holder, Plan &plan);
/// Locks, hypervisors and the names to be typed, from the VMs concerned.
void addVm(const VmView &vm, bool isCut, Plan &plan);

} // namespace tropo
