#include "models/identify/identify.h"

#include "app/commands/commands.h"
#include "models/report/identification_report.h"

namespace tropo {

int runIdentify(const Request &request)
{
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    const Identification found = identify(request.text, (*snapshot)->fleet, (*snapshot)->policy);
    return request.format == u"json" ? printResult(identificationJson(found))
                                     : printResult(identificationText(found));
}

} // namespace tropo
