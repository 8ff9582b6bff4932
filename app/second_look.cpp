#include "app/second_look.h"

#include "models/rules/sightings.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

/// "trop02/guests/Acilamwen/docker/ps.json" is of the guest Acilamwen on trop02.
CollectScope scopeOfDocument(const QString &document, const Policy &policy)
{
    const QString hypervisor = unescapedName(document.section(u'/', 0, 0));
    if (document.section(u'/', 1, 1) != u"guests" || !policy.hypervisor(hypervisor))
        return {};
    return {hypervisor, unescapedName(document.section(u'/', 2, 2))};
}

} // namespace

SecondLook secondLook(const Snapshot &snapshot, const QSet<QString> &looked)
{
    SecondLook look;
    for (const Finding &finding : snapshot.findings) {
        if (finding.sighting != Sighting::Once || finding.accepted || looked.contains(finding.id()))
            continue;
        const QDateTime latest = readingOf(finding, snapshot.evidence).second;
        if (!latest.isValid())
            continue;
        look.findings.append(finding.id());
        // A second more, since the clocks of documents are cut to milliseconds.
        const QDateTime due = latest.addSecs(secondReadingAfter.count() + 1);
        if (!look.notBefore.isValid() || due > look.notBefore)
            look.notBefore = due;
        for (const Quote &quote : finding.evidence) {
            const CollectScope scope = scopeOfDocument(quote.source.document, snapshot.policy);
            if (!scope.guest.isEmpty() && !look.scopes.contains(scope))
                look.scopes.append(scope);
        }
    }
    return look;
}

} // namespace tropo
