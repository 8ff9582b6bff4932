#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

namespace tropo::test {

/// All that a report or capture at `path` (a file or folder) can tell a reader who looks at its bytes, by
/// where it stands: text, pictures in base64 taken out and decoded, the texts of PNGs, the streams of PDFs
/// decompressed with their strings and metadata, what is in archives, and names of files. Pixels
/// are left out.
QMap<QString, QByteArray> everythingIn(const QString &path);

/// Whether a value stands in it, in any case of its letters, where no letter or digit is beside it.
bool hasWord(const QByteArray &text, const QByteArray &value);

} // namespace tropo::test
