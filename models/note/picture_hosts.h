#pragma once

#include "models/note/note.h"

namespace tropo {

/// The hypervisors that a picture tells of, by name: its subject's; a float's holders'; those that a finding
/// was read from; else all.
QStringList hostsShown(const Snapshot &snapshot, const NotePicture &picture);

} // namespace tropo
