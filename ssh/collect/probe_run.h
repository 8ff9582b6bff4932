#pragma once

#include "ssh/collect/machine_reader.h"
#include "ssh/collect/probe_harvest.h"
#include "ssh/collect/remote.h"

namespace tropo {

/// Runs the probe on a connected machine and reads what it prints. `arguments` are those of probe.sh, not yet
/// quoted. First parts are given to `task.part`: when the first slow command begins (package history,
/// Docker), and then as documents come, every two seconds at most.
Harvest runProbe(RemoteMachine &machine, const QByteArray &script, const QStringList &arguments,
                 const ProbePlace &place, const ReadTask &task);

} // namespace tropo
