#pragma once

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <algorithm>
#include <vector>

namespace tropo {

/// One change of a list of rows, in the order in which they are to be made. Positions are those at that
/// moment.
struct RowChange
{
    enum class What { Remove, Insert, Move };
    What what = What::Remove;
    int first = 0;
    int last = 0; ///< of Remove and Insert
    int to = 0;   ///< of Move: where the row stands afterwards

    bool operator==(const RowChange &) const = default;
};

/// The positions of a longest increasing subsequence of `values`: the rows that may stay where they are.
std::vector<std::size_t> longestIncreasing(const std::vector<int> &values);

/// The changes that turn rows with the keys `from` into rows with the keys `to` (each without repetition):
/// what is gone is removed, what stays is moved only where its order changed, what is new is inserted; runs
/// are taken together.
QList<RowChange> keyMerge(const QList<QString> &from, const QList<QString> &to);

} // namespace tropo
