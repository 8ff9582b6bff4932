#include "models/compare/comparing.h"

#include <QHash>

namespace tropo {

namespace {

/// Folders whose documents are all read together: one that lacks a document has looked for it.
QString lookedAtBy(const QString &folder)
{
    const QString room = folder.section(u'/', -1);
    if (room == u"ifcfg" || room == u"nm" || room == u"netplan")
        return folder.section(u'/', 0, -2) + QLatin1String("/interface-pci.txt");
    if (room == u"domains")
        return folder.section(u'/', 0, -2) + QLatin1String("/domains.json");
    if (room == u"networks")
        return folder.section(u'/', 0, -2) + QLatin1String("/networks.json");
    return {};
}

/// Whether a document is there, or was looked for where it would be.
bool wasLookedFor(const QString &document, const Evidence &evidence)
{
    if (evidence.find(document))
        return true;
    const QString sign = lookedAtBy(document.section(u'/', 0, -2));
    return !sign.isEmpty() && evidence.find(sign);
}

QString unreadDocument(const Finding &finding, const Evidence &evidence)
{
    for (const Quote &quote : finding.evidence)
        if (!wasLookedFor(quote.source.document, evidence))
            return quote.source.document;
    return {};
}

QList<Source> sourcesOf(const Finding &finding)
{
    QList<Source> sources;
    for (const Quote &quote : finding.evidence)
        sources.append(quote.source);
    return sources;
}

QString described(const Finding &finding)
{
    return severityName(finding.severity) + QLatin1String(": ") + finding.message;
}

class FindingComparer
{
public:
    explicit FindingComparer(ChangeLog &log) : m_log(log) {}

    void came(const Finding &finding, const Evidence &before)
    {
        if (const QString unread = unreadDocument(finding, before); !unread.isEmpty())
            return leave(finding, unread, QStringLiteral("earlier"));
        m_log.add({finding.subject,
                   ChangeKind::Added,
                   QStringLiteral("finding"),
                   QStringLiteral("New finding %1: %2").arg(finding.rule, finding.message),
                   {},
                   described(finding),
                   {},
                   sourcesOf(finding)});
    }

    void went(const Finding &finding, const Evidence &after)
    {
        if (const QString unread = unreadDocument(finding, after); !unread.isEmpty())
            return leave(finding, unread, QStringLiteral("later"));
        m_log.add({finding.subject,
                   ChangeKind::Removed,
                   QStringLiteral("finding"),
                   QStringLiteral("No more %1: %2").arg(finding.rule, finding.message),
                   described(finding),
                   {},
                   sourcesOf(finding),
                   {}});
    }

    void stayed(const Finding &before, const Finding &after)
    {
        const auto field = [&](const char *label, const QString &b, const QString &a) {
            if (b != a)
                m_log.add({after.subject, ChangeKind::Changed, QStringLiteral("finding"),
                           QStringLiteral("%1 of the finding %2 was %3 and is %4.")
                               .arg(QLatin1String(label), after.rule, b, a),
                           b, a, sourcesOf(before), sourcesOf(after)});
        };
        field("The severity", severityName(before.severity), severityName(after.severity));
        field("The acceptance", yesOrNo(before.accepted.has_value()), yesOrNo(after.accepted.has_value()));
    }

private:
    void leave(const Finding &finding, const QString &document, const QString &when)
    {
        m_log.notCompared(
            finding.subject,
            QStringLiteral("The finding %1: %2 was not read in the %3.").arg(finding.rule, document, when));
    }

    ChangeLog &m_log;
};

} // namespace

void compareFindings(const Snapshot &before, const Snapshot &after, ChangeLog &log)
{
    QHash<QString, const Finding *> earlier;
    for (const Finding &finding : before.findings)
        earlier.insert(finding.id(), &finding);
    FindingComparer comparer(log);
    for (const Finding &finding : after.findings) {
        if (const Finding *same = earlier.take(finding.id()))
            comparer.stayed(*same, finding);
        else
            comparer.came(finding, before.evidence);
    }
    for (const Finding &finding : before.findings)
        if (earlier.contains(finding.id()))
            comparer.went(finding, after.evidence);
}

} // namespace tropo
