#pragma once

#include "models/fleet/connection.h"

namespace tropo {

/// The layer-2 network behind a connection, as a name that is equal for two that share it; empty where it is
/// not known.
///
/// What hangs on bridges that one libvirt network forwards to (`forward mode='bridge'`) shares a segment on
/// every hypervisor that has the network by this name; `publicNetwork`, where it is one of several networks
/// on a bridge, gives the name. So does what hangs on bridges of one name whose hosts have a wire on them and
/// addresses in one subnet. Every other bridge, NAT networks' among them, ends at its hypervisor.
QString segmentOf(const Connection &connection, const Hypervisor &hypervisor, const QString &publicNetwork);

} // namespace tropo
