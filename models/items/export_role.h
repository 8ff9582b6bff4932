#pragma once

#include "models/items/visible_text.h"

namespace tropo {

/// What a cell gives to other programs, where that is more than what it shows: texts uncut, times as they
/// are instead of how long ago they were.
constexpr int exportRole = Qt::UserRole + 1000;

/// Characters of a cell, beyond what any table holds.
constexpr qsizetype mostExported = 1'000'000;

/// Uncut; on several lines where it has them.
inline QString wholeText(const QString &text)
{
    return visibleText(text, mostExported, true);
}

/// "2023-07-18T15:20:48Z"; empty where it is not known.
inline QString isoText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

} // namespace tropo
