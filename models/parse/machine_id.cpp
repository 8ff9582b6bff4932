#include "models/parse/machine_id.h"

#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

#include <algorithm>

namespace tropo {

namespace {

bool isHex(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
}

} // namespace

Parsed<std::optional<Sourced<QString>>> parseMachineId(const QByteArray &bytes, const QString &document)
{
    ProblemLog problems(document);
    std::optional<Sourced<QString>> found;
    const QString text = decodedText(bytes);
    for (LineCursor at(text); at.next();) {
        const QStringView line = at.trimmed();
        if (line == u"uninitialized")
            continue;
        const QString id = line.first(qMin(line.size(), qsizetype(64))).toString().toLower();
        const bool valid = id.size() == 32 && std::all_of(id.begin(), id.end(), isHex) && id.count(u'0') < 32;
        if (found || !valid)
            problems.notUnderstood(at.number(), line);
        else
            found = Sourced<QString>{id, problems.at(at.number())};
    }
    return {found, problems.take()};
}

} // namespace tropo
