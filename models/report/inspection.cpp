#include "models/report/inspection.h"

#include "models/report/float_report.h"
#include "models/report/forecast_report.h"
#include "models/report/quote_json.h"
#include "models/report/story_report.h"
#include "models/report/swarm_report.h"
#include "models/rules/sightings.h"
#include "models/text/plain_text.h"

#include <QJsonArray>
#include <QTextStream>

#include <algorithm>

namespace tropo {

namespace {

bool chosen(const Finding &finding, const QStringList &rules)
{
    return rules.isEmpty() || rules.contains(finding.rule);
}

QJsonObject toJson(const Finding &finding)
{
    QJsonArray evidence;
    for (const Quote &quote : finding.evidence)
        evidence.append(quoteJson(quote));
    QJsonObject object{
        {QStringLiteral("id"), finding.id()},
        {QStringLiteral("rule"), finding.rule},
        {QStringLiteral("severity"), severityName(finding.severity)},
        {QStringLiteral("subject"), finding.subject},
        {QStringLiteral("message"), finding.message},
        {QStringLiteral("related"), QJsonArray::fromStringList(finding.related)},
        {QStringLiteral("evidence"), evidence},
        {QStringLiteral("fixes"), QJsonArray::fromStringList(finding.fixes)},
        {QStringLiteral("accepted"), finding.accepted ? QJsonValue(*finding.accepted) : QJsonValue()}};
    if (finding.sighting != Sighting::Settled)
        object.insert(QStringLiteral("seen"), sightingName(finding.sighting));
    return object;
}

/// Accepted findings are listed but not counted: they are known.
int countOf(const Snapshot &snapshot, Severity severity, const QStringList &rules)
{
    return static_cast<int>(
        std::count_if(snapshot.findings.begin(), snapshot.findings.end(), [&](const Finding &finding) {
            return finding.severity == severity && !finding.accepted && chosen(finding, rules);
        }));
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODate) : QString();
}

void writeFinding(QTextStream &out, const Finding &finding)
{
    out << severityName(finding.severity) << "  " << visibleText(finding.subject) << "  [" << finding.rule
        << "]\n";
    out << "    " << visibleText(finding.message) << '\n';
    if (const QString seen = sightingText(finding.sighting); !seen.isEmpty())
        out << "    " << seen << '\n';
    if (finding.accepted)
        out << "    accepted: " << visibleText(*finding.accepted) << '\n';
    for (const Quote &quote : finding.evidence)
        out << "    see " << visibleText(placeText(quote.source)) << '\n';
    if (!finding.fixes.isEmpty())
        out << "    fixes: " << finding.fixes.join(QLatin1String(", ")) << '\n';
    out << '\n';
}

/// The stories of which at least two findings are wanted: fewer need none.
QList<const Story *> chosenStories(const Snapshot &snapshot, const QStringList &rules)
{
    QList<const Story *> found;
    for (const Story &story : snapshot.stories) {
        const auto count =
            std::count_if(story.findings.begin(), story.findings.end(), [&rules](const QString &id) {
                return rules.isEmpty() || rules.contains(id.section(u':', 0, 0));
            });
        if (count > 1)
            found.append(&story);
    }
    return found;
}

/// Stories with their findings below them, then the findings that stand alone.
void writeFindings(QTextStream &out, const Snapshot &snapshot, const QStringList &rules)
{
    QHash<QString, const Finding *> byId;
    for (const Finding &finding : snapshot.findings)
        if (chosen(finding, rules))
            byId.insert(finding.id(), &finding);
    QSet<QString> told;
    for (const Story *story : chosenStories(snapshot, rules)) {
        writeStory(out, *story);
        for (const QString &id : story->findings)
            if (const Finding *finding = byId.value(id)) {
                writeFinding(out, *finding);
                told.insert(id);
            }
    }
    for (const Finding &finding : snapshot.findings)
        if (chosen(finding, rules) && !told.contains(finding.id()))
            writeFinding(out, finding);
}

} // namespace

QJsonObject inspectionJson(const Snapshot &snapshot, const QStringList &rules)
{
    QJsonArray findings;
    for (const Finding &finding : snapshot.findings)
        if (chosen(finding, rules))
            findings.append(toJson(finding));
    QJsonArray stories;
    for (const Story *story : chosenStories(snapshot, rules))
        stories.append(storyJson(*story));
    QJsonArray problems;
    for (const Problem &problem : snapshot.fleet.problems)
        problems.append(QJsonObject{{QStringLiteral("document"), problem.document},
                                    {QStringLiteral("line"), problem.line},
                                    {QStringLiteral("message"), problem.message}});
    QJsonArray floats;
    for (const FloatRow &row : snapshot.floats)
        floats.append(floatJson(row));
    QJsonArray gaps;
    for (const NotKnown &gap : snapshot.notKnown)
        gaps.append(QJsonObject{
            {QStringLiteral("subject"), gap.subject},
            {QStringLiteral("what"), gap.what},
            {QStringLiteral("reason"), gap.reason.isEmpty() ? QJsonValue() : QJsonValue(gap.reason)}});
    QJsonObject counts;
    for (Severity severity : {Severity::Error, Severity::Warning, Severity::Info})
        counts.insert(severityName(severity), countOf(snapshot, severity, rules));
    return {{QStringLiteral("format"), 1},
            {QStringLiteral("fleet"), snapshot.fleet.name},
            {QStringLiteral("taken"), timeText(snapshot.fleet.taken)},
            {QStringLiteral("counts"), counts},
            {QStringLiteral("stories"), stories},
            {QStringLiteral("findings"), findings},
            {QStringLiteral("floats"), floats},
            {QStringLiteral("not_known"), gaps},
            {QStringLiteral("forecast"), forecastsJson(snapshot)},
            {QStringLiteral("swarm"), swarmJson(SwarmTable(snapshot.fleet))},
            {QStringLiteral("problems"), problems}};
}

QString inspectionText(const Snapshot &snapshot, const QStringList &rules)
{
    QString text;
    QTextStream out(&text);
    const QString name = snapshot.fleet.name.isEmpty()
                             ? QStringLiteral("Fleet")
                             : QString(QLatin1String("Fleet ") + snapshot.fleet.name);
    out << visibleText(name);
    if (snapshot.fleet.taken.isValid())
        out << ", read " << timeText(snapshot.fleet.taken);
    out << "\n\n";
    writeFindings(out, snapshot, rules);
    if (rules.isEmpty())
        for (const FloatRow &row : snapshot.floats)
            writeFloat(out, row);
    for (const Problem &problem : snapshot.fleet.problems)
        out << "not understood  " << visibleText(placeText({problem.document, problem.line, problem.line}))
            << "  " << visibleText(problem.message) << '\n';
    for (const QString &gap : notKnownTexts(snapshot.notKnown))
        out << "not known  " << visibleText(gap) << '\n';
    const auto count = [&](Severity severity, const char *one, const char *many) {
        const int number = countOf(snapshot, severity, rules);
        return QStringLiteral("%1 %2").arg(number).arg(QLatin1String(number == 1 ? one : many));
    };
    out << "\n"
        << count(Severity::Error, "error", "errors") << ", "
        << count(Severity::Warning, "warning", "warnings") << ", " << count(Severity::Info, "info", "infos")
        << '\n';
    return text;
}

std::optional<Severity> worst(const Snapshot &snapshot, const QStringList &rules)
{
    std::optional<Severity> found;
    for (const Finding &finding : snapshot.findings)
        if (!finding.accepted && chosen(finding, rules) && (!found || finding.severity > *found))
            found = finding.severity;
    return found;
}

} // namespace tropo
