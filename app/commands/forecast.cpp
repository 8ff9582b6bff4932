#include "models/forecast/forecast.h"

#include "app/commands/commands.h"
#include "models/fleet/machine_name.h"
#include "models/report/forecast_report.h"

namespace tropo {

using namespace Qt::StringLiterals;

int runForecast(const Request &request)
{
    const auto snapshot = snapshotOf(request);
    if (!snapshot)
        return fail(snapshot.error());
    const Snapshot &read = **snapshot;
    const auto subject = machineNamed(request.text, read.fleet);
    if (!subject)
        return fail(subject.error());
    const auto forecast = forecastOf(*subject, read.fleet, read.policy);
    if (!forecast)
        return fail({ErrorKind::Usage, {}, u"a restart of \"%1\" cannot be foreseen"_s.arg(*subject)});
    if (request.format != u"json")
        return printResult(forecastText(*forecast));
    QJsonObject object = forecastJson(*forecast, read.evidence);
    object.insert(u"format"_s, 1);
    return printResult(object);
}

} // namespace tropo
