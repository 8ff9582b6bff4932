#pragma once

#include "models/items/excerpt.h"

#include <QScrollArea>

class QSplitter;

namespace tropo {

class EvidenceColumn;

/// Excerpts of documents side by side, each in a column of its own that scrolls and has the document's name,
/// place and age above it. Columns that do not fit are reached by scrolling sideways.
class EvidenceColumns final : public QScrollArea
{
    Q_OBJECT
public:
    explicit EvidenceColumns(QWidget *parent = nullptr);

    void show(const QList<Excerpt> &excerpts);
    void setNow(const QDateTime &now);
    /// The width that this many columns need to be read.
    int widthFor(int columns) const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int naturalWidth(const Excerpt &excerpt) const;
    void layOutColumns();

    QSplitter *m_split;
    QList<EvidenceColumn *> m_columns;
    QList<Excerpt> m_excerpts;
    QDateTime m_now = QDateTime::currentDateTime();
};

} // namespace tropo
