#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace tropo {

/// Lines `before` [firstBefore, lastBefore) stand where `after` [firstAfter, lastAfter) stand now. Counted
/// from 0; an empty range is an insertion or a removal.
struct LineChange
{
    int firstBefore = 0;
    int lastBefore = 0;
    int firstAfter = 0;
    int lastAfter = 0;

    bool operator==(const LineChange &) const = default;
};

/// The lines of a text with their ends, so that a missing last newline is a difference.
std::vector<QByteArrayView> linesWithEnds(const QByteArray &text);

/// What changed between two lists of lines, in order, with at least one equal line between two changes: as
/// few lines as possible (Myers, "An O(ND) difference algorithm and its variations", 1986, its variant in
/// linear space), and as `diff` does each change as far down as it can slide. Where texts have more than some
/// hundred differences in a row the search is cut short: still right, perhaps not the shortest. Memory is
/// linear in the number of lines, time that number times some hundred.
std::vector<LineChange> lineChanges(const std::vector<QByteArrayView> &before,
                                    const std::vector<QByteArrayView> &after);

} // namespace tropo
