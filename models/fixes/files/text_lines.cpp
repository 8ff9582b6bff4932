#include "models/fixes/files/text_lines.h"

namespace tropo {

TextLines::TextLines(const QByteArray &text)
{
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype newline = text.indexOf('\n', begin);
        qsizetype bodyEnd = newline < 0 ? text.size() : newline;
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        if (newline > begin && text[newline - 1] == '\r')
            --bodyEnd;
        m_lines.push_back({text.sliced(begin, bodyEnd - begin), text.sliced(bodyEnd, end - bodyEnd)});
        begin = end;
    }
}

QByteArray TextLines::indentOf(int line) const
{
    const QByteArray &body = at(line);
    qsizetype size = 0;
    while (size < body.size() && (body[size] == ' ' || body[size] == '\t'))
        ++size;
    return body.first(size);
}

void TextLines::replace(int line, qsizetype column, qsizetype length, const QByteArray &with)
{
    m_lines[static_cast<std::size_t>(line)].body.replace(column, length, with);
}

void TextLines::insert(int at, const QByteArray &body)
{
    const QByteArray end = m_lines.empty() || m_lines.front().end.isEmpty() ? "\n" : m_lines.front().end;
    Line line{body, at > 0 ? m_lines[static_cast<std::size_t>(at - 1)].end : end};
    if (at > 0 && line.end.isEmpty())
        m_lines[static_cast<std::size_t>(at - 1)].end = end;
    m_lines.insert(m_lines.begin() + at, line);
}

void TextLines::remove(int line)
{
    const auto which = m_lines.begin() + line;
    if (which->end.isEmpty() && line > 0)
        std::prev(which)->end.clear();
    m_lines.erase(which);
}

QByteArray TextLines::text() const
{
    QByteArray text;
    for (const Line &line : m_lines)
        text.append(line.body).append(line.end);
    return text;
}

} // namespace tropo
