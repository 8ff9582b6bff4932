#pragma once

#include "models/address/ip_address.h"
#include "models/parse/json_elements.h"

#include <QDateTime>
#include <QJsonValue>

#include <vector>

namespace tropo {

/// The fields of one JSON object, checked: a field of the wrong type or out of range is a problem and reads
/// as absent. null reads as absent.
class JsonFields
{
public:
    JsonFields(QJsonObject object, Source source, ProblemLog &problems)
        : m_object(std::move(object)), m_source(std::move(source)), m_problems(problems)
    {
    }
    JsonFields(const JsonElement &element, ProblemLog &problems)
        : JsonFields(element.object, element.source, problems)
    {
    }

    const QJsonObject &object() const { return m_object; }
    const Source &source() const { return m_source; }
    int line() const { return m_source.first; }

    bool has(QLatin1StringView key) const;
    QString text(QLatin1StringView key) const; ///< bounded; empty where absent
    std::optional<int> whole(QLatin1StringView key, int least, int largest) const;
    std::optional<bool> flag(QLatin1StringView key) const;
    std::optional<MacAddress> mac(QLatin1StringView key) const;
    std::optional<Ipv4> ipv4(QLatin1StringView key) const;
    QDateTime time(QLatin1StringView key) const; ///< RFC 3339, or seconds since 1970; invalid where absent
    std::optional<QStringList> texts(QLatin1StringView key) const;
    std::vector<JsonFields> objects(QLatin1StringView key) const; ///< of an array; others in it are problems
    JsonFields inner(QLatin1StringView key) const;                ///< an object; empty where absent

    /// "KEY: WHAT, line N"
    void complain(QLatin1StringView key, const QString &what) const;

private:
    QJsonObject m_object;
    Source m_source;
    ProblemLog &m_problems;
};

} // namespace tropo
