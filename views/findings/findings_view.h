#pragma once

#include "models/items/findings_model.h"
#include "models/snapshot.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTableView;
class QTextBrowser;

namespace tropo {

class EmptyNote;
class EvidencePanel;
class FilterBar;

/// All findings in a table with filters; below it, what the chosen one means and its evidence.
class FindingsView final : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsView(QWidget *parent = nullptr);

    void show(const SnapshotPtr &snapshot);
    /// Chooses the first finding about a subject or something below it; else the first of all.
    void choose(const QString &subject);
    QString selectedSubject() const;
    void setNow(const QDateTime &now);
    void focusFilter();

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);
    FilterBar *filterBar() const { return m_filter; }
    QTableView *table() const { return m_table; }

Q_SIGNALS:
    /// The operator wants to see it where it is.
    void goToSubject(const QString &subject);
    void goToFinding(const QString &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void showFinding();
    void showEmptiness();
    void writeExplanation(const Finding *finding);

    SnapshotPtr m_snapshot;
    FindingsModel *m_model;
    FilterBar *m_filter;
    QTableView *m_table;
    QStackedWidget *m_pages;
    EmptyNote *m_empty;
    QTextBrowser *m_explanation;
    EvidencePanel *m_evidence;
    QSplitter *m_split;
    QSplitter *m_below;
};

} // namespace tropo
