#pragma once

#include <QDateTime>
#include <QStringList>

namespace tropo {

/// What differs between the readings of a fleet before and after a plan was carried out on it.
struct ReadingChanges
{
    QDateTime before;
    QDateTime after;
    QStringList changes; ///< a sentence each; none: nothing differs

    bool operator==(const ReadingChanges &) const = default;
};

} // namespace tropo
