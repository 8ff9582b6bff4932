#pragma once

#include "models/items/tree_node.h"
#include "models/snapshot.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace tropo {

/// The strip across the top: which fleet, from where, how old, how much is wrong and how much was not read.
class HeaderStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit HeaderStrip(QWidget *parent = nullptr);

    void show(const SnapshotPtr &snapshot);
    void setNow(const QDateTime &now);
    /// Puts a control at the right end.
    void addControl(QWidget *control, int stretch = 0);
    /// "taken 18 Jul 2023 16:20:48 BST, 3 years ago"
    QString takenText() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    SnapshotPtr m_snapshot;
    FindingCounts m_counts;
    QDateTime m_now = QDateTime::currentDateTime();
    QLabel *m_icon;
    QLabel *m_name;
    QLabel *m_source;
    QLabel *m_unreadIcon;
    QLabel *m_unread;
    QLabel *m_taken;
    QWidget *m_badges;
    QHBoxLayout *m_row;
};

} // namespace tropo
