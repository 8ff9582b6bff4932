#include "app/commands/commands.h"
#include "models/report/inspection.h"
#include "models/rules/rule.h"

namespace tropo {

using namespace Qt::StringLiterals;

int runInspect(const Request &request)
{
    for (const QString &rule : request.rules)
        if (!findRule(rule))
            return fail(
                {ErrorKind::Usage, {}, u"there is no rule \"%1\"; troposcope rules lists them"_s.arg(rule)});
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    const auto severity = worst(**snapshot, request.rules);
    const ExitStatus status = severity && *severity >= request.failOn ? Found : Done;
    return request.format == u"json" ? printResult(inspectionJson(**snapshot, request.rules), status)
                                     : printResult(inspectionText(**snapshot, request.rules), status);
}

} // namespace tropo
