#pragma once

#include "models/note/note_blocks.h"

#include <QImage>

namespace tropo {

/// Whether a report's name ends in .html, .pdf or .md. Errors (Usage) say what it should be.
Result<void> checkReportName(const QString &path);

/// Writes the blocks to a file in the form that its name says; Markdown's pictures go to a folder beside it,
/// NAME-pictures, from where those of an earlier note are removed. Needs a QGuiApplication for .pdf. Errors:
/// Usage, Io.
Result<void> writeNote(const QString &path, const QList<NoteBlock> &blocks, const QString &title);

/// Draws what a note asks for, at twice the size that it is seen at; null where it cannot be drawn. In the
/// window's thread, as all widgets.
QImage pictureImage(const SnapshotPtr &snapshot, const NotePicture &picture);
/// The same as it stands in a note, in any thread; without bytes for a null one.
DrawnPicture drawnPicture(const QImage &image);
/// Both at once.
PictureMaker pictureMaker(const SnapshotPtr &snapshot);

/// The report's style sheet, as the program bears it.
QString reportStyle();

} // namespace tropo
