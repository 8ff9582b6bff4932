#pragma once

#include "models/result.h"

namespace tropo {

/// The calling thread's last libvirt error as a value whose message says what to do. libvirt keeps errors by
/// thread: ask at once, on the thread whose call failed. `what` was being done: "list the domains".
Error lastLibvirtError(const QString &where, const QString &what);

/// Whether the calling thread's last libvirt error says that this hypervisor has no such thing at all: a
/// driver without snapshots, or no storage driver.
bool lastIsUnsupported();

/// Whether it says that what was asked about has gone since it was listed.
bool lastIsGone();

} // namespace tropo
