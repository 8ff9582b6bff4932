#pragma once

#include "models/story/draft.h"

namespace tropo {

// Each kind of cause has a file of its own. They are asked in the order of stories.cpp: what explains most
// comes first.

/// A hypervisor that did not answer, and with it its guests.
QList<Draft> hypervisorUnreachable(const StoryInput &input);
/// One VM mixes up floats' addresses and MACs, or has one float's NIC several times.
QList<Draft> floatConfused(const StoryInput &input);
/// A float stands on two machines: moved, but only half.
QList<Draft> floatHalfMoved(const StoryInput &input);
/// A file inside a guest is bound to another NIC than the VM has.
QList<Draft> fileOfAnotherNic(const StoryInput &input);
/// A VM is a copy of another one.
QList<Draft> clonedVm(const StoryInput &input);
/// A VM came from another hypervisor and kept its MAC or address.
QList<Draft> movedVm(const StoryInput &input);
/// A libvirt network is down or not as declared, and what hangs on it suffers.
QList<Draft> networkBroken(const StoryInput &input);
/// A host's bridge is not as it is configured.
QList<Draft> bridgeBroken(const StoryInput &input);
/// A Swarm restarted tasks, and runs some too often.
QList<Draft> swarmRestarted(const StoryInput &input);
/// A guest that was never updated since it was made.
QList<Draft> neverUpdated(const StoryInput &input);

} // namespace tropo
