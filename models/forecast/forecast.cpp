#include "models/forecast/forecast.h"

#include "models/fleet/subject.h"
#include "models/forecast/forecast_parts.h"
#include "models/forecast/network_start.h"
#include "models/rules/float_facts.h"

#include <algorithm>

namespace tropo {

QString weightName(ForecastWeight weight)
{
    switch (weight) {
    case ForecastWeight::Lost:
        return QStringLiteral("lost");
    case ForecastWeight::Change:
        return QStringLiteral("change");
    case ForecastWeight::Note:
        break;
    }
    return QStringLiteral("note");
}

int Forecast::count(ForecastWeight weight) const
{
    return static_cast<int>(std::count_if(items.begin(), items.end(),
                                          [weight](const auto &item) { return item.weight == weight; }));
}

QString Forecast::summary() const
{
    const auto counted = [](int count, const char *one, const char *many) {
        return count == 1 ? QString::fromLatin1(one)
                          : QString(QString::number(count) + u' ' + QLatin1String(many));
    };
    const int lost = count(ForecastWeight::Lost);
    const int changes = count(ForecastWeight::Change);
    QStringList parts;
    if (lost > 0)
        parts.append(counted(lost, "one loss", "losses"));
    if (changes > 0)
        parts.append(counted(changes, "one change", "changes"));
    if (!parts.isEmpty())
        return parts.join(QLatin1String(" and "));
    if (notKnown.isEmpty())
        return QStringLiteral("nothing would change");
    return QStringLiteral("nothing of what was read would change; %1")
        .arg(notKnown.size() == 1 ? QStringLiteral("one thing is not known")
                                  : QStringLiteral("%1 things are not known").arg(notKnown.size()));
}

namespace {

/// What of the descriptions is missing, so that the NICs cannot be told.
void openDescriptions(const Domain &domain, Forecast &forecast)
{
    if (!domain.persistent)
        leaveOpen(forecast, QStringLiteral("Whether it is persistent at all: the list that says so was not "
                                           "read."));
    if (!domain.inactive)
        leaveOpen(forecast, QStringLiteral("Which NICs it would have: its persistent description was not "
                                           "read."));
    else if (domain.inactive->partial)
        leaveOpen(forecast,
                  QStringLiteral("Which NICs it would have: only a part of its persistent description "
                                 "was read."));
    if (domain.isOff())
        return;
    if (!domain.live)
        leaveOpen(forecast, QStringLiteral("Which NICs it has now: its live description was not read."));
    else if (domain.live->partial)
        leaveOpen(forecast, QStringLiteral("Which NICs it has now: only a part of its live description was "
                                           "read."));
}

void openInside(const VmView &vm, Forecast &forecast)
{
    if (!vm.domain->guest || !vm.domain->guest->system.interfaces)
        leaveOpen(forecast,
                  QStringLiteral("What becomes of its addresses: its interfaces inside were not read."));
    else if (!vm.addressesKnown())
        leaveOpen(forecast, QStringLiteral("What becomes of all its addresses: the listing of its interfaces "
                                           "leaves some out."));
    if (vm.domain->guest && !vm.configsKnown())
        leaveOpen(forecast, QStringLiteral("Which interfaces come up: not all files that configure them were "
                                           "read."));
}

void addGone(const VmView &vm, const Policy &policy, Forecast &forecast)
{
    QStringList floats;
    for (const FloatPolicy &floating : policy.floats)
        if (factsOf(floating, vm).claims())
            floats.append(floating.name);
    foresee(forecast, "vm-gone", ForecastWeight::Lost, vm.subject,
            QStringLiteral("%1 is not persistent: once it is shut down, it is gone%2.")
                .arg(vm.domain->name,
                     floats.isEmpty()
                         ? QString()
                         : QStringLiteral("; %1 would go with it").arg(floats.join(QLatin1String(" and ")))),
            {vm.domain->source});
}

void addRefusals(const VmView &vm, Forecast &forecast)
{
    const auto &form = vm.domain->inactive;
    for (const StartRefusal &refusal :
         form ? startRefusals(*form, *vm.hypervisor, &activeNow) : QList<StartRefusal>())
        foresee(forecast, "vm-does-not-start",
                vm.domain->isOff() ? ForecastWeight::Note : ForecastWeight::Lost, vm.subject,
                QStringLiteral("%1 would not start: %2.").arg(vm.domain->name, refusal.why), refusal.sources);
}

void putWorstFirst(Forecast &forecast)
{
    std::stable_sort(forecast.items.begin(), forecast.items.end(),
                     [](const ForecastItem &a, const ForecastItem &b) { return a.weight > b.weight; });
}

Forecast forecastOfVm(const VmView &vm, const Policy &policy)
{
    Forecast forecast{vm.subject, {}, {}};
    if (vm.domain->persistent == false) {
        addGone(vm, policy, forecast);
        return forecast;
    }
    openDescriptions(*vm.domain, forecast);
    addRefusals(vm, forecast);
    if (!vm.domain->isOff()) {
        const NextStart start = nextStartOf(vm);
        foreseeNics(vm, start, forecast);
        foreseeInside(vm, start, policy, forecast);
        foreseeContainers(vm, forecast);
        openInside(vm, forecast);
    }
    putWorstFirst(forecast);
    return forecast;
}

/// A hypervisor's forecast and those of its VMs.
QList<Forecast> forecastsOf(const Hypervisor &hypervisor, const Policy &policy)
{
    Fleet part;
    part.hypervisors.append(hypervisor);
    const VmIndex index(part);
    QList<VmForecast> vms;
    for (const VmView &vm : index.vms())
        vms.append({&vm, forecastOfVm(vm, policy)});
    Forecast whole{subject::hypervisor(hypervisor.name), {}, {}};
    foreseeHost(part.hypervisors.front(), vms, policy, whole);
    putWorstFirst(whole);
    QList<Forecast> all{whole};
    for (const VmForecast &vm : vms)
        all.append(vm.forecast);
    return all;
}

} // namespace

QList<Forecast> forecastAll(const Fleet &fleet, const Policy &policy)
{
    QList<Forecast> all;
    for (const Hypervisor &hypervisor : fleet.hypervisors)
        all.append(forecastsOf(hypervisor, policy));
    return all;
}

std::optional<Forecast> forecastOf(const QString &subject, const Fleet &fleet, const Policy &policy)
{
    const QString host = subject.section(u'/', 0, 0);
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        if (subject::hypervisor(hypervisor.name) != host)
            continue;
        for (const Forecast &forecast : forecastsOf(hypervisor, policy))
            if (forecast.subject == subject)
                return forecast;
    }
    return {};
}

} // namespace tropo
