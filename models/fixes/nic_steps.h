#pragma once

#include "models/fixes/find.h"

namespace tropo {

// Steps that change a domain's NICs outside. Every one names its NIC by MAC and PCI address in one form, as
// libvirt refuses or mistakes anything less where several NICs share a MAC. Errors: Refused where the NIC
// cannot be told exactly (no PCI address, no description), with what to do.

NicPlace nicPlace(const VmView &vm, const Nic &nic, NicForm form);

/// Pulls the cable of a live NIC.
Result<Step> pullCableStep(const PlanInput &input, const VmView &vm, const Nic &nic);
/// Takes a NIC from one form.
Result<Step> detachStep(const PlanInput &input, const VmView &vm, const Nic &nic, NicForm form);
/// Puts a NIC into one form: `xml` is its element, with the slot.
Step attachStep(const PlanInput &input, const VmView &vm, const NicPlace &nic, const QByteArray &xml);
/// A new NIC on the floats' network with a MAC of its own.
QByteArray floatNicXml(const PlanInput &input, const VmView &vm, const MacAddress &mac,
                       const PciAddress &pci);

/// The slot for a new NIC: free in both forms, the lowest. Errors: Refused where there is none.
Result<PciAddress> slotForNewNic(const PlanInput &input, const VmView &vm);

/// "vnet2 (52:54:00:00:01:01 at 0000:00:08.0)"
QString nicName(const Nic &nic);
/// An interface inside with what the guest uses it for: "ens5, which has 129.215.175.100"; empty: for
/// nothing.
QString useWords(const VmView &vm, const InsideUnit &unit);
/// Containers of a VM that publish ports, as what a cut would reach: "apache (80/tcp)".
QStringList servedBy(const VmView &vm);

} // namespace tropo
