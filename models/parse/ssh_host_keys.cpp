#include "models/parse/ssh_host_keys.h"

#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

#include <QtEndian>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The type that a key's own bytes name: a length of 32 bits, then that many characters.
QByteArray typeInside(QStringView base64)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(base64.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() < 4)
        return {};
    const QByteArray &blob = decoded.decoded;
    const qsizetype size = qFromBigEndian<quint32>(blob.constData());
    return size < blob.size() - 4 ? blob.sliced(4, size) : QByteArray();
}

bool isPublicKey(const std::vector<QStringView> &words)
{
    constexpr qsizetype longestKey = 8192; // an RSA key of 32,768 bits
    return words.size() >= 2 && words[0].size() <= 64 && words[1].size() <= longestKey &&
           words[0].toLatin1() == typeInside(words[1]);
}

} // namespace

Parsed<QList<SshHostKey>> parseSshHostKeys(const QByteArray &bytes, const QString &document)
{
    ProblemLog problems(document);
    QList<SshHostKey> keys;
    const QString text = decodedText(bytes);
    for (LineCursor at(text); at.next();) {
        if (at.trimmed().startsWith(u'#'))
            continue;
        const auto words = wordsOf(at.trimmed());
        if (isPublicKey(words))
            keys.append({words[0].toString(), words[1].toString(), problems.at(at.number())});
        else
            problems.add(at.number(), u"not a public key, line %1"_s.arg(at.number()));
    }
    return {keys, problems.take()};
}

} // namespace tropo
