#include "models/evidence/capture.h"
#include "models/evidence/capture_entries.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

#include <algorithm>

namespace tropo {

namespace {

QString rfc3339(const QDateTime &time)
{
    return time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODateWithMs);
}

QByteArray header(const Evidence &evidence)
{
    const QJsonObject object{
        {QStringLiteral("format"), 1},
        {QStringLiteral("taken"), evidence.taken.isValid() ? rfc3339(evidence.taken) : QString()},
        {QStringLiteral("tool"), evidence.tool}};
    return QJsonDocument(object).toJson();
}

QByteArray times(const Evidence &evidence)
{
    QJsonObject object;
    for (auto it = evidence.documents.cbegin(); it != evidence.documents.cend(); ++it) {
        QJsonObject one;
        if (it->taken.isValid())
            one.insert(QStringLiteral("taken"), rfc3339(it->taken));
        if (it->took)
            one.insert(QStringLiteral("took_ms"), static_cast<qint64>(it->took->count()));
        if (!one.isEmpty())
            object.insert(it.key(), one);
    }
    return QJsonDocument(object).toJson();
}

QList<CaptureFile> filesOf(const Evidence &evidence)
{
    QList<CaptureFile> files{{QStringLiteral("capture.json"), header(evidence), evidence.taken}};
    QMap<QString, QJsonArray> errors;
    for (const SourceError &error : evidence.errors)
        errors[error.hypervisor].append(
            QJsonObject{{QStringLiteral("source"), error.source}, {QStringLiteral("error"), error.message}});
    for (auto it = errors.cbegin(); it != errors.cend(); ++it)
        files.append({escapedName(it.key()) + QLatin1String("/errors.json"), QJsonDocument(*it).toJson(),
                      evidence.taken});
    for (auto it = evidence.documents.cbegin(); it != evidence.documents.cend(); ++it)
        if (!pathRefusal(it.key()))
            files.append({it.key(), it->text, it->taken});
    files.append({QStringLiteral("documents.json"), times(evidence), evidence.taken});
    return files;
}

/// Whether a part of a path is longer than file systems take (NAME_MAX).
bool hasLongPart(const QString &path)
{
    constexpr qsizetype longest = 255;
    const QStringList parts = path.split(u'/');
    return std::any_of(parts.begin(), parts.end(),
                       [](const QString &part) { return part.toUtf8().size() > longest; });
}

Result<void> writeFolder(const QString &path, const QList<CaptureFile> &files)
{
    for (const CaptureFile &file : files) {
        const QString target = path + u'/' + file.path;
        if (hasLongPart(file.path))
            return failure(
                ErrorKind::Limit, target,
                QStringLiteral("is too long a name for a folder; write a .zip or .tar.gz instead"));
        if (!QDir().mkpath(QFileInfo(target).path()))
            return failure(ErrorKind::Io, QFileInfo(target).path(),
                           QStringLiteral("could not be made: check the disk and your rights"));
        QFile out(target);
        if (!out.open(QIODevice::WriteOnly | QIODevice::NewOnly) ||
            out.write(file.text) != file.text.size() || !out.flush())
            return failure(ErrorKind::Io, target,
                           QStringLiteral("could not be written: %1").arg(out.errorString()));
        if (file.time.isValid())
            out.setFileTime(file.time, QFileDevice::FileModificationTime);
    }
    return {};
}

bool isEmptyFolder(const QString &path)
{
    return QFileInfo(path).isDir() &&
           QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

/// Both forms are written beside and renamed, so that a capture cut off is never taken for a whole one.
Result<void> renameInto(const QString &partial, const QString &path)
{
    if (isEmptyFolder(path))
        QDir().rmdir(path);
    if (QFile::rename(partial, path))
        return {};
    return failure(ErrorKind::Io, path,
                   QStringLiteral("could not be put in place; the capture stands in %1").arg(partial));
}

} // namespace

Result<void> checkCaptureTarget(const QString &given)
{
    const QString path = QDir::cleanPath(given);
    if (QFileInfo::exists(path) && !isEmptyFolder(path))
        return failure(ErrorKind::Io, path,
                       QStringLiteral("exists already; choose another name, captures are never overwritten"));
    const QString parent = QFileInfo(path).absolutePath();
    if (!QFileInfo(parent).isDir())
        return failure(ErrorKind::Io, parent, QStringLiteral("is no folder; make it first"));
    const QString partial = path + QStringLiteral(".partial");
    if (QFileInfo::exists(partial))
        return failure(ErrorKind::Io, partial,
                       QStringLiteral("is left of a capture that was cut off; remove it first"));
    return {};
}

Result<void> writeCapture(const QString &given, const Evidence &evidence)
{
    const QString path = QDir::cleanPath(given);
    if (auto ok = checkCaptureTarget(path); !ok)
        return ok;
    const bool zip = path.endsWith(QLatin1String(".zip"), Qt::CaseInsensitive);
    const bool tar = path.endsWith(QLatin1String(".tar.gz"), Qt::CaseInsensitive) ||
                     path.endsWith(QLatin1String(".tgz"), Qt::CaseInsensitive);
    const QString partial = path + QStringLiteral(".partial");
    const QList<CaptureFile> files = filesOf(evidence);
    if (auto written = zip || tar ? writeArchive(partial, zip, files) : writeFolder(partial, files);
        !written) {
        if (zip || tar)
            QFile::remove(partial);
        else
            QDir(partial).removeRecursively();
        return written;
    }
    return renameInto(partial, path);
}

} // namespace tropo
