#include "models/rules/end_of_life_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/read_time.h"

namespace tropo {

namespace {

/// A machine's own system, a hypervisor's or a guest's.
struct Place
{
    QString subject;
    QString name;
    const Machine *machine;
};

QList<Place> guestsOf(const RuleInput &input)
{
    QList<Place> places;
    for (const VmView &vm : input.index.vms())
        if (vm.domain->guest)
            places.append({vm.subject, vm.domain->name, &vm.domain->guest->system});
    return places;
}

QList<Place> hostsOf(const RuleInput &input)
{
    QList<Place> places;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        places.append({subject::hypervisor(hypervisor.name), hypervisor.name, &hypervisor.host});
    return places;
}

QList<Finding> systemsPast(const RuleInput &input, const QList<Place> &places)
{
    QList<Finding> findings;
    for (const Place &place : places) {
        const auto &os = place.machine->os;
        const auto end = os ? input.endOfLife.find(*os) : std::nullopt;
        const auto notice =
            end ? endOfLifeNotice(*end, readTime(input.fleet, *place.machine).date()) : std::nullopt;
        if (notice)
            findings.append(
                about(place.subject,
                      QStringLiteral("%1 runs %2, whose %3.")
                          .arg(place.name, os->pretty.isEmpty() ? end->system : os->pretty, *notice),
                      {os->source}));
    }
    return findings;
}

QList<Finding> kernelsPast(const RuleInput &input, const QList<Place> &places)
{
    QList<Finding> findings;
    for (const Place &place : places) {
        const auto &kernel = place.machine->kernel;
        const auto end = kernel ? input.endOfLife.findKernel(kernel->value) : std::nullopt;
        const auto notice =
            end ? endOfLifeNotice(*end, readTime(input.fleet, *place.machine).date()) : std::nullopt;
        if (notice)
            findings.append(about(place.subject,
                                  QStringLiteral("%1 runs the kernel %2, which is not its distribution's but "
                                                 "kernel.org's %3, whose %4.")
                                      .arg(place.name, kernel->value, end->system, *notice),
                                  {kernel->source}));
    }
    return findings;
}

/// Whether Docker itself built the engine. A distribution's build bears Docker's number but is mended by the
/// distribution.
bool isDockersOwn(const Engine &engine)
{
    return engine.platform.startsWith(QLatin1String("Docker Engine - Community")) ||
           engine.version->value.endsWith(QLatin1String("-ce"));
}

} // namespace

QList<Finding> guestOsEol(const RuleInput &input)
{
    return systemsPast(input, guestsOf(input));
}

QList<Finding> hostOsEol(const RuleInput &input)
{
    return systemsPast(input, hostsOf(input));
}

QList<Finding> guestKernelEol(const RuleInput &input)
{
    return kernelsPast(input, guestsOf(input));
}

QList<Finding> hostKernelEol(const RuleInput &input)
{
    return kernelsPast(input, hostsOf(input));
}

QList<Finding> guestDockerEol(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest)
            continue;
        const Engine &engine = vm.domain->guest->engine;
        if (!engine.version || !isDockersOwn(engine))
            continue;
        const auto end = input.endOfLife.findDocker(engine.version->value);
        const auto notice =
            end ? endOfLifeNotice(*end, readTime(input.fleet, vm.domain->guest->system).date())
                : std::nullopt;
        if (notice)
            findings.append(about(vm.subject,
                                  QStringLiteral("%1 runs Docker Engine %2, whose %3.")
                                      .arg(vm.domain->name, engine.version->value, *notice),
                                  {engine.version->source}));
    }
    return findings;
}

} // namespace tropo
