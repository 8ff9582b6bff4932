#include "models/report/inspection.h"

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

QJsonObject toJson(const Quote &quote)
{
    return {{QStringLiteral("document"), quote.source.document},
            {QStringLiteral("lines"), QJsonArray{quote.source.first, quote.source.last}},
            {QStringLiteral("text"), quote.text}};
}

QJsonObject toJson(const Finding &finding)
{
    QJsonArray evidence;
    for (const Quote &quote : finding.evidence)
        evidence.append(toJson(quote));
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

QString linesText(const Source &source)
{
    if (source.first == 0)
        return source.document;
    if (source.first == source.last)
        return QStringLiteral("%1:%2").arg(source.document).arg(source.first);
    return QStringLiteral("%1:%2-%3").arg(source.document).arg(source.first).arg(source.last);
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
        out << "    see " << visibleText(linesText(quote.source)) << '\n';
    if (!finding.fixes.isEmpty())
        out << "    fixes: " << finding.fixes.join(QLatin1String(", ")) << '\n';
    out << '\n';
}

} // namespace

QJsonObject inspectionJson(const Snapshot &snapshot, const QStringList &rules)
{
    QJsonArray findings;
    for (const Finding &finding : snapshot.findings)
        if (chosen(finding, rules))
            findings.append(toJson(finding));
    QJsonArray problems;
    for (const Problem &problem : snapshot.fleet.problems)
        problems.append(QJsonObject{{QStringLiteral("document"), problem.document},
                                    {QStringLiteral("line"), problem.line},
                                    {QStringLiteral("message"), problem.message}});
    QJsonObject counts;
    for (Severity severity : {Severity::Error, Severity::Warning, Severity::Info})
        counts.insert(severityName(severity), countOf(snapshot, severity, rules));
    return {{QStringLiteral("format"), 1},
            {QStringLiteral("fleet"), snapshot.fleet.name},
            {QStringLiteral("taken"), timeText(snapshot.fleet.taken)},
            {QStringLiteral("counts"), counts},
            {QStringLiteral("findings"), findings},
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
    for (const Finding &finding : snapshot.findings)
        if (chosen(finding, rules))
            writeFinding(out, finding);
    for (const Problem &problem : snapshot.fleet.problems)
        out << "not understood  " << visibleText(linesText({problem.document, problem.line, problem.line}))
            << "  " << visibleText(problem.message) << '\n';
    for (const QString &gap : notRead(snapshot))
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

QStringList notRead(const Snapshot &snapshot)
{
    QStringList gaps;
    for (const Hypervisor &hypervisor : snapshot.fleet.hypervisors) {
        if (!hypervisor.domains)
            gaps.append(QStringLiteral("%1: its virtual machines were not read").arg(hypervisor.name));
        if (!hypervisor.host.interfaces)
            gaps.append(QStringLiteral("%1: its interfaces were not read").arg(hypervisor.name));
        for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>())) {
            QStringList missing;
            if (!domain.current())
                missing.append(QStringLiteral("its description"));
            if (domain.isRunning() && !domain.guest)
                missing.append(QStringLiteral("its inside"));
            else if (domain.isRunning() && !domain.guest->system.interfaces)
                missing.append(QStringLiteral("its interfaces inside"));
            if (!missing.isEmpty())
                gaps.append(
                    QStringLiteral("%1 on %2: %3 %4 not read")
                        .arg(domain.name, hypervisor.name, missing.join(QLatin1String(" and ")),
                             missing.size() == 1 && missing.front() != QLatin1String("its interfaces inside")
                                 ? QStringLiteral("was")
                                 : QStringLiteral("were")));
        }
    }
    return gaps;
}

} // namespace tropo
