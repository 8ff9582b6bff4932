#pragma once

#include "models/redact/name_masks.h"

#include <QByteArrayView>

namespace tropo {

inline bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// How many bytes from `i` on are such.
template <typename Is> qsizetype runOf(QByteArrayView text, qsizetype i, qsizetype most, Is is)
{
    qsizetype end = i;
    while (end < text.size() && end - i < most && is(text[end]))
        ++end;
    return end - i;
}

inline bool endsAt(QByteArrayView text, qsizetype end)
{
    return end >= text.size() || !isNameByte(text[end]);
}

} // namespace tropo
