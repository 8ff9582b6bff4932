#pragma once

#include "models/note/note_blocks.h"

#include <QTextDocument>

namespace tropo {

/// Where a heading begins, for a table of contents.
struct DocumentHeading
{
    QString text;
    int level = 1;
    int position = 0; ///< in the document
};

/// The blocks as a document that Qt shows and prints; always on white, as paper is. Text from machines is put
/// in as text. `width`: that of the lines, in the document's own pixels; pictures and tables fit into it.
/// Headings are told by `headings` where that is given.
void fillDocument(QTextDocument *document, const QList<NoteBlock> &blocks, int width,
                  QList<DocumentHeading> *headings = nullptr);

} // namespace tropo
