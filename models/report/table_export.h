#pragma once

#include <QAbstractItemModel>

namespace tropo {

// What a table holds, for other programs: cells as exportRole has them, else as they are shown. Columns as
// they are shown; trees are taken row by row, a row's own before what lies below it.

/// One cell.
QString exportText(const QModelIndex &index);

/// RFC 4180 with a header, UTF-8, lines ended by CR LF. A cell that a spreadsheet would take for a formula
/// gets an apostrophe before it; numbers stay.
QByteArray tableCsv(const QAbstractItemModel &model);
/// An array of objects by the headers' texts; a second "Name" is "Name 2", one without text "Column 3".
QByteArray tableJson(const QAbstractItemModel &model);
/// A table of Markdown; `rows`: only these of the top level, all where empty.
QString tableMarkdown(const QAbstractItemModel &model, const QList<int> &rows = {});

} // namespace tropo
