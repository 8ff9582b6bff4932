#pragma once

#include "models/items/excerpt.h"
#include "models/snapshot.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace tropo {

class EmptyNote;
class EvidenceColumns;
class EvidenceText;

/// The documents that something stands on: side by side where there is room for two, else under one another.
class EvidencePanel final : public QWidget
{
    Q_OBJECT
public:
    explicit EvidencePanel(QWidget *parent = nullptr);

    /// `title` says of what; where there are no quotes, `none` says why.
    void show(const SnapshotPtr &snapshot, const QString &title, const QList<Quote> &quotes,
              const QString &none, const QStringList &values = {});
    void setNow(const QDateTime &now);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void arrange();
    void copyAsMarkdown();

    SnapshotPtr m_snapshot;
    QList<Quote> m_quotes;
    QStringList m_values;
    QList<Excerpt> m_excerpts;
    QLabel *m_title;
    QToolButton *m_whole;
    QToolButton *m_copy;
    QStackedWidget *m_pages;
    EvidenceText *m_text;
    EvidenceColumns *m_columns;
    EmptyNote *m_empty;
};

} // namespace tropo
