#include "models/text/unified_diff.h"

#include "models/text/line_diff.h"

namespace tropo {

namespace {

constexpr int context = 3;

char letterOf(char c)
{
    switch (c) {
    case '\a':
        return 'a';
    case '\b':
        return 'b';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\v':
        return 'v';
    case '\f':
        return 'f';
    case '\r':
        return 'r';
    case '"':
    case '\\':
        return c;
    default:
        return 0;
    }
}

QByteArray quotedName(const QByteArray &name)
{
    QByteArray escaped;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const auto digit = [byte](int shift) { return static_cast<char>('0' + ((byte >> shift) & 7)); };
        if (const char letter = letterOf(c))
            escaped.append('\\').append(letter);
        else if (byte < 0x20 || byte == 0x7f)
            escaped.append('\\').append(digit(6)).append(digit(3)).append(digit(0));
        else
            escaped += c;
    }
    return escaped == name && !name.isEmpty() && !name.contains(' ') ? name : QByteArray('"' + escaped + '"');
}

QByteArray header(const char *mark, const DiffSide &side)
{
    return mark + (side.text ? quotedName(side.name.toUtf8()) : QByteArray("/dev/null")) + '\n';
}

/// "12,3": a first line from 1 and how many; of none, the line before.
QByteArray range(int first, int count)
{
    if (count == 1)
        return QByteArray::number(first + 1);
    return QByteArray::number(count == 0 ? first : first + 1) + ',' + QByteArray::number(count);
}

void addLine(QByteArray &out, char mark, QByteArrayView line)
{
    out += mark;
    out += line;
    if (!line.endsWith('\n'))
        out += "\n\\ No newline at end of file\n";
}

using Lines = std::vector<QByteArrayView>;
using Changes = std::vector<LineChange>;

/// Changes [first, last) with the lines around them.
void addHunk(QByteArray &out, const Lines &a, const Lines &b, Changes::const_iterator first,
             Changes::const_iterator last)
{
    const LineChange &end = *std::prev(last);
    const int lead = qMin(context, first->firstBefore);
    const int trail = qMin(context, int(a.size()) - end.lastBefore);
    const int beginA = first->firstBefore - lead;
    const int beginB = first->firstAfter - lead;
    out += "@@ -" + range(beginA, end.lastBefore + trail - beginA) + " +" +
           range(beginB, end.lastAfter + trail - beginB) + " @@\n";
    int at = beginA;
    for (auto change = first; change != last; ++change) {
        for (; at < change->firstBefore; ++at)
            addLine(out, ' ', a[size_t(at)]);
        for (; at < change->lastBefore; ++at)
            addLine(out, '-', a[size_t(at)]);
        for (int line = change->firstAfter; line < change->lastAfter; ++line)
            addLine(out, '+', b[size_t(line)]);
    }
    for (; at < end.lastBefore + trail; ++at)
        addLine(out, ' ', a[size_t(at)]);
}

} // namespace

QByteArray unifiedDiff(const DiffSide &before, const DiffSide &after)
{
    const QByteArray textBefore = before.text.value_or(QByteArray());
    const QByteArray textAfter = after.text.value_or(QByteArray());
    const Lines a = linesWithEnds(textBefore);
    const Lines b = linesWithEnds(textAfter);
    const Changes changes = lineChanges(a, b);
    if (changes.empty())
        return {};
    QByteArray out = header("--- ", before) + header("+++ ", after);
    for (auto first = changes.begin(); first != changes.end();) {
        auto last = std::next(first);
        while (last != changes.end() && last->firstBefore - std::prev(last)->lastBefore <= 2 * context)
            ++last;
        addHunk(out, a, b, first, last);
        first = last;
    }
    return out;
}

} // namespace tropo
