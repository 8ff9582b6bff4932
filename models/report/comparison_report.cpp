#include "models/report/comparison_report.h"

#include "models/report/quote_json.h"
#include "models/text/plain_text.h"

#include <QJsonArray>
#include <QTextStream>

namespace tropo {

namespace {

QString timeOf(const Snapshot &snapshot)
{
    const QDateTime &taken = snapshot.fleet.taken;
    return taken.isValid() ? taken.toOffsetFromUtc(taken.offsetFromUtc()).toString(Qt::ISODate) : QString();
}

QJsonObject sideJson(const Snapshot &snapshot)
{
    return {{QStringLiteral("origin"), snapshot.origin}, {QStringLiteral("taken"), timeOf(snapshot)}};
}

QJsonObject changeJson(const Change &change, const Snapshot &before, const Snapshot &after)
{
    return {{QStringLiteral("subject"), change.subject},
            {QStringLiteral("kind"), changeWord(change.kind)},
            {QStringLiteral("what"), change.what},
            {QStringLiteral("message"), change.message},
            {QStringLiteral("before"), change.before},
            {QStringLiteral("after"), change.after},
            {QStringLiteral("evidence_before"), quotesJson(change.sourcesBefore, before.evidence)},
            {QStringLiteral("evidence_after"), quotesJson(change.sourcesAfter, after.evidence)}};
}

QString sideText(const Snapshot &snapshot)
{
    const QString time = timeOf(snapshot);
    return visibleText(snapshot.origin) + (time.isEmpty() ? QStringLiteral(", taken at a time not known")
                                                          : QString(QLatin1String(", taken ") + time));
}

QString countsText(const Comparison &comparison)
{
    return QStringLiteral("%1 added, %2 removed, %3 changed; %4 not comparable")
        .arg(QString::number(comparison.count(ChangeKind::Added)),
             QString::number(comparison.count(ChangeKind::Removed)),
             QString::number(comparison.count(ChangeKind::Changed)),
             QString::number(comparison.notCompared.size()));
}

} // namespace

QJsonObject comparisonJson(const Comparison &comparison, const Snapshot &before, const Snapshot &after)
{
    QJsonArray changes;
    for (const Change &change : comparison.changes)
        changes.append(changeJson(change, before, after));
    QJsonArray notCompared;
    for (const NotCompared &one : comparison.notCompared)
        notCompared.append(
            QJsonObject{{QStringLiteral("subject"), one.subject}, {QStringLiteral("message"), one.message}});
    QJsonObject counts;
    for (const ChangeKind kind : {ChangeKind::Added, ChangeKind::Removed, ChangeKind::Changed})
        counts.insert(changeWord(kind), comparison.count(kind));
    return {{QStringLiteral("format"), 1},
            {QStringLiteral("before"), sideJson(before)},
            {QStringLiteral("after"), sideJson(after)},
            {QStringLiteral("counts"), counts},
            {QStringLiteral("changes"), changes},
            {QStringLiteral("not_compared"), notCompared}};
}

QString comparisonText(const Comparison &comparison, const Snapshot &before, const Snapshot &after)
{
    QString text;
    QTextStream out(&text);
    out << "Before  " << sideText(before) << "\nAfter   " << sideText(after) << "\n\n";
    QStringList subjects;
    for (const Change &change : comparison.changes)
        if (!subjects.contains(change.subject))
            subjects.append(change.subject);
    for (const QString &subject : subjects) {
        out << visibleText(subject) << '\n';
        for (const Change &change : comparison.changes)
            if (change.subject == subject)
                out << "    " << changeWord(change.kind).leftJustified(9) << visibleText(change.message)
                    << '\n';
        out << '\n';
    }
    for (const NotCompared &one : comparison.notCompared)
        out << "not comparable  " << visibleText(one.subject) << "  " << visibleText(one.message) << '\n';
    if (!comparison.notCompared.isEmpty())
        out << '\n';
    out << (comparison.changes.isEmpty() ? QStringLiteral("Nothing changed in what both have; ") : QString())
        << countsText(comparison) << '\n';
    return text;
}

} // namespace tropo
