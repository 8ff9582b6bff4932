#pragma once

#include "models/note/note_blocks.h"

#include <QMap>

namespace tropo {

enum class HtmlFor {
    File,
    Clipboard, ///< for programs that drop style sheets: what must be seen is styled in its place
};

/// One HTML file: `style` is the text of its style sheet; pictures stand in it. No script, nothing from
/// elsewhere. It is XML as well.
QString noteHtml(const QList<NoteBlock> &blocks, const QString &style, HtmlFor target = HtmlFor::File);

/// Markdown, and the pictures that belong into `folder` (its name, relative to the note), by their names.
/// With no folder their captions alone stand in the text.
struct MarkdownNote
{
    QString text;
    QMap<QString, QByteArray> pictures;
};
MarkdownNote noteMarkdown(const QList<NoteBlock> &blocks, const QString &folder);

} // namespace tropo
