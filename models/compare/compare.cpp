#include "models/compare/comparing.h"
#include "models/fleet/subject.h"

namespace tropo {

namespace {

/// A hypervisor that one of the two does not have. Without a fleet file nothing says that it should.
void compareMissing(const Hypervisor &hypervisor, bool isGone, const Policy &other, ChangeLog &log)
{
    const QString place = subject::hypervisor(hypervisor.name);
    const QString thing = QStringLiteral("The hypervisor %1").arg(hypervisor.name);
    if (other.hypervisors.isEmpty())
        log.notCompared(place, isGone ? QStringLiteral("It was read in the earlier alone.")
                                      : QStringLiteral("It was read in the later alone."));
    else if (isGone)
        log.removed(place, "hypervisor", thing, {});
    else
        log.added(place, "hypervisor", thing, {});
}

} // namespace

Comparison compare(const Snapshot &before, const Snapshot &after)
{
    ChangeLog log;
    compareFloats(before, after, log);
    const auto name = [](const Hypervisor &one) { return one.name; };
    for (const auto &pair : matched(before.fleet.hypervisors, after.fleet.hypervisors, name)) {
        if (pair.before && pair.after)
            compareHypervisor(*pair.before, *pair.after, log);
        else if (pair.before)
            compareMissing(*pair.before, true, after.policy, log);
        else
            compareMissing(*pair.after, false, before.policy, log);
    }
    compareFindings(before, after, log);
    return log.take();
}

} // namespace tropo
