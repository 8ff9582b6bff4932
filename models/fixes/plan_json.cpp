#include "models/fixes/plan_json.h"

#include "models/fixes/condition_fields.h"

#include <QJsonArray>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

template <>
inline constexpr auto fieldsOf<Step> = fields(
    field("id", &Step::id), field("title", &Step::title), field("machine", &Step::machine),
    field("command", &Step::command), field("action", &Step::action), field("diff", &Step::diff),
    field("before", &Step::before), field("verify", &Step::verify), field("verify_limit", &Step::verifyLimit),
    field("undo_text", &Step::undoText), field("undo", &Step::undo), field("undone", &Step::undone),
    field("needless", &Step::needless), field("final_after", &Step::finalAfter),
    field("disruptive", &Step::disruptive), field("outage", &Step::outage));

template <>
inline constexpr auto
    fieldsOf<Plan> = fields(field("name", &Plan::name), field("intent", &Plan::intent),
                            field("arguments", &Plan::arguments), field("read", &Plan::read),
                            field("steps", &Plan::steps), field("warnings", &Plan::warnings),
                            field("blast", &Plan::blast), field("touches", &Plan::touches),
                            field("confirm", &Plan::confirm), field("hypervisors", &Plan::hypervisors));

namespace {

template <typename T>
concept HasFields = !std::is_same_v<decltype(fieldsOf<T>), const std::nullptr_t>;

void forEachField(const auto &fields, const auto &visit)
{
    std::apply([&visit](const auto &...one) { (visit(one), ...); }, fields.all);
}

constexpr QLatin1StringView encoded("base64:");

// Writing

QJsonValue toJson(const QString &value)
{
    return value;
}
QJsonValue toJson(bool value)
{
    return value;
}
QJsonValue toJson(int value)
{
    return value;
}
/// Text stays readable; anything else is encoded.
QJsonValue toJson(const QByteArray &value)
{
    const QString text = QString::fromUtf8(value);
    if (text.toUtf8() == value && !text.startsWith(encoded))
        return text;
    return QString(encoded + QString::fromLatin1(value.toBase64()));
}
QJsonValue toJson(const QDateTime &value)
{
    return value.toUTC().toString(Qt::ISODateWithMs);
}
QJsonValue toJson(std::chrono::milliseconds value)
{
    return static_cast<double>(value.count());
}
QJsonValue toJson(MacAddress value)
{
    return value.toString();
}
QJsonValue toJson(Ipv4 value)
{
    return value.toString();
}
QJsonValue toJson(const PciAddress &value)
{
    return value.toString();
}
template <typename T> QJsonValue toJson(T value) requires std::is_enum_v<T>
{
    return static_cast<int>(value);
}
template <HasFields T> QJsonValue toJson(const T &value);
template <typename T> QJsonValue toJson(const std::optional<T> &value);
template <typename T> QJsonValue toJson(const QList<T> &value);
template <typename... Kinds> QJsonValue toJson(const std::variant<Kinds...> &value);

template <typename T> QJsonValue toJson(const std::optional<T> &value)
{
    return value ? toJson(*value) : QJsonValue();
}

template <typename T> QJsonValue toJson(const QList<T> &value)
{
    QJsonArray array;
    for (const T &one : value)
        array.append(toJson(one));
    return array;
}

template <HasFields T> QJsonValue toJson(const T &value)
{
    QJsonObject object;
    forEachField(fieldsOf<T>,
                 [&](const auto &one) { object.insert(QLatin1String(one.name), toJson(value.*one.part)); });
    return object;
}

template <typename... Kinds> QJsonValue toJson(const std::variant<Kinds...> &value)
{
    return std::visit(
        []<typename Kind>(const Kind &one) -> QJsonValue {
            QJsonObject object = toJson(one).toObject();
            object.insert("kind"_L1, QLatin1String(fieldsOf<Kind>.kind));
            return object;
        },
        value);
}

// Reading: false where the value is of another kind.

bool fromJson(const QJsonValue &json, QString &value)
{
    value = json.toString();
    return json.isString();
}
bool fromJson(const QJsonValue &json, bool &value)
{
    value = json.toBool();
    return json.isBool();
}
bool fromJson(const QJsonValue &json, int &value)
{
    value = json.toInt();
    return json.isDouble();
}
bool fromJson(const QJsonValue &json, QByteArray &value)
{
    const QString text = json.toString();
    if (!text.startsWith(encoded)) {
        value = text.toUtf8();
        return json.isString();
    }
    const auto decoded = QByteArray::fromBase64Encoding(text.sliced(encoded.size()).toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    value = decoded.decoded;
    return decoded.decodingStatus == QByteArray::Base64DecodingStatus::Ok;
}
bool fromJson(const QJsonValue &json, QDateTime &value)
{
    value = QDateTime::fromString(json.toString(), Qt::ISODateWithMs);
    return json.isString();
}
bool fromJson(const QJsonValue &json, std::chrono::milliseconds &value)
{
    value = std::chrono::milliseconds(static_cast<qint64>(json.toDouble()));
    return json.isDouble();
}
template <typename T> bool takeParsed(const std::optional<T> &parsed, T &value)
{
    if (parsed)
        value = *parsed;
    return parsed.has_value();
}
bool fromJson(const QJsonValue &json, MacAddress &value)
{
    return takeParsed(MacAddress::fromString(json.toString()), value);
}
bool fromJson(const QJsonValue &json, Ipv4 &value)
{
    return takeParsed(Ipv4::fromString(json.toString()), value);
}
bool fromJson(const QJsonValue &json, PciAddress &value)
{
    return takeParsed(PciAddress::fromString(json.toString()), value);
}
template <typename T> bool fromJson(const QJsonValue &json, T &value) requires std::is_enum_v<T>
{
    value = static_cast<T>(json.toInt());
    return json.isDouble();
}
template <HasFields T> bool fromJson(const QJsonValue &json, T &value);
template <typename T> bool fromJson(const QJsonValue &json, std::optional<T> &value);
template <typename T> bool fromJson(const QJsonValue &json, QList<T> &value);
template <typename... Kinds> bool fromJson(const QJsonValue &json, std::variant<Kinds...> &value);

template <typename T> bool fromJson(const QJsonValue &json, std::optional<T> &value)
{
    if (json.isNull() || json.isUndefined()) {
        value.reset();
        return true;
    }
    return fromJson(json, value.emplace());
}

template <typename T> bool fromJson(const QJsonValue &json, QList<T> &value)
{
    if (!json.isArray())
        return false;
    const QJsonArray array = json.toArray();
    for (const QJsonValue &one : array) {
        T item{};
        if (!fromJson(one, item))
            return false;
        value.append(item);
    }
    return true;
}

template <HasFields T> bool fromJson(const QJsonValue &json, T &value)
{
    if (!json.isObject())
        return false;
    const QJsonObject object = json.toObject();
    bool whole = true;
    forEachField(fieldsOf<T>, [&](const auto &one) {
        whole = whole && fromJson(object.value(QLatin1String(one.name)), value.*one.part);
    });
    return whole;
}

template <typename... Kinds> bool fromJson(const QJsonValue &json, std::variant<Kinds...> &value)
{
    const QString kind = json.toObject().value("kind"_L1).toString();
    bool read = false;
    const auto tryKind = [&]<typename Kind>(const Kind *) {
        if (read || kind != QLatin1String(fieldsOf<Kind>.kind))
            return;
        Kind one{};
        read = fromJson(json, one);
        value = one;
    };
    (tryKind(static_cast<const Kinds *>(nullptr)), ...);
    return read;
}

} // namespace

QJsonObject storedPlan(const Plan &plan)
{
    return toJson(plan).toObject();
}

Result<Plan> planFromStored(const QJsonObject &stored)
{
    Plan plan;
    if (!fromJson(stored, plan))
        return failure(
            ErrorKind::Format, {},
            u"this plan was written by another version, or its file is damaged: look at the machines "
            u"yourself before anything is changed"_s);
    return plan;
}

} // namespace tropo
