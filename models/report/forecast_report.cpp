#include "models/report/forecast_report.h"

#include "models/report/quote_json.h"
#include "models/text/plain_text.h"

#include <QJsonArray>

namespace tropo {

QJsonObject forecastJson(const Forecast &forecast, const Evidence &evidence)
{
    QJsonArray items;
    for (const ForecastItem &item : forecast.items)
        items.append(QJsonObject{{QStringLiteral("kind"), item.kind},
                                 {QStringLiteral("weight"), weightName(item.weight)},
                                 {QStringLiteral("subject"), item.subject},
                                 {QStringLiteral("message"), item.message},
                                 {QStringLiteral("evidence"), quotesJson(item.sources, evidence)}});
    return {{QStringLiteral("subject"), forecast.subject},
            {QStringLiteral("summary"), forecast.summary()},
            {QStringLiteral("items"), items},
            {QStringLiteral("not_known"), QJsonArray::fromStringList(forecast.notKnown)}};
}

QJsonArray forecastsJson(const Snapshot &snapshot)
{
    QJsonArray all;
    for (const Forecast &forecast : forecastAll(snapshot.fleet, snapshot.policy))
        all.append(forecastJson(forecast, snapshot.evidence));
    return all;
}

QString forecastText(const Forecast &forecast)
{
    QString text = QStringLiteral("If %1 restarted now (shut down and started again): %2.\n\n")
                       .arg(visibleText(forecast.subject), forecast.summary());
    for (const ForecastItem &item : forecast.items) {
        text += QStringLiteral("%1  %2  [%3]\n    %4\n")
                    .arg(weightName(item.weight), visibleText(item.subject), item.kind,
                         visibleText(item.message));
        for (const Source &source : item.sources)
            text += QStringLiteral("    see %1\n").arg(visibleText(placeText(source)));
        text += u'\n';
    }
    for (const QString &sentence : forecast.notKnown)
        text += QStringLiteral("not known  %1\n").arg(visibleText(sentence));
    return text;
}

} // namespace tropo
