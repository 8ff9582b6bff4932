#pragma once

#include "models/note/note.h"
#include "models/redact/redaction.h"
#include "models/rules/end_of_life.h"

namespace tropo {

/// A snapshot that never had the values which are hidden: its documents are redacted, and understood and
/// judged anew.
struct Redacted
{
    SnapshotPtr snapshot;
    Redaction redaction; ///< for what else the author wrote, and the list that is the author's alone
};

/// Takes as long as a capture takes to open; on a worker in the window. `note`: what else is to be hidden in.
/// `earlier`: a redaction of the same snapshot, whose stand-ins stay as they are; null: none.
Redacted redacted(const Snapshot &snapshot, const EndOfLifeTable &endOfLife, const Note &note,
                  const Redaction *earlier = nullptr);

/// The snapshot with a redaction that knows it.
SnapshotPtr redactedSnapshot(const Snapshot &snapshot, const EndOfLifeTable &endOfLife,
                             const Redaction &redaction);

/// The same note about the snapshot that is redacted.
Note redactedNote(const Note &note, const Redaction &redaction);
/// Whether nothing is in the note that the redaction has not met.
bool covers(const Redaction &redaction, const Note &note);

} // namespace tropo
