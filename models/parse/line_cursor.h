#pragma once

#include "models/parse/numbered_lines.h"

namespace tropo {

/// Walks the lines of a text one at a time, without a list of them all: a document may be nothing but line
/// ends.
class LineCursor
{
public:
    explicit LineCursor(QStringView text) : m_text(text) {}

    /// Goes to the next line that is not blank; false at the end.
    bool next();
    int number() const { return m_number; }
    /// Without its line end and trailing blanks.
    QStringView line() const { return m_line; }
    QStringView trimmed() const { return m_line.sliced(m_indent); }
    /// Leading blanks, a tab counting as one.
    qsizetype indent() const { return m_indent; }

private:
    QStringView m_text;
    QStringView m_line;
    qsizetype m_at = 0;
    qsizetype m_indent = 0;
    int m_number = 0;
};

} // namespace tropo
