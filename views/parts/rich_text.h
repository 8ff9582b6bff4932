#pragma once

#include "models/items/tree_node.h"
#include "models/rules/finding.h"
#include "views/theme/theme.h"

#include <QTextCursor>
#include <QTextDocument>

namespace tropo {

/// Writes a page of facts into a text document by cursor, so that what came from a machine stays plain text.
class PageWriter
{
public:
    PageWriter(QTextDocument *document, const QPalette &palette, const QFont &font);

    void title(const QString &icon, const QString &text, const QString &word);
    /// A line of lesser weight.
    void muted(const QString &text);
    void heading(const QString &text);
    void paragraph(const QString &text);
    /// A line on a marked background: stale, unreachable.
    void notice(const QString &icon, const QString &text);
    void facts(const QList<Fact> &facts);
    /// A finding with its icon, word and sentence; its heading is a link to `href`.
    void finding(const Finding &finding, const QString &href);
    /// A sentence behind an icon and a word; the word is a link to `href` where that is not empty.
    void remark(const QString &icon, const QString &word, const QColor &ink, const QString &text,
                const QString &href = {});
    void link(const QString &text, const QString &href);

private:
    void block(int above, int below);
    void image(const QString &icon, int size);
    QTextCharFormat format(double scale, bool bold, const QColor &color) const;

    QTextDocument *m_document;
    QTextCursor m_cursor;
    QPalette m_palette;
    QFont m_font;
    Ink m_ink;
    bool m_fresh = true;
};

} // namespace tropo
