#include "ssh/session/public_key.h"

#include <QFile>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray base64Of(ssh_key key)
{
    char *text = nullptr;
    if (ssh_pki_export_pubkey_base64(key, &text) != SSH_OK)
        return {};
    QByteArray base64(text);
    ssh_string_free_char(text);
    return base64;
}

/// The type stands first in the blob: four bytes of length, then the name.
QByteArray typeOf(const QByteArray &base64)
{
    const QByteArray blob = QByteArray::fromBase64(base64);
    if (blob.size() < 4)
        return {};
    const qsizetype size = static_cast<unsigned char>(blob[3]);
    return blob.sliced(4, qMin(size, blob.size() - 4));
}

QString fingerprintOf(ssh_key key)
{
    unsigned char *hash = nullptr;
    std::size_t size = 0;
    if (ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != 0)
        return {};
    const QByteArray bytes(reinterpret_cast<const char *>(hash), static_cast<qsizetype>(size));
    ssh_clean_pubkey_hash(&hash);
    return u"SHA256:"_s + QString::fromLatin1(bytes.toBase64(QByteArray::OmitTrailingEquals));
}

} // namespace

PublicKey publicKeyOf(ssh_key key)
{
    const QByteArray blob = base64Of(key);
    return {typeOf(blob), blob, fingerprintOf(key)};
}

QByteArray identityBlob(const QString &path)
{
    for (const QString &file : QStringList{path + u".pub"_s, path}) {
        ssh_key raw = nullptr;
        if (ssh_pki_import_pubkey_file(QFile::encodeName(file).constData(), &raw) != SSH_OK)
            continue;
        const Key key(raw);
        return QByteArray::fromBase64(base64Of(raw));
    }
    return {};
}

} // namespace tropo
