#pragma once

#include "models/parse/problem_log.h"

#include <QStringList>

namespace tropo {

/// A row of a table that virsh prints: its cells by column.
struct VirshRow
{
    QStringList cells;
    Source source;
};

/// The rows of a table with these columns, of which the last `optional` may be missing. Cells are parted by
/// two blanks or more, or by where the header's columns begin; names may hold single blanks. Lines before the
/// header, the dashes and
/// "...." are passed over; a table without its header is a problem.
QList<VirshRow> virshRows(const QByteArray &text, const QStringList &columns, int optional,
                          ProblemLog &problems);

} // namespace tropo
