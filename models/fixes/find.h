#pragma once

#include "models/fixes/planner.h"
#include "models/rules/vm_index.h"

namespace tropo {

// What the words of a request name, in the fleet that was read. Errors: Usage, with the near ones named.

/// NAME, HYPERVISOR/NAME or a subject at or below it. The name alone where two hypervisors have one: an
/// error.
Result<const VmView *> vmNamed(const VmIndex &index, const QString &text);
Result<const FloatPolicy *> floatNamed(const Policy &policy, const QString &text);
Result<const Hypervisor *> hypervisorNamed(const Fleet &fleet, const QString &text);

VmPlace placeOf(const VmView &vm);

/// Where a document of interface configuration most likely lies inside its guest; nothing where it cannot.
std::optional<QString> guestPathOf(const QString &document);

/// How a VM is reached without its floats: where the fleet file says, else by a reservation or lease of one
/// of its NICs.
struct GuestWay
{
    Ipv4 address;
    QString user;
    bool operator==(const GuestWay &) const = default;
};
std::optional<GuestWay> wayInto(const VmView &vm, const Policy &policy);

/// Errors (Refused) where a VM cannot be changed at all: no uuid, no whole description of both forms, not
/// running where it must run; each says what to do.
Result<void> changeable(const VmView &vm);
/// The VM of that name that can be changed. Errors: of vmNamed() and changeable().
Result<const VmView *> changeableVm(const VmIndex &index, const QString &text);
/// Errors (Refused) where nothing inside can be changed: not read, no way in, no sudo by the fleet file.
Result<GuestWay> changeableInside(const VmView &vm, const Policy &policy);

} // namespace tropo
