#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QStringList>

namespace tropo {

/// Words as a line for a login shell of sh's kind, each quoted. Errors: a NUL in a word.
Result<QByteArray> quotedLine(const QStringList &words);

/// A line that runs a script of ours with arguments, which it has as "$1", "$2", …: never in its text.
Result<QByteArray> scriptLine(const char *script, const QStringList &arguments);

} // namespace tropo
