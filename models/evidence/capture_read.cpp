#include "models/evidence/capture.h"
#include "models/evidence/capture_entries.h"
#include "models/parse/secrets.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tropo {

namespace {

constexpr int knownFormat = 1;

/// Line of a byte offset, from 1.
int lineAt(const QByteArray &text, qsizetype offset)
{
    return 1 + static_cast<int>(text.first(qBound(qsizetype(0), offset, text.size())).count('\n'));
}

QJsonDocument json(const QByteArray &text, const QString &path, QList<Problem> &problems)
{
    QJsonParseError error{};
    QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        problems.append(
            {path, lineAt(text, error.offset), QStringLiteral("is not JSON: %1").arg(error.errorString())});
    return document;
}

QJsonObject objectIn(const QByteArray &text, const QString &path, QList<Problem> &problems)
{
    const QJsonDocument document = json(text, path, problems);
    if (document.isArray())
        problems.append({path, 1, QStringLiteral("must be a JSON object, not a list")});
    return document.object();
}

/// capture.json: refuses a newer format, keeps when and with what it was taken.
Result<void> readHeader(Evidence &evidence, const QString &where)
{
    const auto header = evidence.documents.constFind(QStringLiteral("capture.json"));
    if (header == evidence.documents.constEnd())
        return {};
    const QString path = QStringLiteral("capture.json");
    const QJsonObject object = objectIn(header->text, path, evidence.problems);
    const QJsonValue format = object.value(QLatin1String("format"));
    if (format.toDouble() > knownFormat)
        return failure(
            ErrorKind::Unsupported, where,
            QStringLiteral(
                "is a capture of format %1; this program reads format %2: open it with a newer Troposcope")
                .arg(format.toDouble())
                .arg(knownFormat));
    if (!format.isUndefined() && format.toDouble() != knownFormat)
        evidence.problems.append(
            {path, 0,
             QStringLiteral("\"format\" must be the number %1; read as if it were").arg(knownFormat)});
    const QString taken = object.value(QLatin1String("taken")).toString();
    evidence.taken = QDateTime::fromString(taken, Qt::ISODateWithMs);
    evidence.tool = object.value(QLatin1String("tool")).toString().left(200);
    if (!taken.isEmpty() && !evidence.taken.isValid())
        evidence.problems.append({path, 0, QStringLiteral("\"taken\" is no RFC 3339 time")});
    return {};
}

/// errors.json of one hypervisor.
void readErrors(Evidence &evidence, const QString &path)
{
    const QString hypervisor = unescapedName(QStringView(path).first(path.indexOf(u'/')));
    const QJsonDocument document = json(evidence.documents.value(path).text, path, evidence.problems);
    if (!document.isNull() && !document.isArray())
        evidence.problems.append({path, 1, QStringLiteral("must be a list of {\"source\", \"error\"}")});
    for (const QJsonValue &value : document.array()) {
        const QJsonObject entry = value.toObject();
        const QString source = entry.value(QLatin1String("source")).toString();
        if (source.isEmpty())
            evidence.problems.append({path, 0, QStringLiteral("an entry names no \"source\"")});
        else
            evidence.errors.append({hypervisor, source,
                                    entry.value(QLatin1String("error")).toString().left(4000),
                                    evidence.taken});
    }
}

/// documents.json, which this program adds: when each document was taken and how long that lasted.
void readTimes(Evidence &evidence)
{
    const QString path = QStringLiteral("documents.json");
    const auto times = evidence.documents.constFind(path);
    QJsonObject object;
    if (times != evidence.documents.constEnd())
        object = objectIn(times->text, path, evidence.problems);
    for (auto it = evidence.documents.begin(); it != evidence.documents.end(); ++it) {
        const QJsonObject one = object.value(it.key()).toObject();
        it->taken = QDateTime::fromString(one.value(QLatin1String("taken")).toString(), Qt::ISODateWithMs);
        if (!it->taken.isValid())
            it->taken = evidence.taken;
        if (const QJsonValue took = one.value(QLatin1String("took_ms")); took.isDouble())
            it->took = std::chrono::milliseconds(static_cast<qint64>(qBound(0.0, took.toDouble(), 1e12)));
    }
    evidence.documents.remove(path);
}

/// Archives are often made of a folder: if everything stands in one that holds capture.json, fleet.toml or
/// hypervisors, it is the capture. What is refused has no say in it.
QString commonFolder(const QList<CaptureEntry> &entries)
{
    static const QStringList rooms{QStringLiteral("host"), QStringLiteral("libvirt"),
                                   QStringLiteral("declared"), QStringLiteral("guests")};
    QString folder;
    bool holdsHeader = false;
    bool isHypervisor = false;
    bool holdsHypervisors = false;
    for (const CaptureEntry &entry : entries) {
        if (!entry.refusal.isEmpty())
            continue;
        const QStringList parts = entry.path.split(u'/');
        if (parts.size() < 2 || (!folder.isEmpty() && parts.front() != folder))
            return {};
        folder = parts.front();
        isHypervisor = isHypervisor || (parts.size() > 2 && rooms.contains(parts.at(1)));
        holdsHypervisors = holdsHypervisors || (parts.size() > 3 && rooms.contains(parts.at(2)));
        holdsHeader = holdsHeader || parts.at(1) == QLatin1String("capture.json") ||
                      parts.at(1) == QLatin1String("fleet.toml");
    }
    const bool isCapture = holdsHeader || (holdsHypervisors && !isHypervisor);
    return isCapture ? QString(folder + u'/') : QString();
}

Result<QList<CaptureEntry>> readEntries(const QString &path, const CaptureLimits &limits)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(ErrorKind::Io, path,
                       QStringLiteral("does not exist; give a capture's folder, .zip or .tar.gz"));
    // Opening a pipe or a device would wait for a writer, or never end.
    if (!info.isDir() && !info.isFile())
        return failure(
            ErrorKind::Format, path,
            QStringLiteral("is neither a folder nor a file; give a capture's folder, .zip or .tar.gz"));
    if (!info.isReadable())
        return failure(ErrorKind::Io, path, QStringLiteral("may not be read by you"));
    QList<CaptureEntry> entries;
    const EntrySink keep = [&entries](CaptureEntry entry) -> Result<void> {
        entries.append(std::move(entry));
        return {};
    };
    const auto walked = info.isDir() ? walkFolder(path, limits, keep) : walkArchive(path, limits, keep);
    if (!walked)
        return tl::unexpected(walked.error());
    return entries;
}

