#include "models/story/draft.h"

#include "models/fleet/subject.h"
#include "models/rules/evidence_order.h"
#include "models/rules/rule.h"

#include <algorithm>

namespace tropo {

namespace {

QString machineOf(const QString &subject)
{
    const QString vm = subject::vmOf(subject);
    return vm.isEmpty() ? subject::hypervisorOf(subject) : vm;
}

} // namespace

bool isOf(const Finding &finding, RuleSet rules)
{
    return std::find(rules.begin(), rules.end(), finding.rule) != rules.end();
}

FindingPool::FindingPool(const QList<Finding> &findings)
{
    for (const Finding &finding : findings) {
        m_order.insert(&finding, m_order.size());
        m_byRule[finding.rule].append(&finding);
        if (const QString machine = machineOf(finding.subject); !machine.isEmpty())
            m_byMachine[machine].append(&finding);
        for (const QString &related : finding.related)
            m_byRelated[related].append(&finding);
    }
}

QList<const Finding *> FindingPool::free(const QList<const Finding *> &findings) const
{
    QList<const Finding *> found;
    for (const Finding *finding : findings)
        if (isFree(*finding) && !found.contains(finding))
            found.append(finding);
    return found;
}

QList<const Finding *> FindingPool::of(RuleSet rules) const
{
    QList<const Finding *> found;
    for (QLatin1String rule : rules)
        found += free(m_byRule.value(rule));
    std::sort(found.begin(), found.end(),
              [this](const Finding *a, const Finding *b) { return m_order.value(a) < m_order.value(b); });
    return found;
}

QList<const Finding *> FindingPool::at(const QString &machine) const
{
    return free(m_byMachine.value(machine));
}

QList<const Finding *> FindingPool::concerning(const QString &subject) const
{
    return free(m_byRelated.value(subject));
}

const FloatPolicy *StoryInput::floatOf(const QString &subject) const
{
    for (const FloatPolicy &floating : policy.floats)
        if (subject::floating(floating.name) == subject)
            return &floating;
    return nullptr;
}

Draft::Draft(const char *cause, const QString &subject, const QString &title)
{
    m_story.cause = QString::fromLatin1(cause);
    m_story.subject = subject;
    m_story.title = title;
}

void Draft::add(const Finding *finding)
{
    if (!m_findings.contains(finding))
        m_findings.append(finding);
}

void Draft::add(const QList<const Finding *> &findings)
{
    for (const Finding *finding : findings)
        add(finding);
}

QList<const Finding *> Draft::of(RuleSet rules) const
{
    QList<const Finding *> found;
    for (const Finding *finding : m_findings)
        if (isOf(*finding, rules))
            found.append(finding);
    return found;
}

void Draft::say(Chapter chapter, const QString &text, const QList<Source> &sources,
                const QList<const Finding *> &told)
{
    StoryPart part{chapter, text, false, {}, inReadingOrder(sources), {}};
    for (const Finding *finding : told)
        part.findings.append(finding->id());
    m_story.parts.append(part);
}

void Draft::guess(const QString &text, const QList<Source> &sources)
{
    say(Chapter::History, text, sources);
    m_story.parts.last().probable = true;
}

void Draft::say(Chapter chapter, const QList<Statement> &statements)
{
    for (const Statement &statement : statements)
        say(chapter, statement.text, statement.sources);
}

void Draft::mend(const QString &plan, const QString &text, const QList<const Finding *> &told)
{
    say(Chapter::Remedy, text, {}, told);
    m_story.parts.last().plan = plan;
}

namespace {

/// What is told by nobody is told in the finding's own words.
void tellTheRest(Story &story, const QList<const Finding *> &findings)
{
    QSet<QString> told;
    for (const StoryPart &part : story.parts)
        if (part.chapter != Chapter::Remedy)
            told.unite({part.findings.begin(), part.findings.end()});
    for (const Finding *finding : findings) {
        if (told.contains(finding->id()))
            continue;
        QList<Source> sources;
        for (const Quote &quote : finding->evidence)
            sources.append(quote.source);
        story.parts.append({Chapter::Is, finding->message, false, {finding->id()}, sources, {}});
    }
}

void tellConsequence(Story &story, const QList<const Finding *> &findings)
{
    const auto isTold = [](const StoryPart &part) { return part.chapter == Chapter::Consequence; };
    if (std::any_of(story.parts.begin(), story.parts.end(), isTold))
        return;
    QStringList said;
    for (const Finding *finding : findings) {
        const Rule *rule = findRule(finding->rule);
        const QString text = rule ? QString::fromUtf8(rule->consequence) : QString();
        if (text.isEmpty() || said.contains(text) || said.size() == 2)
            continue;
        said.append(text);
        story.parts.append({Chapter::Consequence, text, false, {finding->id()}, {}, {}});
    }
}

/// The first plan of each finding that no step mends yet.
void tellRemedies(Story &story, const QList<const Finding *> &findings)
{
    for (const Finding *finding : findings) {
        const auto mends = [finding](const StoryPart &part) {
            return part.chapter == Chapter::Remedy &&
                   (part.findings.contains(finding->id()) || finding->fixes.contains(part.plan));
        };
        const auto step = std::find_if(story.parts.begin(), story.parts.end(), mends);
        if (step == story.parts.end() && !finding->fixes.isEmpty()) {
            const QString plan = finding->fixes.front();
            story.parts.append({Chapter::Remedy, planSentence(plan), false, {finding->id()}, {}, plan});
        } else if (step != story.parts.end() && !step->findings.contains(finding->id())) {
            step->findings.append(finding->id());
        }
    }
}

bool before(const StoryPart &a, const StoryPart &b)
{
    if (a.chapter != b.chapter || a.chapter != Chapter::Remedy)
        return a.chapter < b.chapter;
    return planRank(a.plan) < planRank(b.plan);
}

/// What should be and what is stands first; what only a consequence was read from comes behind it.
QList<Quote> evidenceOf(const Story &story, const QList<const Finding *> &findings)
{
    QList<Source> sources;
    QSet<QString> first;
    QHash<QString, QList<Quote>> quotes;
    for (const StoryPart &part : story.parts)
        for (const Source &source : part.sources) {
            sources.append(source);
            if (part.chapter <= Chapter::Is)
                first.insert(source.document);
        }
    for (const Finding *finding : findings)
        for (const Quote &quote : finding->evidence) {
            sources.append(quote.source);
            first.insert(quote.source.document);
            quotes[quote.source.document].append(quote);
        }
    QList<Source> ordered = inReadingOrder(sources);
    std::stable_partition(ordered.begin(), ordered.end(),
                          [&first](const Source &source) { return first.contains(source.document); });
    QList<Quote> evidence;
    for (const Source &source : std::as_const(ordered)) {
        const QList<Quote> known = quotes.value(source.document);
        const auto same = std::find_if(known.begin(), known.end(),
                                       [&source](const Quote &quote) { return quote.source == source; });
        evidence.append({source, same == known.end() ? QString() : same->text});
    }
    return evidence;
}

} // namespace

std::optional<Story> Draft::finished() const
{
    if (m_findings.size() < 2)
        return {};
    Story story = m_story;
    tellTheRest(story, m_findings);
    tellConsequence(story, m_findings);
    tellRemedies(story, m_findings);
    std::stable_sort(story.parts.begin(), story.parts.end(), &before);
    for (const StoryPart &part : story.parts)
        for (const QString &id : part.findings)
            if (!story.findings.contains(id))
                story.findings.append(id);
    const auto worstOf = [this](bool accepted) {
        std::optional<Severity> worst;
        for (const Finding *finding : m_findings)
            if (finding->accepted.has_value() == accepted)
                worst = qMax(worst.value_or(finding->severity), finding->severity);
        return worst;
    };
    story.accepted = !worstOf(false);
    story.severity = *worstOf(story.accepted);
    story.evidence = evidenceOf(story, m_findings);
    return story;
}

} // namespace tropo
