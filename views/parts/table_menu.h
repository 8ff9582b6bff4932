#pragma once

class QAbstractItemView;
class QMenu;
class QString;

namespace tropo {

/// Gives a table or tree a menu that copies the value, the row or all of it (as text, Markdown, CSV, JSON),
/// and saves it under `name` as CSV or JSON.
void addTableMenu(QAbstractItemView *view, const QString &name);

/// What copies and saves all of it, for a view that has a menu of its own.
void addWholeTable(QMenu *menu, QAbstractItemView *view, const QString &name);

} // namespace tropo
