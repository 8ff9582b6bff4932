#include "views/report/part_list.h"

#include "models/items/visible_text.h"

#include <QKeyEvent>

namespace tropo {

PartList::PartList(QWidget *parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("noteParts"));
    setAccessibleName(tr("Parts of the note"));
    setDragDropMode(QAbstractItemView::InternalMove);
    setDefaultDropAction(Qt::MoveAction);
    setFrameShape(QFrame::NoFrame);
    setSpacing(2);
    setWordWrap(true);
}

void PartList::show(const QList<NotePart> &parts, const Snapshot &snapshot)
{
    const int row = currentRow();
    const QSignalBlocker quiet(this);
    clear();
    for (int i = 0; i < parts.size(); ++i) {
        auto *item = new QListWidgetItem(visibleText(partTitle(parts[i], snapshot), 120), this);
        item->setData(Qt::UserRole, i);
        item->setFlags(item->flags() & ~Qt::ItemIsDropEnabled);
    }
    setCurrentRow(qMin(qMax(row, 0), count() - 1)); // -1 where nothing is left
}

void PartList::tell()
{
    QList<int> order;
    for (int row = 0; row < count(); ++row)
        order.append(item(row)->data(Qt::UserRole).toInt());
    Q_EMIT orderChanged(order);
}

void PartList::move(int by)
{
    const int from = currentRow();
    const int to = from + by;
    if (from < 0 || to < 0 || to >= count())
        return;
    QListWidgetItem *item = takeItem(from);
    insertItem(to, item);
    setCurrentRow(to);
    tell();
}

void PartList::removeCurrent()
{
    if (currentRow() < 0)
        return;
    delete takeItem(currentRow());
    tell();
}

void PartList::keyPressEvent(QKeyEvent *event)
{
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    if (alt && event->key() == Qt::Key_Up)
        move(-1);
    else if (alt && event->key() == Qt::Key_Down)
        move(1);
    else if (event->key() == Qt::Key_Delete)
        removeCurrent();
    else
        QListWidget::keyPressEvent(event);
}

void PartList::dropEvent(QDropEvent *event)
{
    QListWidget::dropEvent(event);
    tell();
}

} // namespace tropo
