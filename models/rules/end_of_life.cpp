#include "models/rules/end_of_life.h"

#include "models/rules/about.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace tropo {

namespace {

/// "3.18.2", "3.18", "3".
QStringList leadingParts(QString version)
{
    QStringList parts;
    while (!version.isEmpty()) {
        parts.append(version);
        const qsizetype dot = version.lastIndexOf(u'.');
        version = dot < 0 ? QString() : version.first(dot);
    }
    return parts;
}

} // namespace

std::optional<EndOfLife> EndOfLifeTable::find(const OsRelease &os) const
{
    for (const QString &version : leadingParts(os.version)) {
        const QList<EndOfLife> namesakes = systems.values(os.id + u' ' + version);
        if (namesakes.size() == 1)
            return namesakes.front();
        for (const EndOfLife &one : namesakes)
            if (os.pretty.startsWith(one.name, Qt::CaseInsensitive))
                return one;
        if (!namesakes.isEmpty())
            return {};
    }
    return {};
}

std::optional<EndOfLife> EndOfLifeTable::findDocker(const QString &version) const
{
    static const QRegularExpression form(QStringLiteral("^(\\d+(?:\\.\\d+)+)(?:-ce)?$"));
    for (const QString &part : leadingParts(form.match(version).captured(1)))
        if (const auto known = docker.constFind(part); known != docker.cend())
            return *known;
    return {};
}

std::optional<QString> upstreamSeries(QStringView release)
{
    static const QRegularExpression form(
        QStringLiteral("^(\\d+\\.\\d+)(?:\\.\\d+)?(?:\\+?|-[0-9.]+\\.el[0-9_]+\\.elrepo(?:\\.\\w+)?|"
                       "-\\d{6,7}-(?:generic|lowlatency)(?:-64k|-hwe)?)$"));
    const QRegularExpressionMatch match = form.match(release.first(qMin(release.size(), qsizetype(128))));
    return match.hasMatch() ? std::optional(match.captured(1)) : std::nullopt;
}

std::optional<EndOfLife> EndOfLifeTable::findKernel(const QString &release) const
{
    const auto series = upstreamSeries(release);
    const auto known = series ? kernels.constFind(*series) : kernels.cend();
    return known == kernels.cend() ? std::nullopt : std::optional(*known);
}

std::optional<QString> endOfLifeNotice(const EndOfLife &end, const QDate &today)
{
    if (!today.isValid() || today.daysTo(end.date) > endOfLifeNoticeDays)
        return {};
    const QString date = end.date.toString(Qt::ISODate);
    const auto counted = [](qint64 days) {
        return tropo::counted(days, QStringLiteral("day"), QStringLiteral("days"));
    };
    const qint64 left = today.daysTo(end.date);
    if (left == 0)
        return QStringLiteral("life ends on %1, the day on which this was read").arg(date);
    if (left > 0)
        return QStringLiteral("life ends on %1, %2 after this was read").arg(date, counted(left));
    const QString since = left <= -730 ? QStringLiteral("%1 years").arg(-left / 365) : counted(-left);
    return QStringLiteral("life ended on %1, %2 before this was read: no security updates since")
        .arg(date, since);
}

namespace {

class TableReader
{
public:
    TableReader(const QJsonObject &root, const QString &document) : m_root(root), m_document(document) {}

    Parsed<EndOfLifeTable> read()
    {
        EndOfLifeTable &table = m_parsed.value;
        table.dated = QDate::fromString(m_root.value(QLatin1String("dated")).toString(), Qt::ISODate);
        for (const QJsonValue &value : m_root.value(QLatin1String("systems")).toArray()) {
            const QJsonObject system = value.toObject();
            const QString id = system.value(QLatin1String("id")).toString();
            const auto entry = entryOf(system, system.value(QLatin1String("name")).toString());
            if (id.isEmpty())
                complain(QStringLiteral("a system lacks \"id\", \"name\" or \"version\""));
            else if (entry)
                table.systems.insert(id + u' ' + versionOf(system), *entry);
        }
        readSeries(QLatin1String("docker"), QStringLiteral("Docker Engine"), table.docker);
        readSeries(QLatin1String("kernels"), QStringLiteral("Linux"), table.kernels);
        return m_parsed;
    }

private:
    static QString versionOf(const QJsonObject &entry)
    {
        return entry.value(QLatin1String("version")).toString();
    }

    std::optional<EndOfLife> entryOf(const QJsonObject &object, const QString &name)
    {
        const QString version = versionOf(object);
        const QString text = object.value(QLatin1String("eol")).toString();
        const EndOfLife entry{name, name + u' ' + version, QDate::fromString(text, Qt::ISODate)};
        if (name.isEmpty() || version.isEmpty())
            complain(QStringLiteral("a system lacks \"id\", \"name\" or \"version\""));
        else if (!entry.date.isValid())
            complain(QStringLiteral("%1 has no date in \"eol\"").arg(entry.system));
        else
            return entry;
        return {};
    }

    void readSeries(QLatin1String key, const QString &name, QHash<QString, EndOfLife> &into)
    {
        for (const QJsonValue &value : m_root.value(key).toArray())
            if (const auto entry = entryOf(value.toObject(), name))
                into.insert(versionOf(value.toObject()), *entry);
    }

    void complain(const QString &message) { m_parsed.problems.append({m_document, 0, message}); }

    QJsonObject m_root;
    QString m_document;
    Parsed<EndOfLifeTable> m_parsed;
};

} // namespace

Parsed<EndOfLifeTable> parseEndOfLifeTable(const QByteArray &json, const QString &document)
{
    QJsonParseError error{};
    const QJsonObject root = QJsonDocument::fromJson(json, &error).object();
    Parsed<EndOfLifeTable> parsed = TableReader(root, document).read();
    if (error.error != QJsonParseError::NoError)
        parsed.problems.append({document, 0, QStringLiteral("is not JSON: %1").arg(error.errorString())});
    else if (!root.value(QLatin1String("systems")).isArray())
        parsed.problems.append({document, 0, QStringLiteral("has no list \"systems\"")});
    return parsed;
}

} // namespace tropo
