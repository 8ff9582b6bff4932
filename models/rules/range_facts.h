#pragma once

#include "models/policy/policy.h"
#include "models/rules/vm_index.h"

namespace tropo {

// Which range a NIC, and which subnet an interface, belongs in. Shared, so that a rule about a file can tell
// when an address in the wrong subnet explains what it sees.

/// The NAT network of its hypervisor that a NIC hangs on. Nothing: another kind, not known, or a network
/// beside those that the fleet file expects, whose addresses it says nothing of.
const Network *natNetworkOf(const Nic &nic, const Hypervisor &hypervisor, const Policy &policy);

/// The NIC that an interface inside is: the certain one, else any of those that it may be where all hang on
/// one connection, else the one that its file is bound to by MAC. Nothing: not known.
const Nic *nicBehind(const VmView &vm, const InsideUnit &unit);

/// The subnet that an interface on the NAT network belongs in: its hypervisor's, or the network's own where
/// the fleet file gives none. Nothing: elsewhere, a float's NIC, or not known.
std::optional<Subnet> homeSubnet(const VmView &vm, const InsideUnit &unit, const Policy &policy);

/// An address that stands on an interface outside the subnet that it belongs in.
struct StrayAddress
{
    InterfaceAddress address;
    bool running = false; ///< shown by the kernel; else only in a file
    Source source;
};

/// The addresses of an interface on the NAT network that lie outside its subnet. Not link-local ones, not the
/// floats' (their rules say it), and no single address (/32) beside one that fits: that is added on purpose.
QList<StrayAddress> strayAddresses(const VmView &vm, const InsideUnit &unit, const Policy &policy);

} // namespace tropo
