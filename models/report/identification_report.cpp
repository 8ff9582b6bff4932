#include "models/report/identification_report.h"

#include "models/text/plain_text.h"

#include <QJsonArray>

namespace tropo {

namespace {

QJsonArray matchesJson(const QList<IdentifyMatch> &matches)
{
    QJsonArray list;
    for (const IdentifyMatch &match : matches)
        list.append(
            QJsonObject{{QStringLiteral("subject"), match.subject}, {QStringLiteral("why"), match.why}});
    return list;
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

template <typename Value> QJsonValue valueOrNull(const std::optional<Value> &value)
{
    return value ? QJsonValue(value->toString()) : QJsonValue();
}

QJsonObject nextFreeJson(const NextFree &free)
{
    return {{QStringLiteral("mac"), valueOrNull(free.mac)},
            {QStringLiteral("address"), valueOrNull(free.address)},
            {QStringLiteral("checked"), QJsonArray::fromStringList(free.checked)},
            {QStringLiteral("not_read"), QJsonArray::fromStringList(free.notRead)},
            {QStringLiteral("text"), QString(free.text + u' ' + free.standing)}};
}

QJsonArray nearestJson(const QList<NearValue> &values)
{
    QJsonArray list;
    for (const NearValue &value : values)
        list.append(QJsonObject{{QStringLiteral("value"), value.value},
                                {QStringLiteral("whose"), value.whose},
                                {QStringLiteral("how"), value.how}});
    return list;
}

QJsonArray partsJson(const QList<IdentifyPart> &parts)
{
    QJsonArray list;
    for (const IdentifyPart &part : parts)
        list.append(QJsonObject{{QStringLiteral("text"), part.text},
                                {QStringLiteral("kind"), part.kind},
                                {QStringLiteral("line"), part.line},
                                {QStringLiteral("matches"), matchesJson(part.matches)},
                                {QStringLiteral("belongs_to"), textOrNull(part.belongsTo)},
                                {QStringLiteral("explanation"), part.explanation}});
    return list;
}

QJsonArray togetherJson(const QList<IdentifyRelation> &relations)
{
    QJsonArray list;
    for (const IdentifyRelation &relation : relations)
        list.append(
            QJsonObject{{QStringLiteral("fits"), relation.fits}, {QStringLiteral("text"), relation.text}});
    return list;
}

} // namespace

QJsonObject identificationJson(const Identification &found)
{
    QJsonObject object{{QStringLiteral("query"), found.query},
                       {QStringLiteral("kind"), found.kind},
                       {QStringLiteral("matches"), matchesJson(found.matches)},
                       {QStringLiteral("belongs_to"), textOrNull(found.belongsTo)},
                       {QStringLiteral("explanation"), found.explanation}};
    if (!found.nearest.isEmpty())
        object.insert(QStringLiteral("nearest"), nearestJson(found.nearest));
    if (found.nextFree)
        object.insert(QStringLiteral("next_free"), nextFreeJson(*found.nextFree));
    if (!found.parts.isEmpty())
        object.insert(QStringLiteral("parts"), partsJson(found.parts));
    if (!found.together.isEmpty())
        object.insert(QStringLiteral("together"), togetherJson(found.together));
    return object;
}

QString identificationText(const Identification &found)
{
    QString text = visibleText(found.explanation) + u'\n';
    if (found.nextFree)
        text +=
            visibleText(found.nextFree->text) + u'\n' + visibleText(found.nextFree->standing, 4000) + u'\n';
    for (const IdentifyPart &part : found.parts)
        text += QStringLiteral("  line %1  %2  %3\n")
                    .arg(QString::number(part.line), visibleText(part.text), visibleText(part.explanation));
    for (const IdentifyMatch &match : found.matches)
        text += QStringLiteral("  %1  %2\n").arg(visibleText(match.subject), visibleText(match.why));
    return text;
}

} // namespace tropo
