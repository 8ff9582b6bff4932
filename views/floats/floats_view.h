#pragma once

#include "models/items/floats_model.h"
#include "models/snapshot.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTableView;
class QTextBrowser;

namespace tropo {

class EmptyNote;
class EvidencePanel;

/// One row a float with a column for each layer in which something of it can be seen; below them, what the
/// chosen cell means and the documents that it was read from.
class FloatsView final : public QWidget
{
    Q_OBJECT
public:
    explicit FloatsView(QWidget *parent = nullptr);

    void show(const SnapshotPtr &snapshot);
    /// Chooses a float, or the first that something has of the subject; at its first layer that disagrees.
    void choose(const QString &subject);
    /// "float/NAME"; empty where nothing is chosen.
    QString selectedSubject() const;
    void setNow(const QDateTime &now);

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);
    QTableView *table() const { return m_table; }

Q_SIGNALS:
    void goToSubject(const QString &subject);

protected:
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void showChosen();
    void showEmptiness();
    void writeExplanation(const FloatRow &row, const FloatCell *cell);

    SnapshotPtr m_snapshot;
    FloatsModel *m_model;
    QTableView *m_table;
    QStackedWidget *m_pages;
    EmptyNote *m_empty;
    QTextBrowser *m_explanation;
    EvidencePanel *m_evidence;
    QSplitter *m_split;
    QSplitter *m_below;
};

} // namespace tropo
