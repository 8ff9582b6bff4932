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
    QString differs; ///< what is found otherwise than before it was hidden, in a sentence; should be empty
};

/// Takes as long as a capture takes to open; on a worker in the window. `note`: what else is to be hidden in.
/// `earlier`: a redaction of the same snapshot, whose stand-ins stay as they are; null: none.
Redacted redacted(const Snapshot &snapshot, const EndOfLifeTable &endOfLife, const Note &note,
                  const Redaction *earlier = nullptr);

/// A sentence on what is found in one of two snapshots alone, rules and causes by how often; empty where the
/// same is found in both.
QString differenceText(const Snapshot &before, const Snapshot &after);

/// The snapshot with a redaction that knows it.
SnapshotPtr redactedSnapshot(const Snapshot &snapshot, const EndOfLifeTable &endOfLife,
                             const Redaction &redaction);

/// The same note about the snapshot that is redacted.
Note redactedNote(const Note &note, const Redaction &redaction);
/// Whether nothing is in the note that the redaction has not met.
bool covers(const Redaction &redaction, const Note &note);

} // namespace tropo
