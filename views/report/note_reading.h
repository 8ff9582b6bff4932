#pragma once

#include "models/snapshot.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace tropo {

/// From which reading a note is, and the way to the newest where the note keeps an earlier one.
class NoteReading final : public QWidget
{
    Q_OBJECT
public:
    explicit NoteReading(QWidget *parent = nullptr);

    void show(const Snapshot &noted, const Snapshot &newest);

Q_SIGNALS:
    void newestWanted();

private:
    QLabel *m_text;
    QPushButton *m_take;
};

} // namespace tropo
