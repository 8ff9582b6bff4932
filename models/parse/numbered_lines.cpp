#include "models/parse/numbered_lines.h"

namespace tropo {

QString decodedText(const QByteArray &text)
{
    QString decoded = QString::fromUtf8(text);
    if (decoded.startsWith(QChar(0xfeff)))
        decoded.remove(0, 1);
    return decoded;
}

std::vector<NumberedLine> numberedLines(QStringView text)
{
    std::vector<NumberedLine> lines;
    int number = 0;
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = text.indexOf(u'\n', begin);
        if (end < 0)
            end = text.size();
        QStringView line = text.sliced(begin, end - begin);
        if (line.endsWith(u'\r'))
            line.chop(1);
        lines.push_back({++number, line});
        begin = end + 1;
    }
    return lines;
}

std::vector<QStringView> wordsOf(QStringView line)
{
    std::vector<QStringView> words;
    for (qsizetype at = 0; at < line.size();) {
        while (at < line.size() && line[at].isSpace())
            ++at;
        const qsizetype begin = at;
        while (at < line.size() && !line[at].isSpace())
            ++at;
        if (at > begin)
            words.push_back(line.sliced(begin, at - begin));
    }
    return words;
}

} // namespace tropo
