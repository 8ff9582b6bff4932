#pragma once

#include <QByteArray>

#include <vector>

namespace tropo {

/// A text as lines that keep their own ends, so that what is not edited stays byte for byte. Lines count from
/// 0.
class TextLines
{
public:
    explicit TextLines(const QByteArray &text);

    int count() const { return static_cast<int>(m_lines.size()); }
    /// Without its end.
    const QByteArray &at(int line) const { return m_lines[static_cast<std::size_t>(line)].body; }
    /// The blanks that a line begins with.
    QByteArray indentOf(int line) const;

    void replace(int line, qsizetype column, qsizetype length, const QByteArray &with);
    /// Before line `at` (count(): at the end), with the line end of its neighbours. A text without a last
    /// newline stays so.
    void insert(int at, const QByteArray &body);
    void remove(int line);

    QByteArray text() const;

private:
    struct Line
    {
        QByteArray body;
        QByteArray end; ///< "\n", "\r\n", or nothing for a last line without
    };

    std::vector<Line> m_lines;
};

} // namespace tropo
