#include "ssh/apply/quoted_line.h"

#include "models/text/shell_quote.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Result<QByteArray> quotedLine(const QStringList &words)
{
    QByteArray line;
    for (const QString &word : words) {
        const auto quoted = shellQuoted(word);
        if (!quoted)
            return quoted;
        if (!line.isEmpty())
            line += ' ';
        line += *quoted;
    }
    return line;
}

Result<QByteArray> scriptLine(const char *script, const QStringList &arguments)
{
    const QStringList words{u"sh"_s, u"-c"_s, QString::fromLatin1(script), u"troposcope"_s};
    return quotedLine(words + arguments);
}

} // namespace tropo
