#include "models/report/quote_json.h"

#include "models/rules/judge.h"

#include <QJsonArray>

namespace tropo {

QJsonObject quoteJson(const Quote &quote)
{
    return {{QStringLiteral("document"), quote.source.document},
            {QStringLiteral("lines"), QJsonArray{quote.source.first, quote.source.last}},
            {QStringLiteral("text"), quote.text}};
}

QJsonArray quotesJson(const QList<Source> &sources, const Evidence &evidence)
{
    QJsonArray quotes;
    for (const Source &source : sources)
        quotes.append(quoteJson({source, quoted(evidence, source)}));
    return quotes;
}

QString placeText(const Source &source)
{
    if (source.first == 0)
        return source.document;
    if (source.first == source.last)
        return QStringLiteral("%1:%2").arg(source.document, QString::number(source.first));
    return QStringLiteral("%1:%2-%3")
        .arg(source.document, QString::number(source.first), QString::number(source.last));
}

} // namespace tropo
