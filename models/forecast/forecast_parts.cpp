#include "models/forecast/forecast_parts.h"

namespace tropo {

void foresee(Forecast &forecast, const char *kind, ForecastWeight weight, const QString &subject,
             const QString &message, const QList<Source> &sources)
{
    ForecastItem item{QString::fromLatin1(kind), weight, subject, message, {}};
    for (const Source &source : sources)
        if (!source.isNull() && !item.sources.contains(source))
            item.sources.append(source);
    forecast.items.append(item);
}

void leaveOpen(Forecast &forecast, const QString &sentence)
{
    if (!forecast.notKnown.contains(sentence))
        forecast.notKnown.append(sentence);
}

} // namespace tropo
