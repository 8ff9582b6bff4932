#pragma once

#include <QByteArray>

class QHeaderView;
class QSplitter;

namespace tropo {

/// What an operator has arranged in a view of a table above and two panes below it, to be remembered.
QByteArray savedLayout(const QSplitter *split, const QSplitter *below, const QHeaderView *header);
/// Does nothing where that is not what savedLayout() made.
void restoreLayout(const QByteArray &layout, QSplitter *split, QSplitter *below, QHeaderView *header);

} // namespace tropo
