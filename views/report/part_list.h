#pragma once

#include "models/note/note.h"

#include <QListWidget>

namespace tropo {

/// The parts of a note in their order, which is changed by dragging or Alt+Up and Alt+Down; Delete takes one
/// out.
class PartList final : public QListWidget
{
    Q_OBJECT
public:
    explicit PartList(QWidget *parent = nullptr);

    void show(const QList<NotePart> &parts, const Snapshot &snapshot);
    void move(int by);
    void removeCurrent();

Q_SIGNALS:
    /// The list's rows as indexes into the parts that were shown.
    void orderChanged(const QList<int> &order);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void tell();
};

} // namespace tropo
