#include "models/redact/identity_masks.h"

#include "models/redact/name_masks.h"

#include <QtEndian>

#include <algorithm>

namespace tropo {

namespace {

constexpr qsizetype idDigits = 32;
constexpr qsizetype digestDigits = 64;
constexpr qsizetype shortDigits = 12;
constexpr qsizetype hashLetters = 43; ///< of SHA-256 in base64 without padding
constexpr qsizetype pairsLength = 47; ///< sixteen pairs joined by ':'
constexpr QByteArrayView hashBefore("SHA256:");
constexpr QByteArrayView digestBefore("sha256:");

enum class What { Id, Uuid, Digest, ShortDigest, Key, Hash, Pairs };

/// An identity as it is written: its value is what it is known by.
struct Identity
{
    What what = What::Id;
    qsizetype length = 0;
    QByteArray value;
};

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isBase64(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/';
}

template <typename Is> qsizetype runOf(QByteArrayView text, qsizetype i, Is is)
{
    qsizetype end = i;
    while (end < text.size() && is(text[end]))
        ++end;
    return end - i;
}

/// Whether it is more than a place-holder: not one digit all over.
bool tellsApart(const QByteArray &digits)
{
    return std::any_of(digits.begin(), digits.end(), [&](char c) { return c != digits.front(); });
}

/// The type that a key's own bytes name (RFC 4253, 6.6).
QByteArray keyType(const QByteArray &base64)
{
    const QByteArray blob = QByteArray::fromBase64(base64);
    const qsizetype size = blob.size() < 4 ? 0 : qsizetype(qFromBigEndian<quint32>(blob.constData()));
    return size > 0 && size < 64 && size < blob.size() - 4 ? blob.sliced(4, size) : QByteArray();
}

std::optional<Identity> uuidAt(QByteArrayView text, qsizetype i)
{
    constexpr qsizetype length = 36;
    if (i + length > text.size() || text[i + 8] != '-' || text[i + 13] != '-' ||
        (i + length < text.size() && isNameByte(text[i + length])))
        return {};
    QByteArray digits = text.sliced(i, length).toByteArray().toLower();
    if (digits[18] != '-' || digits[23] != '-')
        return {};
    digits.replace('-', "");
    if (digits.size() != idDigits || !std::all_of(digits.begin(), digits.end(), isHex) || !tellsApart(digits))
        return {};
    return Identity{What::Uuid, length, digits};
}

std::optional<Identity> hexAt(QByteArrayView text, qsizetype i)
{
    const qsizetype run = runOf(text, i, isHex);
    if ((run != idDigits && run != shortDigits) || (i + run < text.size() && isNameByte(text[i + run])))
        return {};
    const QByteArray digits = text.sliced(i, run).toByteArray().toLower();
    if (!tellsApart(digits))
        return {};
    return Identity{run == idDigits ? What::Id : What::ShortDigest, run, digits};
}

std::optional<Identity> prefixedAt(QByteArrayView text, qsizetype i)
{
    const QByteArrayView rest = text.sliced(i);
    if (rest.startsWith(digestBefore)) {
        const qsizetype run = runOf(rest, digestBefore.size(), isHex);
        if (run == digestDigits)
            return Identity{What::Digest, digestBefore.size() + run,
                            rest.sliced(digestBefore.size(), run).toByteArray().toLower()};
    }
    if (rest.startsWith(hashBefore) && runOf(rest, hashBefore.size(), isBase64) == hashLetters)
        return Identity{What::Hash, hashBefore.size() + hashLetters,
                        rest.sliced(hashBefore.size(), hashLetters).toByteArray()};
    if (rest.startsWith("AAAA")) {
        const QByteArray key =
            rest.first(runOf(rest, 0, [](char c) { return isBase64(c) || c == '='; })).toByteArray();
        if (const QByteArray type = keyType(key);
            type.startsWith("ssh-") || type.startsWith("ecdsa-") || type.startsWith("sk-"))
            return Identity{What::Key, key.size(), key};
    }
    return {};
}

std::optional<Identity> pairsAt(QByteArrayView text, qsizetype i)
{
    if (i + pairsLength > text.size() || text[i + 2] != ':' || text[i + pairsLength - 3] != ':')
        return {};
    const QByteArrayView pairs = text.sliced(i, pairsLength);
    for (qsizetype at = 0; at < pairs.size(); ++at)
        if (at % 3 == 2 ? pairs[at] != ':' : !isHex(pairs[at]))
            return {};
    return Identity{What::Pairs, pairsLength, pairs.toByteArray().toLower()};
}

std::optional<Identity> identityAt(QByteArrayView text, qsizetype i)
{
    if (text[i] == 'S' || text[i] == 's' || text[i] == 'A')
        if (auto found = prefixedAt(text, i))
            return found;
    if (!isHex(text[i]))
        return {};
    if (auto found = uuidAt(text, i))
        return found;
    if (auto found = pairsAt(text, i))
        return found;
    return hexAt(text, i);
}

QByteArray hexNumber(int number, qsizetype digits)
{
    return QByteArray::number(number, 16).rightJustified(digits, '0');
}

/// A UUID of version 4 that is seen to be a stand-in.
QByteArray idFor(int number)
{
    return "00000000000040008000" + hexNumber(number, 12);
}

QByteArray digestFor(int number)
{
    return hexNumber(number, shortDigits).leftJustified(digestDigits, '0');
}

QByteArray withDashes(const QByteArray &id)
{
    return id.first(8) + '-' + id.sliced(8, 4) + '-' + id.sliced(12, 4) + '-' + id.sliced(16, 4) + '-' +
           id.sliced(20);
}

/// A key of the same type whose bytes are but a number.
QByteArray keyFor(const QByteArray &key, int number)
{
    const QByteArray type = keyType(key);
    QByteArray blob(4, '\0');
    qToBigEndian<quint32>(static_cast<quint32>(type.size()), blob.data());
    QByteArray body(32, '\0');
    qToBigEndian<quint32>(static_cast<quint32>(number), body.data() + 28);
    return QByteArray(blob + type + QByteArray("\0\0\0\x20", 4) + body).toBase64();
}

QByteArray fingerprintFor(const QByteArray &real, int number)
{
    if (real.size() == hashLetters)
        return "standin" + QByteArray::number(number).rightJustified(hashLetters - 7, '0');
    QByteArray pairs;
    for (int i = 0; i < 14; ++i)
        pairs += "00:";
    return pairs + hexNumber(number >> 8, 2) + ':' + hexNumber(number & 0xff, 2);
}

} // namespace

qsizetype IdentityMasks::meet(QByteArrayView text, qsizetype i)
{
    const auto met = identityAt(text, i);
    if (!met || met->what == What::ShortDigest)
        return 0;
    QMap<QByteArray, int> &all = met->what == What::Digest                          ? m_digests
                                 : met->what == What::Key                           ? m_keys
                                 : met->what == What::Id || met->what == What::Uuid ? m_ids
                                                                                    : m_fingerprints;
    if (!all.contains(met->value))
        all.insert(met->value, 0);
    return met->length;
}

void IdentityMasks::settle()
{
    for (QMap<QByteArray, int> *all : {&m_ids, &m_digests, &m_keys, &m_fingerprints}) {
        int last = 0;
        for (const int one : std::as_const(*all))
            last = qMax(last, one);
        for (int &one : *all)
            if (one == 0)
                one = ++last;
    }
    m_shortDigests.clear();
    for (auto it = m_digests.begin(); it != m_digests.end(); ++it)
        m_shortDigests.insert(it.key().first(shortDigits), *it);
}

/// One that was met with "SHA256:" before it, as people copy it: without.
std::optional<IdentityMasks::Found> IdentityMasks::bareHashAt(QByteArrayView text, qsizetype i) const
{
    if (m_fingerprints.isEmpty() || runOf(text, i, isBase64) != hashLetters)
        return {};
    const QByteArray value = text.sliced(i, hashLetters).toByteArray();
    const auto it = m_fingerprints.constFind(value);
    if (it == m_fingerprints.constEnd())
        return {};
    return Found{hashLetters, fingerprintFor(value, *it)};
}

std::optional<IdentityMasks::Found> IdentityMasks::at(QByteArrayView text, qsizetype i) const
{
    const auto met = identityAt(text, i);
    if (!met)
        return bareHashAt(text, i);
    const auto found = [&](const QMap<QByteArray, int> &all, auto show) -> std::optional<Found> {
        const auto it = all.constFind(met->value);
        return it == all.constEnd() ? std::nullopt : std::optional(Found{met->length, show(*it)});
    };
    switch (met->what) {
    case What::Id:
        return found(m_ids, &idFor);
    case What::Uuid:
        return found(m_ids, [](int number) { return withDashes(idFor(number)); });
    case What::Digest:
        return found(m_digests,
                     [](int number) { return QByteArray(digestBefore.toByteArray() + digestFor(number)); });
    case What::ShortDigest:
        return found(m_shortDigests, [](int number) { return hexNumber(number, shortDigits); });
    case What::Key:
        return found(m_keys, [&](int number) { return keyFor(met->value, number); });
    case What::Hash:
        return found(m_fingerprints, [&](int number) {
            return QByteArray(hashBefore.toByteArray() + fingerprintFor(met->value, number));
        });
    case What::Pairs:
        return found(m_fingerprints, [&](int number) { return fingerprintFor(met->value, number); });
    }
    return {};
}

bool IdentityMasks::knows(QByteArrayView text, qsizetype i) const
{
    const auto met = identityAt(text, i);
    return !met || met->what == What::ShortDigest || at(text, i);
}

QList<StandIn> IdentityMasks::standIns() const
{
    QList<StandIn> all;
    const auto add = [&all](RedactedKind kind, const QMap<QByteArray, int> &values, auto show) {
        for (auto it = values.begin(); it != values.end(); ++it)
            all.append({kind, QString::fromLatin1(it.key()), QString::fromLatin1(show(it.key(), *it)), {}});
    };
    add(RedactedKind::Id, m_ids, [](const QByteArray &, int number) { return idFor(number); });
    add(RedactedKind::Key, m_keys, &keyFor);
    add(RedactedKind::Key, m_fingerprints, &fingerprintFor);
    add(RedactedKind::Image, m_digests, [](const QByteArray &, int number) { return digestFor(number); });
    return all;
}

} // namespace tropo
