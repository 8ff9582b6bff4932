#pragma once

#include <QByteArray>
#include <QFile>
#include <QList>
#include <QString>

#include <archive.h>
#include <archive_entry.h>

namespace tropo::test {

/// An entry of an archive as nobody well-meaning would write it.
struct RawEntry
{
    QByteArray path;
    QByteArray text;
    QByteArray symlink = {};
    QByteArray hardlink = {};
    unsigned type = AE_IFREG;
};

enum class Packing { Zip, TarGz, Tar };

/// Writes the entries in order, unchecked.
inline bool pack(const QString &path, Packing packing, const QList<RawEntry> &entries)
{
    archive *out = archive_write_new();
    if (packing == Packing::Zip) {
        archive_write_set_format_zip(out);
    } else {
        archive_write_set_format_pax_restricted(out);
        if (packing == Packing::TarGz)
            archive_write_add_filter_gzip(out);
    }
    bool ok = archive_write_open_filename(out, QFile::encodeName(path).constData()) == ARCHIVE_OK;
    for (const RawEntry &raw : entries) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, raw.path.constData());
        archive_entry_set_filetype(entry, raw.type);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, raw.type == AE_IFREG ? raw.text.size() : 0);
        if (!raw.symlink.isEmpty())
            archive_entry_set_symlink(entry, raw.symlink.constData());
        if (!raw.hardlink.isEmpty())
            archive_entry_set_hardlink(entry, raw.hardlink.constData());
        ok = ok && archive_write_header(out, entry) == ARCHIVE_OK;
        if (!raw.text.isEmpty())
            ok = ok && archive_write_data(out, raw.text.constData(), static_cast<size_t>(raw.text.size())) ==
                           raw.text.size();
        archive_entry_free(entry);
    }
    ok = archive_write_close(out) == ARCHIVE_OK && ok;
    archive_write_free(out);
    return ok;
}

} // namespace tropo::test
