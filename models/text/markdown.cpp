#include "models/text/markdown.h"

#include "models/text/plain_text.h"

#include <QStringList>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

QString markdownText(const QString &text)
{
    // Every ASCII punctuation character may be escaped with a backslash; these are the ones that can begin
    // mark-up.
    static const QString special = u"\\`*_{}[]()<>#+-.!|~&:$^=\"'@"_s;
    QString escaped;
    for (const QChar c : visibleText(text)) {
        if (c == u'\n' || c == u'\r' || c == u'\t') {
            escaped += u' ';
            continue;
        }
        if (special.contains(c))
            escaped += u'\\';
        escaped += c;
    }
    return escaped;
}

QString markdownBlock(const QString &text, const QString &language)
{
    qsizetype longest = 2;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == u'`' ? run + 1 : 0;
        longest = qMax(longest, run);
    }
    const QString fence(longest + 1, u'`');
    QString block = fence + language + u'\n';
    for (const QString &line : text.split(u'\n'))
        block += visibleText(line) + u'\n';
    return block + fence + u'\n';
}

} // namespace tropo
