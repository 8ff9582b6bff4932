#include "models/identify/identify.h"

#include "app/commands/commands.h"
#include "models/text/plain_text.h"

#include <QJsonArray>
#include <QJsonObject>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

QJsonObject toJson(const Identification &found)
{
    QJsonArray matches;
    for (const IdentifyMatch &match : found.matches)
        matches.append(QJsonObject{{u"subject"_s, match.subject}, {u"why"_s, match.why}});
    return {{u"query"_s, found.query},
            {u"kind"_s, found.kind},
            {u"matches"_s, matches},
            {u"belongs_to"_s, found.belongsTo.isEmpty() ? QJsonValue() : QJsonValue(found.belongsTo)},
            {u"explanation"_s, found.explanation}};
}

QString toText(const Identification &found)
{
    QString text = visibleText(found.explanation) + u'\n';
    for (const IdentifyMatch &match : found.matches)
        text += u"  %1  %2\n"_s.arg(visibleText(match.subject), visibleText(match.why));
    return text;
}

} // namespace

int runIdentify(const Request &request)
{
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    const Identification found = identify(request.text, (*snapshot)->fleet, (*snapshot)->policy);
    return request.format == u"json" ? printResult(toJson(found)) : printResult(toText(found));
}

} // namespace tropo
