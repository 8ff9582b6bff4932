#include "tests/generator/verdict.h"

#include "models/assemble/assemble.h"
#include "models/policy/fleet_file.h"
#include "models/rules/judge.h"

#include <QFile>

#include <algorithm>

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

const EndOfLifeTable &bundledTable()
{
    static const EndOfLifeTable table = [] {
        QFile file(QStringLiteral(PROJECT_SOURCE "/resources/eol/end-of-life.json"));
        return file.open(QIODevice::ReadOnly) ? parseEndOfLifeTable(file.readAll(), file.fileName()).value
                                              : EndOfLifeTable();
    }();
    return table;
}

bool allows(const QStringList &allowed, const Finding &finding)
{
    return allowed.contains(finding.rule) || allowed.contains(finding.id());
}

} // namespace

Verdict judged(const Evidence &evidence)
{
    Verdict verdict;
    const auto policy = parseFleetFile(evidence.documents.value(u"fleet.toml"_s).text, u"fleet.toml"_s);
    if (!policy) {
        verdict.error = policy.error().where + u' ' + policy.error().message;
        return verdict;
    }
    const Fleet fleet = assemble(evidence, *policy);
    verdict.problems = fleet.problems;
    verdict.findings = judge(fleet, *policy, bundledTable(), evidence);
    return verdict;
}

Mistakes compare(const Verdict &verdict, const QList<Expectation> &expected, const QStringList &allowed)
{
    Mistakes mistakes;
    if (!verdict.error.isEmpty())
        mistakes.falseAlarms.append(verdict.error);
    QList<bool> explained(verdict.findings.size(), false);
    for (const Expectation &one : expected) {
        if (!isInCatalogue(one.rule))
            continue;
        bool found = false;
        for (qsizetype i = 0; i < verdict.findings.size() && !found; ++i) {
            const Finding &finding = verdict.findings[i];
            found = !explained[i] && finding.rule == one.rule && one.subjects.contains(finding.subject);
            explained[i] = explained[i] || found;
        }
        if (!found)
            mistakes.missed.append(one.rule + u':' + one.subjects.join(u'|'));
    }
    for (qsizetype i = 0; i < verdict.findings.size(); ++i)
        if (!explained[i] && !allows(allowed, verdict.findings[i]))
            mistakes.falseAlarms.append(verdict.findings[i].id() + u" ("_s + verdict.findings[i].message +
                                        u')');
    return mistakes;
}

QStringList idsOf(const Verdict &verdict)
{
    QStringList ids;
    for (const Finding &finding : verdict.findings)
        ids.append(finding.id());
    ids.sort();
    return ids;
}

bool isInCatalogue(const QString &rule)
{
    return findRule(rule) != nullptr;
}

void Tally::add(const QList<Expectation> &expected, const Mistakes &mistakes)
{
    ++m_cases;
    for (const Expectation &one : expected) {
        if (!isInCatalogue(one.rule))
            continue;
        ++m_expected;
        ++m_expectedOf[one.rule];
    }
    for (const QString &one : mistakes.missed)
        ++m_missedOf[one.section(u':', 0, 0)];
    for (const QString &one : mistakes.falseAlarms)
        ++m_falseOf[one.section(u':', 0, 0)];
    m_missed += mistakes.missed.size();
    m_falseAlarms += mistakes.falseAlarms.size();
}

QString Tally::text() const
{
    QString text;
    std::map<QString, int> rules = m_expectedOf;
    for (const auto &[rule, count] : m_falseOf)
        rules.try_emplace(rule, 0);
    const auto of = [](const std::map<QString, int> &counts, const QString &rule) {
        const auto at = counts.find(rule);
        return at == counts.end() ? 0 : at->second;
    };
    for (const auto &[rule, count] : rules)
        text += u"%1 %2 of %3 found, %4 false alarms\n"_s.arg(rule, -32)
                    .arg(count - of(m_missedOf, rule), 5)
                    .arg(count, 5)
                    .arg(of(m_falseOf, rule));
    for (const auto &[rule, count] : m_notYet)
        text += u"%1 not yet there (%2 cases)\n"_s.arg(rule, -32).arg(count);
    const double recall =
        m_expected > 0 ? 100.0 * static_cast<double>(m_expected - m_missed) / static_cast<double>(m_expected)
                       : 0.0;
    return text +
           u"%1 fleets, %2 faults, recall %3 %, %4 false alarms, %5 rules not yet there\n"_s.arg(m_cases)
               .arg(m_expected)
               .arg(recall, 0, 'f', 2)
               .arg(m_falseAlarms)
               .arg(m_notYet.size());
}

} // namespace tropo::generator
