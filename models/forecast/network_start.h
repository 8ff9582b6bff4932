#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// Whether a libvirt network will be active: nothing where that is not known.
std::optional<bool> activeNow(const Network &network);
std::optional<bool> activeAfterRestart(const Network &network);

/// Why libvirt would refuse to start a domain by this description: a NIC of it hangs on a network that is not
/// active, or on a bridge that the host does not have.
struct StartRefusal
{
    QString why; ///< "its NIC 52:54:… needs the network default, which is not active"
    QList<Source> sources;
};
QList<StartRefusal> startRefusals(const DomainForm &form, const Hypervisor &hypervisor,
                                  std::optional<bool> (*isActive)(const Network &));

} // namespace tropo
