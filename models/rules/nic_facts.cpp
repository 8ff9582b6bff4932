#include "models/rules/nic_facts.h"

#include <algorithm>

namespace tropo {

std::optional<NearMiss> meantNic(const VmView &vm, MacAddress written)
{
    QList<MacAddress> macs;
    for (const auto *form : {&vm.domain->live, &vm.domain->inactive})
        if (*form)
            for (const Nic &nic : (*form)->nics)
                if (nic.mac)
                    macs.append(*nic.mac);
    return nearestSlip(macs, written);
}

bool isUsedFromAbove(const VmView &vm, const InsideUnit &unit)
{
    return std::any_of(vm.units.begin(), vm.units.end(), [&](const InsideUnit &other) {
        if (&other == &unit || !other.isConfigured())
            return false;
        const QString rest =
            other.name.startsWith(unit.name) ? other.name.sliced(unit.name.size()) : QString();
        const bool named = !rest.isEmpty() && QStringLiteral(".:@").contains(rest[0]);
        const bool above = other.running && !hasDeviceBehind(*other.running) && other.running->mac &&
                           other.running->mac == unit.running->mac;
        return named || above;
    });
}

} // namespace tropo
