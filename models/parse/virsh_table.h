#pragma once

#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

#include <optional>

namespace tropo {

struct VirshRow
{
    int line = 0;
    QString text; ///< with its indentation
};

/// A table as virsh prints it: a header, a line of dashes, a row a line.
struct VirshTable
{
    QString header; ///< with its indentation; empty where the listing has none
    QList<VirshRow> rows;
};

/// The rows under the line of dashes. Whatever stands before the header, lines left out ("....") and a text
/// without a line of dashes are problems.
VirshTable virshTable(const QByteArray &text, ProblemLog &problems);

} // namespace tropo
