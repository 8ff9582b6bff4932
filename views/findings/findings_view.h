#pragma once

#include "models/fixes/planner.h"
#include "models/items/findings_model.h"
#include "models/snapshot.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTextBrowser;
class QTreeView;

namespace tropo {

class EmptyNote;
class EvidencePanel;
class FixBar;
class FilterBar;

/// All findings with filters, those of one cause below their story; below them, what the chosen one means, or
/// the story told, and the documents it stands on.
class FindingsView final : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsView(QWidget *parent = nullptr);

    void show(const SnapshotPtr &snapshot);
    /// Chooses the first story or finding about a subject or something below it; else the first of all.
    void choose(const QString &subject);
    QString selectedSubject() const;
    void setNow(const QDateTime &now);
    void focusFilter();

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);
    FilterBar *filterBar() const { return m_filter; }
    QTreeView *table() const { return m_table; }

Q_SIGNALS:
    /// The operator wants to see it where it is.
    void goToSubject(const QString &subject);
    void goToFinding(const QString &id);
    void planWanted(const tropo::PlanRequest &request);

protected:
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void showChosen();
    void showEmptiness();
    void expandNewStories();
    void chooseKey(const QString &id, bool story);
    void writeExplanation();
    void offerFixes();

    SnapshotPtr m_snapshot;
    FindingsModel *m_model;
    FilterBar *m_filter;
    QTreeView *m_table;
    QStackedWidget *m_pages;
    EmptyNote *m_empty;
    QTextBrowser *m_explanation;
    EvidencePanel *m_evidence;
    FixBar *m_fixes;
    QSplitter *m_split;
    QSplitter *m_below;
    QSet<QString>
        m_expanded; ///< ids of the stories that were opened once; whoever closes one wants it closed
};

} // namespace tropo
