#include "models/redact/name_masks.h"

#include "models/redact/plain_spelling.h"
#include "models/redact/vocabulary.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// What a name is looked up by: its first run of letters and digits in lower case, or its first sign.
QByteArray keyOf(QByteArrayView text)
{
    qsizetype end = 0;
    while (end < text.size() && isNameByte(text[end]))
        ++end;
    QByteArray key = text.first(qMax<qsizetype>(end, qMin<qsizetype>(1, text.size()))).toByteArray();
    std::transform(key.begin(), key.end(), key.begin(), &lowered);
    return key;
}

/// Why a name has to stay; empty where it need not.
QString whyItStays(const QString &name)
{
    const QByteArray lower = name.toUtf8().toLower();
    if (vocabulary().contains(lower))
        return u"it is also a word that documents are written with"_s;
    const bool isNumber =
        std::all_of(lower.begin(), lower.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool hasLetter = std::any_of(lower.begin(), lower.end(), &isNameByte);
    return name.size() < 2 || isNumber || !hasLetter ? u"it is too short to be told from other text"_s
                                                     : QString();
}

} // namespace

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

bool beginsWord(QByteArrayView text, qsizetype i)
{
    if (i == 0 || !isNameByte(text[i - 1]))
        return true;
    // What stands before digits: of a number, and of an interface that is named after its MAC.
    for (const QByteArrayView before : {QByteArrayView("0x"), QByteArrayView("enx"), QByteArrayView("wlx")})
        if (i >= before.size() && text.first(i).endsWith(before) &&
            (i == before.size() || !isNameByte(text[i - before.size() - 1])))
            return true;
    return i > 1 && text[i - 2] == '\\' && QByteArrayView("ntrbf").contains(text[i - 1]);
}

QString redactedKindName(RedactedKind kind)
{
    switch (kind) {
    case RedactedKind::Address:
        return u"address"_s;
    case RedactedKind::Mac:
        return u"mac"_s;
    case RedactedKind::Host:
        return u"host"_s;
    case RedactedKind::Person:
        return u"person"_s;
    case RedactedKind::Image:
        return u"image"_s;
    case RedactedKind::Id:
        return u"id"_s;
    case RedactedKind::Key:
        return u"key"_s;
    }
    return {};
}

void NameMasks::meet(RedactedKind kind, const QString &name, const QString &stem, bool isOwn)
{
    if (name.isEmpty())
        return;
    QList<qsizetype> &known = m_known[name.toUtf8().toLower()];
    const bool isKnown = std::any_of(known.begin(), known.end(), [&](qsizetype index) {
        return !isOwn || m_names[index].standIn.real == name;
    });
    if (isKnown)
        return;
    known.append(m_names.size());
    m_names.append({{kind, name, name, {}}, stem, false});
}

QString NameMasks::unused(const QString &stem, int width)
{
    QString shown;
    do
        shown = stem + QString::number(++m_last[stem]).rightJustified(width, u'0');
    while (m_known.contains(shown.toUtf8()));
    return shown;
}

/// Those that have none yet, in the names' own order: what is sorted by names, or names the first of several,
/// stays as it was.
QList<NameMasks::Name *> NameMasks::inOrder()
{
    QList<Name *> all;
    for (Name &name : m_names)
        if (!name.isSettled)
            all.append(&name);
    std::stable_sort(all.begin(), all.end(),
                     [](const Name *a, const Name *b) { return a->standIn.real < b->standIn.real; });
    return all;
}

/// Words that are joined by signs: "addr_info", where a machine may be called "info".
void NameMasks::keepPhrases()
{
    for (const QByteArray &word : vocabulary())
        if (!std::all_of(word.begin(), word.end(), &isNameByte))
            addPattern({word, {}, true});
}

void NameMasks::settle()
{
    if (m_patterns.isEmpty())
        keepPhrases();
    QHash<QString, int> count;
    for (const Name &name : m_names)
        ++count[name.stem];
    for (Name *name : inOrder()) {
        StandIn &one = name->standIn;
        name->isSettled = true;
        one.why = whyItStays(one.real);
        if (!one.why.isEmpty())
            continue;
        one.shown = unused(name->stem, static_cast<int>(QString::number(count[name->stem]).size()));
        const QByteArray real = one.real.toUtf8();
        addPattern({real, one.shown.toUtf8()});
        // A name may itself look like an escape.
        if (const QByteArray plain = plainSpelling(real); plain != real)
            addPattern({plain, one.shown.toUtf8()});
    }
}

void NameMasks::addPattern(const Pattern &pattern)
{
    const QByteArray key = keyOf(pattern.text);
    m_begins[static_cast<unsigned char>(key.front())] = true;
    QList<Pattern> &patterns = m_patterns[key];
    const auto place = std::find_if(patterns.begin(), patterns.end(), [&pattern](const Pattern &other) {
        return other.text.size() < pattern.text.size();
    });
    patterns.insert(place, pattern);
}

std::optional<NameMasks::Found> NameMasks::at(QByteArrayView text, qsizetype i) const
{
    if (!m_begins[static_cast<unsigned char>(lowered(text[i]))])
        return {};
    const auto patterns = m_patterns.constFind(keyOf(text.sliced(i)));
    if (patterns == m_patterns.constEnd())
        return {};
    const Pattern *best = nullptr;
    for (const Pattern &pattern : *patterns) {
        const qsizetype length = pattern.text.size();
        if (best && length < best->text.size())
            break;
        const bool goesOn =
            i + length < text.size() && isNameByte(text[i + length]) && isNameByte(pattern.text.back());
        if (i + length > text.size() || goesOn)
            continue;
        const QByteArrayView here = text.sliced(i, length);
        // Of names that differ by case alone, the one that is written just so.
        if (here == pattern.text)
            return Found{length, pattern.shown, pattern.stays};
        if (!best && here.compare(pattern.text, Qt::CaseInsensitive) == 0)
            best = &pattern;
    }
    return best ? std::optional(Found{best->text.size(), best->shown, best->stays}) : std::nullopt;
}

QList<StandIn> NameMasks::standIns() const
{
    QList<StandIn> all;
    for (const Name &name : m_names)
        all.append(name.standIn);
    return all;
}

} // namespace tropo
