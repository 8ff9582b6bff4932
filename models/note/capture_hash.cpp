#include "models/note/capture_hash.h"

#include <QCryptographicHash>

namespace tropo {

QString captureHash(const Evidence &evidence)
{
    QCryptographicHash all(QCryptographicHash::Sha256);
    for (auto it = evidence.documents.begin(); it != evidence.documents.end(); ++it) {
        all.addData(it.key().toUtf8());
        all.addData(QByteArray(1, '\0'));
        all.addData(QCryptographicHash::hash(it->text, QCryptographicHash::Sha256).toHex());
        all.addData(QByteArray(1, '\n'));
    }
    return QString::fromLatin1(all.result().toHex());
}

} // namespace tropo
