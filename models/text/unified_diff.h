#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace tropo {

/// One side of a difference.
struct DiffSide
{
    QString name;                   ///< as it shall stand in the header
    std::optional<QByteArray> text; ///< nothing: there is no such file; the header has /dev/null then
};

/// The difference as `diff -u` prints it, with three lines of context, for people and for `patch`; empty
/// where both are equal. A name with blanks, quotes or control characters stands in quotes, escaped as in C,
/// as GNU's diff writes and patch reads it. Bytes that are not UTF-8 stay.
QByteArray unifiedDiff(const DiffSide &before, const DiffSide &after);

} // namespace tropo
