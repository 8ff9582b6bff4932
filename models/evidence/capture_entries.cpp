#include "models/evidence/capture_entries.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

namespace tropo {

std::optional<QString> pathRefusal(const QString &path)
{
    if (path.startsWith(u'/') || path.contains(QChar(0)))
        return QStringLiteral("has an absolute path or a NUL in it: not read");
    constexpr int longest = 4096; // PATH_MAX
    if (path.size() > longest)
        return QStringLiteral("is a path longer than %1 characters: not read").arg(longest);
    const QStringList parts = path.split(u'/');
    if (parts.contains(QLatin1String("..")) || parts.contains(QLatin1String(".")) ||
        parts.contains(QString()))
        return QStringLiteral("leads out of the capture with \"..\" or is not a plain path: not read");
    return {};
}

namespace {

QString tooLarge(qint64 bound)
{
    return QStringLiteral("is larger than %1 MiB, the bound for one file: not read")
        .arg(bound / (1024 * 1024));
}

/// Reads to the end, or until it is known to be larger than the bound. In pieces: QFile::read takes all the
/// memory that it is allowed to, and a text would keep it.
bool readUpTo(QFile &file, qint64 bound, QByteArray &text)
{
    constexpr qint64 piece = 64 * 1024;
    text.reserve(qMin(file.size(), bound));
    while (text.size() <= bound) {
        const QByteArray more = file.read(piece);
        if (more.isEmpty())
            return file.error() == QFileDevice::NoError;
        text += more;
    }
    return true;
}

CaptureEntry readPlainFile(const QFileInfo &info, const QString &relative, qint64 bound)
{
    CaptureEntry entry{relative, {}, {}};
    if (info.isSymbolicLink()) {
        entry.refusal = QStringLiteral("is a link: not followed");
    } else if (!info.isFile()) {
        entry.refusal = QStringLiteral("is neither a file nor a folder: not read");
    } else if (info.size() > bound) {
        entry.refusal = tooLarge(bound);
    } else {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly) || !readUpTo(file, bound, entry.text))
            entry = {relative, {}, QStringLiteral("could not be read: %1").arg(file.errorString())};
        else if (entry.text.size() > bound)
            entry = {relative, {}, tooLarge(bound)};
    }
    return entry;
}

} // namespace

Result<void> walkFolder(const QString &path, const CaptureLimits &limits, const EntrySink &sink)
{
    const QDir root(path);
    qint64 total = 0;
    int files = 0;
    // Without FollowSymlinks the walk never leaves the folder.
    QDirIterator walk(path, QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QFileInfo info(walk.next());
        const QString relative = root.relativeFilePath(info.filePath());
        if (info.isDir() && !info.isSymbolicLink()) {
            if (info.isReadable())
                continue;
            if (auto ok = sink({relative, {}, QStringLiteral("is a folder that you may not read")}); !ok)
                return ok;
            continue;
        }
        if (++files > limits.files)
            return failure(
                ErrorKind::Limit, path,
                QStringLiteral("holds more than %1 files, the bound for a capture").arg(limits.files));
        CaptureEntry entry = readPlainFile(info, relative, limits.fileBytes);
        total += entry.text.size();
        if (total > limits.totalBytes)
            return failure(ErrorKind::Limit, path,
                           QStringLiteral("holds more than %1 MiB, the bound for a capture")
                               .arg(limits.totalBytes / (1024 * 1024)));
        if (auto ok = sink(std::move(entry)); !ok)
            return ok;
    }
    return {};
}

} // namespace tropo