void take(Evidence &evidence, CaptureEntry entry)
{
    if (!entry.refusal.isEmpty())
        evidence.problems.append({entry.path, 0, entry.refusal});
    else if (evidence.documents.contains(entry.path))
        evidence.problems.append(
            {entry.path, 0, QStringLiteral("stands in the archive more than once: the first is used")});
    else
        evidence.documents.insert(entry.path, {withheldText(entry.path, entry.text), {}, {}});
}

} // namespace

Result<Evidence> readCapture(const QString &path, const CaptureLimits &limits)
{
    // Names below a folder are told from its own only where it is absolute.
    auto entries = readEntries(QDir(path).absolutePath(), limits);
    if (!entries)
        return tl::unexpected(entries.error());
    const QString folder = commonFolder(*entries);
    Evidence evidence;
    for (CaptureEntry &entry : *entries) {
        if (entry.path.startsWith(folder))
            entry.path.remove(0, folder.size());
        take(evidence, std::move(entry));
    }
    if (auto ok = readHeader(evidence, path); !ok)
        return tl::unexpected(ok.error());
    readTimes(evidence);
    QStringList errorFiles;
    for (auto it = evidence.documents.keyBegin(); it != evidence.documents.keyEnd(); ++it)
        if (it->count(u'/') == 1 && it->endsWith(QLatin1String("/errors.json")))
            errorFiles.append(*it);
    for (const QString &file : errorFiles) {
        readErrors(evidence, file);
        evidence.documents.remove(file);
    }
    evidence.documents.remove(QStringLiteral("capture.json"));
    if (evidence.documents.isEmpty() && evidence.errors.isEmpty())
        return failure(ErrorKind::Format, path,
                       QStringLiteral("holds nothing that a capture would; see the capture format"));
    return evidence;
}

} // namespace tropo
