#include "models/redact/plain_spelling.h"

namespace tropo {

namespace {

/// An escape and the byte it stands for.
struct Escape
{
    qsizetype length = 0; ///< 0: none
    char byte = 0;
};

int hexValue(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/// The number of `digits` hex digits at `i`; -1 where there are none.
int hexAt(QByteArrayView text, qsizetype i, int digits)
{
    int value = 0;
    for (qsizetype at = i; at < i + digits; ++at) {
        const int digit = at < text.size() ? hexValue(text[at]) : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

bool isPunctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

Escape backslashAt(QByteArrayView text, qsizetype i)
{
    if (i + 1 >= text.size())
        return {};
    if (isPunctuation(text[i + 1]))
        return {2, text[i + 1]};
    const int code = text[i + 1] == 'u' ? hexAt(text, i + 2, 4) : -1;
    return code >= 0x20 && code < 0x7f ? Escape{6, static_cast<char>(code)} : Escape{};
}

Escape entityAt(QByteArrayView text, qsizetype i)
{
    struct Entity
    {
        const char *name;
        char byte;
    };
    static constexpr Entity entities[] = {{"&lt;", '<'},    {"&gt;", '>'},   {"&amp;", '&'},  {"&quot;", '"'},
                                          {"&apos;", '\''}, {"&#39;", '\''}, {"&#x27;", '\''}};
    for (const Entity &entity : entities)
        if (text.sliced(i).startsWith(entity.name))
            return {static_cast<qsizetype>(qstrlen(entity.name)), entity.byte};
    return {};
}

Escape escapeAt(QByteArrayView text, qsizetype i)
{
    switch (text[i]) {
    case '\\':
        return backslashAt(text, i);
    case '&':
        return entityAt(text, i);
    case '%': {
        const int code = hexAt(text, i + 1, 2);
        return code > 0x1f && code != 0x7f ? Escape{3, static_cast<char>(code)} : Escape{};
    }
    default:
        return {};
    }
}

} // namespace

PlainSpelling::PlainSpelling(QByteArrayView text) : m_original(text)
{
    if (!text.contains('\\') && !text.contains('%') && !text.contains('&'))
        return;
    m_plain.reserve(text.size());
    m_places.reserve(text.size() + 1);
    for (qsizetype i = 0; i < text.size();) {
        const Escape escape = escapeAt(text, i);
        m_places.append(i);
        m_plain.append(escape.length > 0 ? escape.byte : text[i]);
        i += qMax<qsizetype>(1, escape.length);
    }
    m_places.append(text.size());
}

QByteArray plainSpelling(QByteArrayView text)
{
    return PlainSpelling(text).text().toByteArray();
}

} // namespace tropo
