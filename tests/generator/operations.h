#pragma once

#include "tests/generator/dice.h"
#include "tests/generator/world.h"

namespace tropo::generator {

// What people type, with what follows from it inside and outside.

enum class Affect { Live, Config, Both };

/// `virsh attach-interface VM network|bridge PLACE --mac MAC --model virtio`. The guest sees a new interface
/// that nothing configures; its name is returned, empty where the VM does not run or was not told.
QString attachInterface(World &world, WorldHypervisor &host, WorldVm &vm, const QString &place,
                        MacAddress mac, Affect affect = Affect::Both);
/// `virsh detach-interface VM --mac MAC`: the interface inside goes with the live NIC, its file stays.
void detachInterface(WorldVm &vm, MacAddress mac, Affect affect = Affect::Both);

/// Writes the file for an interface, as the guest's system does it, and brings it up.
WorldFile &configureStatic(WorldGuest &guest, const QString &link, InterfaceAddress address,
                           std::optional<Ipv4> gateway, Dice &dice);
WorldFile &configureDhcp(WorldGuest &guest, const QString &link, InterfaceAddress address, Dice &dice);

/// A VM gets a float: a NIC on the floats' network and a file inside, with the default route.
void assignFloat(World &world, WorldHypervisor &host, WorldVm &vm, WorldFloat &floating, Dice &dice);

/// The interface inside that is this NIC.
WorldLink *linkOf(WorldVm &vm, const WorldNic &nic);
/// The interface inside that has this MAC.
WorldLink *linkWith(WorldVm &vm, MacAddress mac);

} // namespace tropo::generator
