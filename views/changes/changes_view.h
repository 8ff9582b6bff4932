#pragma once

#include "models/items/changes_model.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTreeView;

namespace tropo {

class ChangeFilterBar;
class EmptyNote;
class EvidencePanel;
class ReadingChoice;

/// What changed between any two readings of this session, with the lines of both beside one another.
class ChangesView final : public QWidget
{
    Q_OBJECT
public:
    explicit ChangesView(QWidget *parent = nullptr);

    /// A reading that can be compared from now on; `goesOn`: it completes the live one that came before it.
    void remember(const SnapshotPtr &snapshot, bool goesOn = false);
    /// Adds a capture and compares it with another, the earlier of the two first.
    void compareWith(const SnapshotPtr &capture, const SnapshotPtr &other);
    /// Shows these two at once, for a picture.
    void showNow(const SnapshotPtr &before, const SnapshotPtr &after);
    /// Chooses the first change of a subject or of something below it.
    void choose(const QString &subject);
    QString selectedSubject() const;
    /// What is compared; nothing where no two are.
    SnapshotPtr before() const { return m_before; }
    SnapshotPtr after() const { return m_after; }
    void focusFilter();

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);
    QTreeView *table() const { return m_table; }
    ReadingChoice *choice() const { return m_choice; }
    ChangesModel *model() const { return m_model; }

Q_SIGNALS:
    /// The operator wants to compare with a capture that is not open.
    void anotherWanted(bool folder);
    void goToSubject(const QString &subject);
    void selectionChanged();
    /// The comparison of the chosen two is shown.
    void compared();

private:
    void layOut();
    void compareChosen();
    void show(const Comparison &comparison);
    void arrange();
    void sayWhyEmpty();
    void showChange();

    quint64 m_generation = 0; ///< of the newest choice; a comparison of an older one is dropped
    bool m_comparing = false;
    SnapshotPtr m_before; ///< what is shown; nothing: no two are compared
    SnapshotPtr m_after;
    ChangesModel *m_model;
    ReadingChoice *m_choice;
    ChangeFilterBar *m_filter;
    QTreeView *m_table;
    QStackedWidget *m_pages;
    EmptyNote *m_empty;
    EvidencePanel *m_earlier;
    EvidencePanel *m_later;
    QSplitter *m_split;
    QSplitter *m_below;
};

} // namespace tropo
