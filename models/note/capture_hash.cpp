#include "models/note/capture_hash.h"

#include <QCryptographicHash>

#include <algorithm>

namespace tropo {

namespace {

QByteArray hexOf(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex();
}

/// Sorted, since captures list them by hypervisor.
QByteArrayList errorLines(const QList<SourceError> &errors)
{
    constexpr qsizetype mostRead = 4000; // of a message; a capture's reader takes no more
    QByteArrayList lines;
    for (const SourceError &error : errors)
        lines.append(error.hypervisor.toUtf8() + '\0' + error.source.toUtf8() + '\0' +
                     hexOf(error.message.left(mostRead).toUtf8()) + '\n');
    std::sort(lines.begin(), lines.end());
    return lines;
}

} // namespace

QString captureHash(const Evidence &evidence)
{
    QCryptographicHash all(QCryptographicHash::Sha256);
    for (auto it = evidence.documents.begin(); it != evidence.documents.end(); ++it)
        all.addData(QByteArray(it.key().toUtf8() + '\0' + hexOf(it->text) + '\n'));
    for (const QByteArray &line : errorLines(evidence.errors))
        all.addData(line);
    return QString::fromLatin1(all.result().toHex());
}

} // namespace tropo
