#include "models/items/finding_filter.h"

#include "models/fleet/subject.h"

namespace tropo {

namespace {

bool concerns(const Finding &finding, const QString &hypervisor)
{
    if (subject::hypervisorOf(finding.subject) == hypervisor)
        return true;
    return std::any_of(finding.related.begin(), finding.related.end(), [&hypervisor](const QString &related) {
        return subject::hypervisorOf(related) == hypervisor;
    });
}

bool admitsSeverity(const FindingFilter &filter, Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return filter.errors;
    case Severity::Warning:
        return filter.warnings;
    case Severity::Info:
        return filter.infos;
    }
    return true;
}

} // namespace

QString familyOf(const Finding &finding)
{
    return finding.rule.section(u'-', 0, 0);
}

bool FindingFilter::admits(const Finding &finding) const
{
    if (finding.accepted && !accepted)
        return false;
    if (!admitsSeverity(*this, finding.severity))
        return false;
    if (!family.isEmpty() && familyOf(finding) != family)
        return false;
    if (!hypervisor.isEmpty() && !concerns(finding, hypervisor))
        return false;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&finding](const QString &word) {
        return finding.message.contains(word, Qt::CaseInsensitive) ||
               finding.subject.contains(word, Qt::CaseInsensitive) ||
               finding.rule.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace tropo
