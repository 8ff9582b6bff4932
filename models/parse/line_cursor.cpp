#include "models/parse/line_cursor.h"

namespace tropo {

bool LineCursor::next()
{
    while (m_at < m_text.size()) {
        qsizetype end = m_text.indexOf(u'\n', m_at);
        if (end < 0)
            end = m_text.size();
        qsizetype size = end - m_at;
        while (size > 0 && m_text[m_at + size - 1].isSpace())
            --size;
        m_line = m_text.sliced(m_at, size);
        m_at = end + 1;
        ++m_number;
        if (size == 0)
            continue;
        m_indent = 0;
        while (m_line[m_indent].isSpace())
            ++m_indent;
        return true;
    }
    return false;
}

} // namespace tropo
