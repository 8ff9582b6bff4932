#include "models/parse/json_fields.h"

#include <QJsonArray>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

bool JsonFields::has(QLatin1StringView key) const
{
    const QJsonValue value = m_object.value(key);
    return !value.isUndefined() && !value.isNull();
}

void JsonFields::complain(QLatin1StringView key, const QString &what) const
{
    m_problems.add(line(), u"%1: %2, line %3"_s.arg(key, what).arg(line()));
}

QString JsonFields::text(QLatin1StringView key) const
{
    if (!has(key))
        return {};
    const QJsonValue value = m_object.value(key);
    if (!value.isString())
        complain(key, u"not a text"_s);
    return bounded(value.toString());
}

std::optional<int> JsonFields::whole(QLatin1StringView key, int least, int largest) const
{
    if (!has(key))
        return {};
    const QJsonValue value = m_object.value(key);
    const qint64 number = value.toInteger(qint64(least) - 1);
    if (!value.isDouble() || number < least || number > largest) {
        complain(key, u"not a whole number from %1 to %2"_s.arg(least).arg(largest));
        return {};
    }
    return static_cast<int>(number);
}

std::optional<bool> JsonFields::flag(QLatin1StringView key) const
{
    if (!has(key))
        return {};
    const QJsonValue value = m_object.value(key);
    if (value.isBool())
        return value.toBool();
    complain(key, u"neither true nor false"_s);
    return {};
}

std::optional<MacAddress> JsonFields::mac(QLatin1StringView key) const
{
    if (!has(key))
        return {};
    const auto mac = MacAddress::fromString(m_object.value(key).toString());
    if (!mac)
        complain(key, u"not a MAC address"_s);
    return mac;
}

std::optional<Ipv4> JsonFields::ipv4(QLatin1StringView key) const
{
    if (!has(key))
        return {};
    const auto address = Ipv4::fromString(m_object.value(key).toString());
    if (!address)
        complain(key, u"not an IPv4 address"_s);
    return address;
}

QDateTime JsonFields::time(QLatin1StringView key) const
{
    constexpr qint64 lastSecond = 253402300799; // of the year 9999
    if (!has(key))
        return {};
    const QJsonValue value = m_object.value(key);
    QDateTime time;
    if (value.isString())
        time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    else if (const qint64 seconds = value.toInteger(-1); seconds >= 0 && seconds <= lastSecond)
        time = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    if (!time.isValid())
        complain(key, u"not a time"_s);
    return time;
}

std::optional<QStringList> JsonFields::texts(QLatin1StringView key) const
{
    if (!has(key))
        return {};
    const QJsonValue value = m_object.value(key);
    if (!value.isArray()) {
        complain(key, u"not a list"_s);
        return {};
    }
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &one : array)
        list.append(bounded(one.toString()));
    return list;
}

std::vector<JsonFields> JsonFields::objects(QLatin1StringView key) const
{
    std::vector<JsonFields> list;
    if (!has(key))
        return list;
    const QJsonArray array = m_object.value(key).toArray();
    if (!m_object.value(key).isArray())
        complain(key, u"not a list"_s);
    for (const QJsonValue &one : array) {
        if (!one.isObject())
            complain(key, u"something else than an object in the list"_s);
        else if (!one.toObject().isEmpty())
            list.push_back(JsonFields(one.toObject(), m_source, m_problems));
    }
    return list;
}

JsonFields JsonFields::inner(QLatin1StringView key) const
{
    if (has(key) && !m_object.value(key).isObject())
        complain(key, u"not an object"_s);
    return JsonFields(m_object.value(key).toObject(), m_source, m_problems);
}

} // namespace tropo
