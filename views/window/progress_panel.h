#pragma once

#include "models/collect/progress.h"

#include <QWidget>

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace tropo {

/// How far the reading of each source is, in words.
class ProgressPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressPanel(QWidget *parent = nullptr);

    void show(const QList<SourceProgress> &progress);
    void setNow(const QDateTime &now);
    /// "Read 12 of 14 sources; failed: 1"
    static QString summary(const QList<SourceProgress> &progress);

Q_SIGNALS:
    void closeWanted();

private:
    void fill(QTreeWidgetItem *item, const SourceProgress &source) const;

    QList<SourceProgress> m_progress;
    QDateTime m_now = QDateTime::currentDateTime();
    QLabel *m_summary;
    QTreeWidget *m_list;
};

QString stateWord(SourceState state);

} // namespace tropo
