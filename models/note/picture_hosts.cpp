#include "models/note/picture_hosts.h"

#include "models/evidence/evidence.h"
#include "models/fleet/subject.h"

namespace tropo {

namespace {

QString hostOf(const QString &subject)
{
    return unescapedName(subject::hypervisorOf(subject));
}

QStringList hostsBehind(const Snapshot &snapshot, const QString &subject)
{
    QStringList hosts{hostOf(subject)};
    for (const FloatRow &row : snapshot.floats)
        if (subject == subject::floating(row.name))
            for (const FloatHolder &holder : row.holders)
                hosts.append(hostOf(holder.subject));
    for (const Finding &finding : snapshot.findings)
        if (finding.subject == subject)
            for (const Quote &quote : finding.evidence)
                hosts.append(unescapedName(quote.source.document.section(u'/', 0, 0)));
    return hosts;
}

} // namespace

QStringList hostsShown(const Snapshot &snapshot, const NotePicture &picture)
{
    QString subject = picture.subject;
    if (subject.isEmpty() && picture.view == QLatin1String("findings") && !snapshot.findings.isEmpty())
        subject = snapshot.findings.front().subject;
    const QStringList behind = subject.isEmpty() ? QStringList() : hostsBehind(snapshot, subject);
    QStringList all;
    QStringList shown;
    for (const Hypervisor &hypervisor : snapshot.fleet.hypervisors) {
        all.append(hypervisor.name);
        if (behind.contains(hypervisor.name))
            shown.append(hypervisor.name);
    }
    return shown.isEmpty() ? all : shown;
}

} // namespace tropo
