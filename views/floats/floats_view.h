#pragma once

#include "models/fixes/planner.h"
#include "models/items/floats_model.h"
#include "models/snapshot.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTextBrowser;

namespace tropo {

class EmptyNote;
class EvidencePanel;
class FixBar;
class FloatBoardView;

/// Floats two ways: as cards on the VMs that hold them, to be moved; and one row each with a column for every
/// layer in which something of it can be seen. Below, what is chosen means, and the documents that it was
/// read from.
class FloatsView final : public QWidget
{
    Q_OBJECT
public:
    explicit FloatsView(QWidget *parent = nullptr);

    enum class Mode { Board, Layers };
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
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
    void planWanted(const tropo::PlanRequest &request);
    void modeChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    QWidget *makeModes();
    void chooseRow(int row);
    void showChosen();
    void hint(const QString &text);
    void tryPlan(const PlanRequest &request);
    void showEmptiness();
    void writeExplanation(const FloatRow &row, const FloatCell *cell);

    SnapshotPtr m_snapshot;
    FloatsModel *m_model;
    Mode m_mode = Mode::Board;
    QButtonGroup *m_modes;
    QTableView *m_table;
    FloatBoardView *m_board;
    QLabel *m_hint;
    QStackedWidget *m_pages;
    EmptyNote *m_empty;
    QTextBrowser *m_explanation;
    EvidencePanel *m_evidence;
    FixBar *m_fixes;
    QSplitter *m_split;
    QSplitter *m_below;
};

} // namespace tropo
