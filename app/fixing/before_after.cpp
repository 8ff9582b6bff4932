#include "app/fixing/before_after.h"

#include "models/compare/comparison.h"
#include "models/fixes/journal.h"

namespace tropo {

ReadingChanges changesBetween(const Snapshot &before, const Snapshot &after)
{
    ReadingChanges changes{before.fleet.taken, after.fleet.taken, {}};
    for (const Change &change : compare(before, after).changes)
        changes.changes.append(change.message);
    return changes;
}

Result<void> keepChanges(const QString &journal, const ReadingChanges &changes)
{
    const auto file = JournalFile::resume(journal);
    return file ? (*file)->compared(changes) : Result<void>(tl::unexpected(file.error()));
}

} // namespace tropo
