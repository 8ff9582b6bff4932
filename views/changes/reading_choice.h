#pragma once

#include "models/snapshot.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace tropo {

/// The readings of this session, and which two of them are compared.
class ReadingChoice final : public QWidget
{
    Q_OBJECT
public:
    explicit ReadingChoice(QWidget *parent = nullptr);

    /// Adds a reading, or puts it in the place of the same one or, where it `goesOn` from it, of the newest.
    /// Until the operator chooses, the newest is compared with the one before it.
    void add(const SnapshotPtr &snapshot, bool goesOn);
    void choose(const SnapshotPtr &before, const SnapshotPtr &after);
    SnapshotPtr before() const;
    SnapshotPtr after() const;
    qsizetype count() const { return m_readings.size(); }

Q_SIGNALS:
    void chosen();
    /// The operator wants a capture that is not among them.
    void anotherWanted(bool folder);

protected:
    void changeEvent(QEvent *event) override;

private:
    void offer();
    void setTwo(const SnapshotPtr &before, const SnapshotPtr &after);
    SnapshotPtr in(const QComboBox *box) const;
    void swapTwo();
    void showIcons();

    QList<SnapshotPtr> m_readings; ///< in the order in which they came
    bool m_byHand = false;         ///< the operator chose; newer readings do not change that
    QComboBox *m_before;
    QComboBox *m_after;
    QToolButton *m_swap;
    QToolButton *m_another;
};

} // namespace tropo
