#pragma once

#include "models/fleet/machine.h"

#include <QByteArray>

namespace tropo {

/// `df -kP` (POSIX), also with GNU's -l and -T, in other block sizes than 1024 where the header tells them,
/// and with the long lines that df without -P breaks in two. A file system whose numbers df prints as "-" has
/// no size to know and is left out.
Parsed<QList<Filesystem>> parseDf(const QByteArray &text, const QString &document);

} // namespace tropo
