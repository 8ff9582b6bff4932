#include "models/fixes/files/keyfile_text.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

KeyfileText::KeyfileText(const QByteArray &text) : m_lines(text)
{
    reread();
}

const KeyLine *KeyfileText::find(QByteArrayView section, QByteArrayView key) const
{
    const auto found = std::find_if(m_keys.rbegin(), m_keys.rend(), [&](const KeyLine &one) {
        return one.section == section && one.key == key;
    });
    return found == m_keys.rend() ? nullptr : &*found;
}

QByteArray KeyfileText::value(const KeyLine *one) const
{
    return one ? m_lines.at(one->line).sliced(one->column, one->length) : QByteArray();
}

void KeyfileText::replace(const KeyLine &key, Piece piece, const QByteArray &with)
{
    m_lines.replace(key.line, key.column + piece.column, piece.length, with);
}

void KeyfileText::set(const QByteArray &section, const QByteArray &key, const QByteArray &value)
{
    if (const KeyLine *one = find(section, key)) {
        m_lines.replace(one->line, one->column, one->length, value);
    } else {
        int last = lastLineOf(section);
        if (last < 0) {
            if (m_lines.count() > 0 && !m_lines.at(m_lines.count() - 1).trimmed().isEmpty())
                m_lines.insert(m_lines.count(), {});
            m_lines.insert(m_lines.count(), '[' + section + ']');
            last = m_lines.count() - 1;
        }
        m_lines.insert(last + 1, key + '=' + value);
    }
    reread();
}

void KeyfileText::removeLine(int line)
{
    m_lines.remove(line);
    reread();
}

void KeyfileText::drop(QByteArrayView section, QByteArrayView key)
{
    for (auto one = m_keys.rbegin(); one != m_keys.rend(); ++one)
        if (one->section == section && one->key == key)
            m_lines.remove(one->line);
    reread();
}

void KeyfileText::reread()
{
    m_keys.clear();
    m_sections.clear();
    m_ends.clear();
    for (int line = 0; line < m_lines.count(); ++line) {
        const QByteArray &body = m_lines.at(line);
        const QByteArray trimmed = body.trimmed();
        if (trimmed.isEmpty() || trimmed[0] == '#' || trimmed[0] == ';')
            continue;
        const qsizetype equals = body.indexOf('=');
        if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
            m_sections.append(trimmed.sliced(1, trimmed.size() - 2));
            m_ends.append(line);
        } else if (equals > 0 && !m_sections.isEmpty()) {
            const QByteArray rest = body.sliced(equals + 1);
            const QByteArray value = rest.trimmed();
            const qsizetype lead = value.isEmpty() ? 0 : rest.indexOf(value);
            m_keys.push_back(
                {m_sections.last(), body.first(equals).trimmed(), line, equals + 1 + lead, value.size()});
            m_ends.last() = line;
        } else {
            fail(u"line %1 is not understood"_s.arg(line + 1));
        }
    }
}

void KeyfileText::fail(const QString &message)
{
    if (!m_error)
        m_error = Error{ErrorKind::Unsupported, {}, message};
}

Result<QByteArray> KeyfileText::result() const
{
    if (m_error)
        return tl::unexpected<Error>(*m_error);
    return m_lines.text();
}

int KeyfileText::lastLineOf(QByteArrayView section) const
{
    for (qsizetype i = m_sections.size() - 1; i >= 0; --i)
        if (m_sections[i] == section)
            return m_ends[i];
    return -1;
}

} // namespace tropo
