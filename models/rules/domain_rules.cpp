#include "models/rules/domain_rules.h"

#include "models/rules/about.h"
#include "models/rules/clone_rules.h"

#include <QSet>

namespace tropo {

QList<Finding> domainNoAutostart(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        const Domain &domain = *vm.domain;
        if (!domain.isRunning())
            continue;
        QString why;
        if (domain.persistent == false)
            why = QStringLiteral("it is transient");
        else if (domain.autostart == false)
            why = QStringLiteral("its autostart is off");
        else
            continue;
        findings.append(
            about(vm.subject,
                  QStringLiteral("%1 runs on %2, but will not come back when the host restarts: %3.")
                      .arg(domain.name, vm.hypervisor->name, why),
                  {domain.source}));
    }
    return findings;
}

namespace {

/// The state of a domain that does not run; empty where it runs, is about to stop, or is not known.
QString notRunning(DomainState state)
{
    switch (state) {
    case DomainState::ShutOff:
        return QStringLiteral("is shut off");
    case DomainState::Crashed:
        return QStringLiteral("has crashed");
    case DomainState::Paused:
        return QStringLiteral("is paused");
    case DomainState::Suspended:
        return QStringLiteral("is suspended");
    case DomainState::Unknown:
    case DomainState::Running:
    case DomainState::ShuttingDown:
        break;
    }
    return {};
}

} // namespace

QList<Finding> domainNotRunning(const RuleInput &input)
{
    QSet<QString> duplicated;
    for (const QList<const VmView *> &copies : duplicateDomains(input.index))
        for (const VmView *copy : copies)
            duplicated.insert(copy->subject);
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        const QString state = notRunning(vm.domain->state);
        // One that is defined twice is domain-duplicate's: its other copy may well run.
        if (vm.domain->autostart != true || state.isEmpty() || duplicated.contains(vm.subject))
            continue;
        findings.append(about(
            vm.subject,
            QStringLiteral("%1 starts with %2, but %3 now.").arg(vm.domain->name, vm.hypervisor->name, state),
            {vm.domain->source}));
    }
    return findings;
}

QList<Finding> domainAgentMissing(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        const auto &live = vm.domain->live;
        if (!vm.domain->isRunning() || !live || live->partial)
            continue;
        QString what;
        if (!live->agentChannel)
            what = QStringLiteral("has no channel for the guest agent");
        else if (live->agentConnected == false)
            what = QStringLiteral("has a channel for the guest agent, but no agent answers on it");
        else
            continue;
        findings.append(about(vm.subject,
                              QStringLiteral("%1 on %2 %3.").arg(vm.domain->name, vm.hypervisor->name, what),
                              {Source{live->source.document, 0, 0}}));
    }
    return findings;
}

} // namespace tropo
