#include "models/evidence/capture_entries.h"

#include <QFile>

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace tropo {

namespace {

struct ReadCloser
{
    void operator()(archive *handle) const { archive_read_free(handle); }
};
struct WriteCloser
{
    void operator()(archive *handle) const { archive_write_free(handle); }
};
struct EntryCloser
{
    void operator()(archive_entry *entry) const { archive_entry_free(entry); }
};
using Reader = std::unique_ptr<archive, ReadCloser>;
using Writer = std::unique_ptr<archive, WriteCloser>;
using Entry = std::unique_ptr<archive_entry, EntryCloser>;

QString errorOf(archive *handle)
{
    const char *text = archive_error_string(handle);
    return text ? QString::fromLocal8Bit(text) : QStringLiteral("unknown error");
}

QString pathOf(archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry);
    QString path = QString::fromUtf8(name);
    while (path.startsWith(QLatin1String("./")))
        path.remove(0, 2);
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

/// Reads one entry's data; nothing when it is larger than the bound. `left` is what the whole may still hold.
std::optional<QByteArray> dataOf(archive *handle, qint64 bound, qint64 &left, QString &error)
{
    QByteArray data;
    QByteArray piece(256 * 1024, Qt::Uninitialized);
    bool fits = true;
    for (;;) {
        const la_ssize_t got =
            archive_read_data(handle, piece.data(), static_cast<std::size_t>(piece.size()));
        if (got < 0) {
            error = errorOf(handle);
            return {};
        }
        if (got == 0)
            break;
        left -= got;
        if (left < 0)
            return {};
        fits = fits && data.size() + got <= bound;
        if (fits)
            data.append(piece.constData(), got);
    }
    if (!fits)
        return {};
    return data;
}

Result<Reader> openArchive(const QString &path)
{
    Reader reader(archive_read_new());
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_format_tar(reader.get());
    archive_read_support_format_zip(reader.get());
    if (archive_read_open_filename(reader.get(), QFile::encodeName(path).constData(), 1024 * 1024) !=
        ARCHIVE_OK)
        return failure(ErrorKind::Format, path,
                       QStringLiteral("is no capture: neither a folder nor a zip or tar.gz archive (%1)")
                           .arg(errorOf(reader.get())));
    return reader;
}

/// Why an entry is not taken, as far as its header tells; empty when it is fine.
QString refusalOf(archive_entry *raw, const QString &path)
{
    if (const auto refusal = pathRefusal(path))
        return *refusal;
    if (archive_entry_hardlink(raw) || archive_entry_symlink(raw))
        return QStringLiteral("is a link: not followed");
    if (archive_entry_filetype(raw) != AE_IFREG)
        return QStringLiteral("is neither a file nor a folder: not read");
    return {};
}

Result<CaptureEntry> readEntry(archive *handle, archive_entry *raw, const QString &archivePath,
                               const CaptureLimits &limits, qint64 &left)
{
    CaptureEntry entry{pathOf(raw), {}, refusalOf(raw, pathOf(raw))};
    QString error;
    // What is refused has to be unpacked all the same to get past it, so it counts.
    auto data = dataOf(handle, entry.refusal.isEmpty() ? limits.fileBytes : 0, left, error);
    if (!error.isEmpty())
        return failure(ErrorKind::Format, archivePath,
                       QStringLiteral("is damaged at %1: %2").arg(entry.path, error));
    if (left < 0)
        return failure(ErrorKind::Limit, archivePath,
                       QStringLiteral("unpacks to more than %1 MiB, the bound for a capture")
                           .arg(limits.totalBytes / (1024 * 1024)));
    if (!entry.refusal.isEmpty())
        return entry;
    if (data)
        entry.text = std::move(*data);
    else
        entry.refusal = QStringLiteral("is larger than %1 MiB, the bound for one file: not read")
                            .arg(limits.fileBytes / (1024 * 1024));
    return entry;
}

} // namespace

Result<void> walkArchive(const QString &path, const CaptureLimits &limits, const EntrySink &sink)
{
    auto reader = openArchive(path);
    if (!reader)
        return tl::unexpected(reader.error());
    qint64 left = limits.totalBytes;
    int files = 0;
    for (;;) {
        archive_entry *raw = nullptr;
        const int state = archive_read_next_header(reader->get(), &raw);
        if (state == ARCHIVE_EOF)
            return {};
        if (state < ARCHIVE_WARN)
            return failure(
                ErrorKind::Format, path,
                QStringLiteral("is damaged, or no zip or tar.gz archive: %1").arg(errorOf(reader->get())));
        // Folders count too: a stream of nothing but folders must end somewhere.
        if (++files > limits.files)
            return failure(
                ErrorKind::Limit, path,
                QStringLiteral("holds more than %1 files, the bound for a capture").arg(limits.files));
        const bool isFolder = archive_entry_filetype(raw) == AE_IFDIR;
        auto entry = readEntry(reader->get(), raw, path, limits, left);
        if (!entry)
            return tl::unexpected(entry.error());
        if (isFolder)
            continue;
        if (auto ok = sink(std::move(*entry)); !ok)
            return ok;
    }
}

Result<void> writeArchive(const QString &path, bool zip, const QList<CaptureFile> &files)
{
    Writer writer(archive_write_new());
    if (zip) {
        archive_write_set_format_zip(writer.get());
    } else {
        archive_write_add_filter_gzip(writer.get());
        archive_write_set_format_pax_restricted(writer.get());
    }
    const auto failed = [&] {
        return failure(ErrorKind::Io, path,
                       QStringLiteral("could not be written: %1").arg(errorOf(writer.get())));
    };
    if (archive_write_open_filename(writer.get(), QFile::encodeName(path).constData()) != ARCHIVE_OK)
        return failed();
    for (const CaptureFile &file : files) {
        const Entry entry(archive_entry_new());
        archive_entry_set_pathname_utf8(entry.get(), file.path.toUtf8().constData());
        archive_entry_set_size(entry.get(), file.text.size());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        if (file.time.isValid())
            archive_entry_set_mtime(entry.get(), file.time.toSecsSinceEpoch(), 0);
        if (archive_write_header(writer.get(), entry.get()) != ARCHIVE_OK)
            return failed();
        const auto size = static_cast<std::size_t>(file.text.size());
        if (size > 0 &&
            archive_write_data(writer.get(), file.text.constData(), size) != static_cast<la_ssize_t>(size))
            return failed();
    }
    if (archive_write_close(writer.get()) != ARCHIVE_OK)
        return failed();
    return {};
}

} // namespace tropo
