#pragma once

#include "models/items/excerpt.h"

#include <QPlainTextEdit>

namespace tropo {

/// Excerpts of documents under one another, with their line numbers in the margin and the marked lines
/// highlighted. Read-only text: it can be searched by eye, selected and copied.
class EvidenceText final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit EvidenceText(QWidget *parent = nullptr);

    void show(const QList<Excerpt> &excerpts);
    /// Whether each excerpt's document is named above it; to be set before anything is shown.
    void setCaptions(bool captions) { m_captions = captions; }
    QString documentAt(int block) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class BlockKind { Caption, Plain, Marked, Fold, Gap };
    struct Block
    {
        BlockKind kind;
        int number; ///< of the line; 0 for others
    };

    void append(QTextCursor &cursor, const Block &block, const QString &text, const QTextCharFormat &format);
    void appendCaption(QTextCursor &cursor, const Excerpt &excerpt);
    void appendExcerpt(QTextCursor &cursor, const Excerpt &excerpt);
    void paintMargin(QPaintEvent *event);
    void layOutMargin();
    QColor background(const Block &block) const;

    QList<Excerpt> m_excerpts;
    QList<Block> m_blocks; ///< one a text block
    QWidget *m_margin;
    bool m_captions = true;
};

} // namespace tropo
