#include "models/rules/guest_rules.h"

#include "models/rules/about.h"
#include "models/rules/read_time.h"

#include <QHash>

#include <algorithm>

namespace tropo {

namespace {

/// A name as a host name can have it: lower case, without a dot at the end, '-' for what a host name has not.
QString asHostname(const QString &name)
{
    QString plain = name.toLower();
    if (plain.endsWith(u'.'))
        plain.chop(1);
    for (QChar &c : plain)
        if (c == u'_' || c == u' ')
            c = u'-';
    return plain;
}

QString shortName(const QString &name)
{
    return name.section(u'.', 0, 0);
}

/// A full name and a short one mean the same machine; two full ones only where they are equal.
bool sameMachine(const QString &a, const QString &b)
{
    const bool bothFull = a.contains(u'.') && b.contains(u'.');
    return a == b || (!bothFull && shortName(a) == shortName(b));
}

bool isUnset(const QString &name)
{
    return name == QLatin1String("localhost") || name.startsWith(QLatin1String("localhost.")) ||
           name == QLatin1String("(none)");
}

} // namespace

QList<Finding> guestHostnameMismatch(const RuleInput &input)
{
    QHash<QString, const VmView *> byName;
    for (const VmView &vm : input.index.vms())
        byName.insert(shortName(asHostname(vm.domain->name)), &vm);
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->system.hostname)
            continue;
        const Sourced<QString> &hostname = *vm.domain->guest->system.hostname;
        const QString inside = asHostname(hostname.value);
        if (inside.isEmpty() || sameMachine(inside, asHostname(vm.domain->name)))
            continue;
        QString message = QStringLiteral("%1 calls itself %2 inside").arg(vm.domain->name, hostname.value);
        QStringList related;
        const VmView *other = byName.value(shortName(inside));
        if (isUnset(inside))
            message += QStringLiteral(": its name was never set");
        else if (other && other != &vm) {
            message += QStringLiteral(", which is the name of a VM on %1").arg(other->hypervisor->name);
            related.append(other->subject);
        }
        findings.append(about(vm.subject, message + u'.', {hostname.source}, related));
    }
    return findings;
}

QList<Finding> guestPackagesStale(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->packages)
            continue;
        const QDate today = readTime(input.fleet, vm.domain->guest->system).date();
        const PackageTransaction *last = nullptr;
        for (const PackageTransaction &one : *vm.domain->guest->packages)
            if (one.time.isValid() && (!last || one.time > last->time))
                last = &one;
        const qint64 days = last && today.isValid() ? last->time.date().daysTo(today) : 0;
        if (days <= input.policy.stalePackagesDays)
            continue;
        findings.append(
            about(vm.subject,
                  QStringLiteral("The last change to %1's packages was on %2, %3 days before this was read; "
                                 "the limit is %4 days.")
                      .arg(vm.domain->name, last->time.date().toString(Qt::ISODate), QString::number(days),
                           QString::number(input.policy.stalePackagesDays)),
                  {last->source}));
    }
    return findings;
}

namespace {

/// Running, or about to be, or not known: each may be work.
bool mayWork(const Container &container)
{
    switch (container.state) {
    case ContainerState::Created:
    case ContainerState::Removing:
    case ContainerState::Exited:
    case ContainerState::Dead:
        return false;
    case ContainerState::Unknown:
    case ContainerState::Running:
    case ContainerState::Paused:
    case ContainerState::Restarting:
        break;
    }
    return true;
}

} // namespace

QList<Finding> guestIdle(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->engine.containers)
            continue;
        const Engine &engine = vm.domain->guest->engine;
        const QList<Container> &containers = *engine.containers;
        // A manager works without containers, and is often kept free of them.
        if (engine.manager == true || std::any_of(containers.begin(), containers.end(), mayWork))
            continue;
        QList<Source> sources;
        for (const Container &container : containers)
            sources.append(container.source);
        if (sources.isEmpty() && engine.version)
            sources.append(engine.version->source);
        findings.append(about(
            vm.subject,
            QStringLiteral("%1 is a container host, but no container runs on it%2.")
                .arg(vm.domain->name, containers.isEmpty()
                                          ? QString()
                                          : QStringLiteral("; %1 stand there stopped")
                                                .arg(counted(containers.size(), QStringLiteral("container"),
                                                             QStringLiteral("containers")))),
            sources));
    }
    return findings;
}

} // namespace tropo
