#include "views/parts/view_layout.h"

#include <QDataStream>
#include <QHeaderView>
#include <QIODevice>
#include <QSplitter>

namespace tropo {

QByteArray savedLayout(const QSplitter *split, const QSplitter *below, const QHeaderView *header)
{
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << split->saveState() << below->saveState() << header->saveState();
    return layout;
}

void restoreLayout(const QByteArray &layout, QSplitter *split, QSplitter *below, QHeaderView *header)
{
    QByteArray splitState;
    QByteArray belowState;
    QByteArray headerState;
    QDataStream stream(layout);
    stream.setVersion(QDataStream::Qt_6_0);
    stream >> splitState >> belowState >> headerState;
    if (stream.status() != QDataStream::Ok)
        return;
    split->restoreState(splitState);
    below->restoreState(belowState);
    header->restoreState(headerState);
}

} // namespace tropo
