#pragma once

#include "models/fleet/fleet.h"
#include "models/policy/policy.h"

namespace tropo {

/// Something of the fleet that was not read, so that nothing about it can be called right or wrong.
struct NotKnown
{
    QString subject; ///< the machine: a hypervisor or a VM
    QString what;    ///< "its VMs", "its interface files": reads after the machine's name
    QString reason;  ///< the error that kept it from being read; empty where none is known

    bool operator==(const NotKnown &) const = default;
};

/// What was not read, in the fleet's order: of every hypervisor, those too that only the policy names, and of
/// every VM. What a machine does not have is not missing: a VM that is off has no inside, a guest without
/// Docker no containers. What was read once and could not be read again is named as such.
QList<NotKnown> notKnown(const Fleet &fleet, const Policy &policy);

/// Those of a subject, of what is below it, and of the machine that it is a part of; all for "fleet".
QList<NotKnown> notKnownAt(const QList<NotKnown> &all, const QString &subject);

/// "Ulov on trop02: its description and its inside (permission denied)": a line a machine.
QStringList notKnownTexts(const QList<NotKnown> &list);

} // namespace tropo
