#include "models/rules/guest_rules.h"

#include "models/rules/about.h"

namespace tropo {

QList<Finding> guestOsEol(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.domain->guest->system.os)
            continue;
        const Machine &system = vm.domain->guest->system;
        const auto end = input.endOfLife.find(*system.os);
        // The guest's own clock where the capture does not say when it was taken.
        const QDateTime now = input.fleet.taken.isValid() ? input.fleet.taken
                              : system.clock              ? system.clock->value
                                                          : QDateTime();
        if (!end || !now.isValid() || now.date() <= end->date)
            continue;
        const qint64 days = end->date.daysTo(now.date());
        const QString since = days >= 730 ? QStringLiteral("%1 years").arg(days / 365)
                                          : counted(days, QStringLiteral("day"), QStringLiteral("days"));
        findings.append(about(
            vm.subject,
            QStringLiteral(
                "%1 runs %2, whose life ended on %3, %4 before this was read: no security updates since.")
                .arg(vm.domain->name, system.os->pretty.isEmpty() ? end->system : system.os->pretty,
                     end->date.toString(Qt::ISODate), since),
            {system.os->source}));
    }
    return findings;
}

} // namespace tropo
