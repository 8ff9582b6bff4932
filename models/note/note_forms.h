#pragma once

#include "models/note/note_blocks.h"

#include <QMap>

namespace tropo {

/// One HTML file: `style` is the text of its style sheet; pictures stand in it. No script, nothing from
/// elsewhere. It is XML as well.
QString noteHtml(const QList<NoteBlock> &blocks, const QString &style);

/// Markdown, and the pictures that belong into `folder` (its name, relative to the note), by their names.
/// With no folder their captions alone stand in the text.
struct MarkdownNote
{
    QString text;
    QMap<QString, QByteArray> pictures;
};
MarkdownNote noteMarkdown(const QList<NoteBlock> &blocks, const QString &folder);

} // namespace tropo
