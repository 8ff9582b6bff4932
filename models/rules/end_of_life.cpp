#include "models/rules/end_of_life.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tropo {

std::optional<EndOfLife> EndOfLifeTable::find(const OsRelease &os) const
{
    for (QString version = os.version; !version.isEmpty();) {
        if (const auto it = systems.constFind(os.id + u' ' + version); it != systems.constEnd())
            return *it;
        const qsizetype dot = version.lastIndexOf(u'.');
        version = dot < 0 ? QString() : version.first(dot);
    }
    return {};
}

Parsed<EndOfLifeTable> parseEndOfLifeTable(const QByteArray &json, const QString &document)
{
    Parsed<EndOfLifeTable> parsed;
    QJsonParseError error{};
    const QJsonObject root = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError)
        parsed.problems.append({document, 0, QStringLiteral("is not JSON: %1").arg(error.errorString())});
    parsed.value.dated = QDate::fromString(root.value(QLatin1String("dated")).toString(), Qt::ISODate);
    for (const QJsonValue &value : root.value(QLatin1String("systems")).toArray()) {
        const QJsonObject system = value.toObject();
        const QString version = system.value(QLatin1String("version")).toString();
        const EndOfLife entry{system.value(QLatin1String("name")).toString() + u' ' + version,
                              QDate::fromString(system.value(QLatin1String("eol")).toString(), Qt::ISODate)};
        if (entry.date.isValid())
            parsed.value.systems.insert(system.value(QLatin1String("id")).toString() + u' ' + version, entry);
        else
            parsed.problems.append(
                {document, 0, QStringLiteral("%1 has no date in \"eol\"").arg(entry.system)});
    }
    return parsed;
}

} // namespace tropo
