#pragma once

#include <QByteArray>
#include <QList>

namespace tropo {

/// A text with its escapes undone, so that a value is found however it is written: `\-` of Markdown, `\"` and
/// `\u003a` of JSON, `&amp;` of XML, `%3A` of paths and URLs. Bytes that are not escaped stand for
/// themselves.
class PlainSpelling
{
public:
    explicit PlainSpelling(QByteArrayView text);

    QByteArrayView text() const { return m_plain.isNull() ? m_original : QByteArrayView(m_plain); }
    /// The original of the plain bytes from `from` up to `to`.
    QByteArrayView original(qsizetype from, qsizetype to) const
    {
        return m_plain.isNull() ? m_original.sliced(from, to - from)
                                : m_original.sliced(m_places[from], m_places[to] - m_places[from]);
    }

private:
    QByteArrayView m_original;
    QByteArray m_plain;        ///< null where nothing is escaped
    QList<qsizetype> m_places; ///< of each plain byte in the original, and the end
};

/// A name without escapes, as text() of a document would have it.
QByteArray plainSpelling(QByteArrayView text);

} // namespace tropo
