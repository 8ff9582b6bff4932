#include "app/commands/commands.h"
#include "models/report/inspection.h"
#include "models/rules/rule.h"

#include <QJsonDocument>

namespace tropo {

using namespace Qt::StringLiterals;

int runInspect(const Request &request)
{
    for (const QString &rule : request.rules)
        if (!findRule(rule))
            return fail({ErrorKind::Usage, {}, u"there is no rule \"%1\"; troposcope rules lists them"_s.arg(rule)});
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    if (request.format == u"json")
        printOut(QString::fromUtf8(QJsonDocument(inspectionJson(**snapshot, request.rules)).toJson()));
    else
        printOut(inspectionText(**snapshot, request.rules));
    const auto severity = worst(**snapshot, request.rules);
    return severity && *severity >= request.failOn ? Found : Done;
}

} // namespace tropo
