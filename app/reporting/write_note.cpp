#include "app/reporting/write_note.h"

#include "models/note/note_forms.h"
#include "views/report/note_pdf.h"
#include "views/shot.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize pictureSize(1200, 760);

Result<void> writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure(ErrorKind::Io, path, u"could not be written: %1"_s.arg(file.errorString()));
    return {};
}

/// What an earlier note of the same name left behind would be given away with this one, which may hide what
/// that one showed. Other files in the folder are not ours.
Result<void> removeOldPictures(const QDir &room)
{
    static const QRegularExpression ours(u"^[0-9]+-(%1)\\.png$"_s.arg(viewNames().join(u'|')));
    const QStringList names = room.entryList({u"*.png"_s}, QDir::Files | QDir::Hidden | QDir::System);
    for (const QString &name : names)
        if (ours.match(name).hasMatch() && !QFile::remove(room.filePath(name)))
            return failure(ErrorKind::Io, room.filePath(name),
                           u"is of an earlier note, and could not be removed"_s);
    return {};
}

Result<void> writeMarkdown(const QString &path, const QList<NoteBlock> &blocks)
{
    const QFileInfo info(path);
    const QString folder = info.completeBaseName() + u"-pictures"_s;
    const MarkdownNote note = noteMarkdown(blocks, folder);
    const QDir room(info.dir().filePath(folder));
    if (const auto removed = removeOldPictures(room); !removed)
        return removed;
    if (!note.pictures.isEmpty() && !QDir().mkpath(room.path()))
        return failure(ErrorKind::Io, room.path(), u"the folder for the pictures could not be made"_s);
    for (auto it = note.pictures.begin(); it != note.pictures.end(); ++it)
        if (const auto written = writeFile(room.filePath(it.key()), it.value()); !written)
            return written;
    return writeFile(path, note.text.toUtf8());
}

QString endingOf(const QString &path)
{
    return QFileInfo(path).suffix().toLower();
}

} // namespace

Result<void> checkReportName(const QString &path)
{
    const QString ending = endingOf(path);
    if (ending == u"html" || ending == u"pdf" || ending == u"md")
        return {};
    return failure(ErrorKind::Usage, path, u"a report's name must end in .html, .pdf or .md"_s);
}

QString reportStyle()
{
    QFile file(u":/report/report.css"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

Result<void> writeNote(const QString &path, const QList<NoteBlock> &blocks, const QString &title)
{
    if (const auto name = checkReportName(path); !name)
        return name;
    const QString ending = endingOf(path);
    if (ending == u"md")
        return writeMarkdown(path, blocks);
    if (ending == u"html")
        return writeFile(path, noteHtml(blocks, reportStyle()).toUtf8());
    const auto pdf = notePdf(blocks, title);
    return pdf ? writeFile(path, *pdf) : tl::unexpected(pdf.error());
}

QImage pictureImage(const SnapshotPtr &snapshot, const NotePicture &picture)
{
    constexpr int ratio = 2;
    return renderView(snapshot, picture.view, pictureSize, picture.subject, Theme::Light, {}, ratio)
        .value_or(QImage());
}

DrawnPicture drawnPicture(const QImage &image)
{
    DrawnPicture drawn;
    drawn.width = pictureSize.width();
    QBuffer buffer(&drawn.png);
    buffer.open(QIODevice::WriteOnly);
    if (image.isNull() || !image.save(&buffer, "PNG"))
        drawn.png.clear();
    return drawn;
}

PictureMaker pictureMaker(const SnapshotPtr &snapshot)
{
    return [snapshot](const NotePicture &picture) -> std::optional<DrawnPicture> {
        const DrawnPicture drawn = drawnPicture(pictureImage(snapshot, picture));
        return drawn.png.isEmpty() ? std::nullopt : std::optional(drawn);
    };
}

} // namespace tropo
