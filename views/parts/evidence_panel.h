#pragma once

#include "models/snapshot.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace tropo {

class EmptyNote;
class EvidenceText;

/// The documents that something stands on.
class EvidencePanel final : public QWidget
{
    Q_OBJECT
public:
    explicit EvidencePanel(QWidget *parent = nullptr);

    /// `title` says of what; where there are no quotes, `none` says why.
    void show(const SnapshotPtr &snapshot, const QString &title, const QList<Quote> &quotes,
              const QString &none);

private:
    void refresh();
    void copyAsMarkdown();

    SnapshotPtr m_snapshot;
    QList<Quote> m_quotes;
    QLabel *m_title;
    QToolButton *m_whole;
    QToolButton *m_copy;
    QStackedWidget *m_pages;
    EvidenceText *m_text;
    EmptyNote *m_empty;
};

} // namespace tropo
