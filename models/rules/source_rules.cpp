#include "models/rules/source_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"

#include <QMap>

namespace tropo {

namespace {

/// Which part of the fleet a source speaks of, and what could therefore not be checked.
struct Gap
{
    QString subject;
    QString what;
    QString unchecked;
};

Gap gapOf(const SourceError &error)
{
    const QString host = subject::hypervisor(error.hypervisor);
    if (error.source == QLatin1String("libvirt"))
        return {host, QStringLiteral("libvirt on %1").arg(error.hypervisor),
                QStringLiteral("its VMs and networks")};
    if (error.source == QLatin1String("host"))
        return {host, QStringLiteral("the system of %1").arg(error.hypervisor),
                QStringLiteral("its bridges, addresses and declared configuration")};
    if (error.source.startsWith(QLatin1String("guest "))) {
        const QString name = error.source.sliced(6);
        return {subject::vm(error.hypervisor, name),
                QStringLiteral("the inside of %1 on %2").arg(name, error.hypervisor),
                QStringLiteral("its interfaces, files and containers")};
    }
    const bool inGuest = error.source.startsWith(QLatin1String("guests/"));
    return {inGuest ? subject::vm(error.hypervisor, unescapedName(error.source.section(u'/', 1, 1))) : host,
            QStringLiteral("%1 of %2").arg(error.source, error.hypervisor),
            QStringLiteral("what it would say")};
}

Finding nothingOf(const QString &hypervisor)
{
    return about(
        subject::hypervisor(hypervisor),
        QStringLiteral("Nothing was read of %1, and nothing says why. Not checked: everything on it.")
            .arg(hypervisor),
        {});
}

} // namespace

QList<Finding> sourceUnreachable(const RuleInput &input)
{
    QMap<QString, Finding> bySubject;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors) {
        for (const SourceError &error : hypervisor.errors) {
            const Gap gap = gapOf(error);
            Finding &finding = bySubject[gap.subject];
            finding.subject = gap.subject;
            // A sentence on one line, whatever the far end printed.
            QString sentence =
                QStringLiteral("Could not read %1: %2").arg(gap.what, error.message.simplified().left(500));
            if (!sentence.endsWith(u'.'))
                sentence += u'.';
            sentence += QStringLiteral(" Not checked: %1.").arg(gap.unchecked);
            finding.message += finding.message.isEmpty() ? sentence : QString(u' ' + sentence);
        }
        const bool nothingRead = !hypervisor.domains && !hypervisor.networks && hypervisor.host.isEmpty() &&
                                 hypervisor.errors.isEmpty();
        if (nothingRead)
            bySubject[subject::hypervisor(hypervisor.name)] = nothingOf(hypervisor.name);
    }
    for (const HypervisorPolicy &expected : input.policy.hypervisors)
        if (!input.fleet.hypervisor(expected.name))
            bySubject[subject::hypervisor(expected.name)] = nothingOf(expected.name);
    return bySubject.values();
}

} // namespace tropo
