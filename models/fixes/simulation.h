#pragma once

#include "models/fixes/executor.h"
#include "models/fleet/fleet.h"

namespace tropo {

// Small parts that the files of the simulated fleet share.

/// What was changed in a simulation has no document.
inline Source simulationSource()
{
    return {QStringLiteral("simulation"), 0, 0};
}

inline tl::unexpected<Error> simulatedRefusal(const QString &where, const QString &why)
{
    return failure(ErrorKind::Refused, where, why);
}

inline tl::unexpected<Error> notThere(const QString &where)
{
    return failure(ErrorKind::Unreachable, where,
                   QStringLiteral("it was not read, so the simulation cannot tell"));
}

/// The form of a domain, and the NIC of it that is meant; nothing: it is not there.
std::optional<DomainForm> Domain::*formOf(NicForm form);
const Nic *nicAt(const Domain &domain, const NicPlace &place);

/// The interface inside at a slot; nothing: not there, or not known.
Interface *interfaceInside(Domain &domain, const PciAddress &pci);

/// The name that a guest gives a device at a slot: as it names the others, ensN after the slot or the lowest
/// free ethN, which also is what it gets where another has that name. `gone`: slots of NICs that are no
/// longer there by then.
QString insideName(const Domain &domain, const PciAddress &pci, const QList<PciAddress> &gone = {});

} // namespace tropo
