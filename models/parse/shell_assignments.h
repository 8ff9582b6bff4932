#pragma once

#include "models/parse/problem_log.h"

#include <QByteArray>

namespace tropo {

/// KEY=value as a shell's configuration file assigns it, quotes and escapes removed.
struct ShellAssignment
{
    QString key;
    QString value;
    int line = 0;
};

/// Assignments of a file that a shell would source, in order: `export`, quotes, comments, several on a line
/// parted by blanks or `;`. Nothing is evaluated: `$…` and backquotes stay as text, with a problem.
QList<ShellAssignment> shellAssignments(const QByteArray &text, ProblemLog &problems);

} // namespace tropo
