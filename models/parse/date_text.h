#pragma once

#include "models/source.h"

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace tropo {

/// What `date` prints: in the C, en_GB and en_US locales, -R (RFC 5322), -I and --rfc-3339. A zone's name
/// counts by a small table: BST is British Summer Time. One that is not in it, or means several (CST, IST),
/// or is missing, is not guessed: the time is then a local time (Qt::LocalTime), with a problem.
Parsed<std::optional<QDateTime>> parseDate(const QByteArray &text, const QString &document);

} // namespace tropo
