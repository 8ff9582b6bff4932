#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <vector>

namespace tropo {

struct NumberedLine
{
    int number = 0;   ///< from 1
    QStringView text; ///< without its line end
};

/// A document as text: UTF-8, what is not UTF-8 as U+FFFD, a byte order mark dropped.
QString decodedText(const QByteArray &text);

/// The lines of a text, views into it. `\n` and `\r\n` end a line; an end after the last line makes no line.
std::vector<NumberedLine> numberedLines(QStringView text);

/// The words of a line, parted by blanks.
std::vector<QStringView> wordsOf(QStringView line);

} // namespace tropo
