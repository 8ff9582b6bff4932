#pragma once

#include "models/parse/problem_log.h"

#include <QByteArray>

namespace tropo {

/// KEY=value as a shell's configuration file assigns it, quotes and escapes removed.
struct ShellAssignment
{
    QString key;
    QString value;
    int line = 0;           ///< from 1
    qsizetype column = 0;   ///< where the value begins in its line, quotes and escapes and all
    qsizetype length = 0;   ///< how long it is there
    bool evaluated = false; ///< has a `$` or backquote that a shell would evaluate
};

/// Assignments of a file that a shell would source, in order: `export`, quotes, comments, several on a line
/// parted by blanks or `;`. Nothing is evaluated: `$…` and backquotes stay as text, with a problem.
QList<ShellAssignment> shellAssignments(const QByteArray &text, ProblemLog &problems);

} // namespace tropo
