#pragma once

#include "models/note/note_blocks.h"

namespace tropo {

/// The note as PDF: A4, text that can be selected, headings as bookmarks, numbered pages. Needs a
/// QGuiApplication; may take seconds for a long note. Errors (Io): the PDF could not be made.
Result<QByteArray> notePdf(const QList<NoteBlock> &blocks, const QString &title);

} // namespace tropo
