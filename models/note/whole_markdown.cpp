#include "models/note/whole_markdown.h"

#include <QStringList>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The run of backticks or tildes that a line begins with, at least three after at most three blanks.
QStringView fenceOf(QStringView line)
{
    qsizetype begin = 0;
    while (begin < line.size() && begin < 3 && line[begin] == u' ')
        ++begin;
    qsizetype end = begin;
    while (end < line.size() && line[end] == line[begin] && (line[begin] == u'`' || line[begin] == u'~'))
        ++end;
    return end - begin >= 3 ? line.sliced(begin, end - begin) : QStringView();
}

/// A `<` that may begin HTML, escaped; what stands in code and what begins a link stays.
QString withoutHtml(QStringView line)
{
    QString text;
    bool isCode = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        if (c == u'\\' && i + 1 < line.size()) {
            text += c;
            text += line[++i];
            continue;
        }
        if (c == u'`')
            isCode = !isCode;
        const QStringView rest = line.sliced(i);
        const bool isLink =
            rest.startsWith(u"<http:") || rest.startsWith(u"<https:") || rest.startsWith(u"<mailto:");
        if (c == u'<' && !isCode && !isLink)
            text += u'\\';
        text += c;
    }
    return text;
}

} // namespace

QString wholeMarkdown(const QString &markdown)
{
    QString open;
    QStringList lines = markdown.trimmed().split(u'\n');
    for (QString &line : lines) {
        const QStringView fence = fenceOf(line);
        if (open.isEmpty() && fence.isEmpty())
            line = withoutHtml(line);
        else if (open.isEmpty())
            open = fence.toString();
        else if (fence.startsWith(open) && QStringView(line).trimmed() == fence)
            open.clear();
    }
    if (!open.isEmpty())
        lines.append(open);
    return lines.join(u'\n');
}

} // namespace tropo
