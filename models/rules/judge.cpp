#include "models/rules/judge.h"

#include "models/rules/evidence_order.h"
#include "models/rules/vm_index.h"

#include <QHash>

#include <algorithm>

namespace tropo {

QString quoted(const Evidence &evidence, const Source &source, int maxLines)
{
    const Document *document = evidence.find(source.document);
    if (!document)
        return {};
    const int first = qMax(1, source.first);
    const int last = source.first == 0 ? maxLines : qMax(first, qMin(source.last, first + maxLines - 1));
    QList<QByteArray> lines;
    qsizetype at = 0;
    for (int line = 1; line <= last && at < document->text.size(); ++line) {
        qsizetype end = document->text.indexOf('\n', at);
        if (end < 0)
            end = document->text.size();
        if (line >= first)
            lines.append(document->text.sliced(at, qMin(end - at, qsizetype(2000))));
        at = end + 1;
    }
    return QString::fromUtf8(lines.join('\n'));
}

namespace {

std::optional<QString> acceptance(const Policy &policy, const Finding &finding, const QDate &today)
{
    for (const AcceptedFinding &accepted : policy.accepted) {
        const bool stands = !accepted.until || !today.isValid() || today <= *accepted.until;
        if (accepted.rule == finding.rule && accepted.subject == finding.subject && stands)
            return accepted.reason;
    }
    return {};
}

/// The quotes as they are compared by eye, each once, with their lines.
QList<Quote> quotesOf(const Evidence &evidence, const QList<Quote> &quotes)
{
    QList<Source> sources;
    for (const Quote &quote : quotes)
        sources.append(quote.source);
    QList<Quote> ordered;
    for (const Source &source : inReadingOrder(sources))
        ordered.append({source, quoted(evidence, source)});
    return ordered;
}

// What a machine can make a finding grow to.
constexpr qsizetype longestMessage = 4000; ///< characters, of several joined
constexpr qsizetype mostQuotes = 200;

/// A rule may find one thing wrong with one subject in several ways: that is one finding, so that its id
/// names it alone.
void mergeBySubject(QList<Finding> &findings)
{
    QHash<QString, qsizetype> places;
    QList<Finding> merged;
    for (const Finding &finding : findings) {
        const auto known = places.constFind(finding.subject);
        if (known == places.constEnd()) {
            places.insert(finding.subject, merged.size());
            merged.append(finding);
            continue;
        }
        Finding &first = merged[*known];
        if (first.message.size() < longestMessage && !first.message.contains(finding.message))
            first.message += u' ' + finding.message;
        first.evidence += finding.evidence;
        if (finding.sighting == Sighting::Settled)
            first.sighting = Sighting::Settled;
        for (const QString &related : finding.related)
            if (!first.related.contains(related))
                first.related.append(related);
    }
    findings = merged;
}

} // namespace

QList<Finding> judge(const Fleet &fleet, const Policy &policy, const EndOfLifeTable &endOfLife,
                     const Evidence &evidence)
{
    const VmIndex index(fleet);
    const Witnesses witnesses(fleet, index);
    const SwarmTable swarm(fleet);
    const RuleInput input{fleet, policy, endOfLife, index, witnesses, swarm};
    QList<Finding> all;
    for (const Rule &rule : ruleCatalogue()) {
        const QString name = QString::fromLatin1(rule.name);
        const auto changed = policy.severities.constFind(name);
        const bool isChanged = changed != policy.severities.constEnd();
        if (isChanged && !*changed)
            continue;
        QList<Finding> found = rule.find(input);
        mergeBySubject(found);
        for (Finding &finding : found) {
            finding.rule = name;
            finding.severity = isChanged ? **changed : rule.severity;
            finding.fixes = rule.fixes;
            finding.accepted = acceptance(policy, finding, fleet.taken.date());
            if (finding.evidence.size() > mostQuotes)
                finding.evidence.resize(mostQuotes);
            finding.evidence = quotesOf(evidence, finding.evidence);
            all.append(std::move(finding));
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Finding &a, const Finding &b) {
        return std::tie(b.severity, a.subject, a.rule) < std::tie(a.severity, b.subject, b.rule);
    });
    return all;
}

} // namespace tropo
