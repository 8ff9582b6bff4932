#pragma once

#include "models/snapshot.h"
#include "ssh/collect/collection.h"

#include <QSet>

namespace tropo {

/// What to read again to tell whether what one reading saw is so still.
struct SecondLook
{
    QStringList findings;       ///< ids
    QList<CollectScope> scopes; ///< the guests whose documents the findings stand on, one after another
    QDateTime notBefore;        ///< earlier readings would not count

    bool operator==(const SecondLook &) const = default;
};

/// The second look that a live snapshot asks for; findings in `looked` have had theirs.
SecondLook secondLook(const Snapshot &snapshot, const QSet<QString> &looked);

} // namespace tropo
