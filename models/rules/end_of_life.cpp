#include "models/rules/end_of_life.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tropo {

std::optional<EndOfLife> EndOfLifeTable::find(const OsRelease &os) const
{
    for (QString version = os.version; !version.isEmpty();) {
        const QList<EndOfLife> namesakes = systems.values(os.id + u' ' + version);
        if (namesakes.size() == 1)
            return namesakes.front();
        for (const EndOfLife &one : namesakes)
            if (os.pretty.startsWith(one.name, Qt::CaseInsensitive))
                return one;
        if (!namesakes.isEmpty())
            return {};
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
    else if (!root.value(QLatin1String("systems")).isArray())
        parsed.problems.append({document, 0, QStringLiteral("has no list \"systems\"")});
    parsed.value.dated = QDate::fromString(root.value(QLatin1String("dated")).toString(), Qt::ISODate);
    for (const QJsonValue &value : root.value(QLatin1String("systems")).toArray()) {
        const QJsonObject system = value.toObject();
        const QString version = system.value(QLatin1String("version")).toString();
        const QString id = system.value(QLatin1String("id")).toString();
        const QString name = system.value(QLatin1String("name")).toString();
        const EndOfLife entry{name, name + u' ' + version,
                              QDate::fromString(system.value(QLatin1String("eol")).toString(), Qt::ISODate)};
        if (id.isEmpty() || name.isEmpty() || version.isEmpty())
            parsed.problems.append(
                {document, 0, QStringLiteral("a system lacks \"id\", \"name\" or \"version\"")});
        else if (!entry.date.isValid())
            parsed.problems.append(
                {document, 0, QStringLiteral("%1 has no date in \"eol\"").arg(entry.system)});
        else
            parsed.value.systems.insert(id + u' ' + version, entry);
    }
    return parsed;
}

} // namespace tropo
