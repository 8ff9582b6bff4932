#include "models/redact/kept_columns.h"

#include <algorithm>

namespace tropo {

namespace {

/// Letters, not bytes: those that go on with a letter of UTF-8 do not count.
qsizetype lettersOf(QByteArrayView bytes)
{
    return std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

} // namespace

void KeptColumns::keep(QByteArrayView bytes)
{
    if (bytes.size() == 1 && bytes.front() == ' ') {
        ++m_blanks;
        return;
    }
    closeGap();
    m_text += bytes;
    if (bytes.front() == '\n')
        m_longer = 0;
}

void KeptColumns::replace(QByteArrayView real, QByteArrayView shown)
{
    closeGap();
    m_text += shown;
    m_longer += lettersOf(shown) - lettersOf(real);
}

QByteArray KeptColumns::text()
{
    closeGap();
    return m_text;
}

void KeptColumns::closeGap()
{
    constexpr qsizetype least = 2;
    if (m_blanks >= least) {
        const qsizetype blanks = qMax(least, m_blanks - m_longer);
        m_longer -= m_blanks - blanks;
        m_blanks = blanks;
    }
    m_text += QByteArray(m_blanks, ' ');
    m_blanks = 0;
}

} // namespace tropo
