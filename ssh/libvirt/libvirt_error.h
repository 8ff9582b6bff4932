#pragma once

#include "models/result.h"

namespace tropo {

/// The calling thread's last libvirt error as a value whose message says what to do. libvirt keeps errors by
/// thread: ask at once, on the thread whose call failed. `what` was being done: "list the domains".
Error lastLibvirtError(const QString &where, const QString &what);

} // namespace tropo
