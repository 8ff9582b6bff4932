#pragma once

#include <QDateTime>
#include <QString>

namespace tropo {

/// A text from a machine as it may be shown: control characters as their pictures, characters that turn or
/// hide text as <U+202E>, cut to `limit` characters with an ellipsis. One line unless `lines`.
QString visibleText(QStringView text, qsizetype limit = 300, bool lines = false);

/// "12 s", "4 min", "3 h", "5 days", "2 years"; "just now" below two seconds, also for a clock ahead of ours.
QString ageText(const QDateTime &taken, const QDateTime &now);

/// "18 Jul 2023 16:20:48 BST", in the time's own zone.
QString timeText(const QDateTime &time);

} // namespace tropo
