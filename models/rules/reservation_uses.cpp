#include "models/fleet/connection.h"
#include "models/rules/reservation_facts.h"

#include <QHash>

#include <algorithm>

namespace tropo {

namespace {

QString shortName(const QString &name)
{
    return name.section(u'.', 0, 0).toLower();
}

bool areOneName(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0 || shortName(a) == shortName(b);
}

/// The names of all VMs, and which VMs have a MAC.
struct VmNames
{
    QSet<QString> names;
    QHash<MacAddress, QSet<QString>> bearers;

    explicit VmNames(const VmIndex &index)
    {
        for (const VmView &vm : index.vms()) {
            names.insert(shortName(vm.domain->name));
            for (const auto *form : {&vm.domain->live, &vm.domain->inactive})
                if (*form)
                    for (const Nic &nic : (*form)->nics)
                        if (nic.mac)
                            bearers[*nic.mac].insert(vm.subject);
        }
    }
};

/// Whether a reservation's name is a VM's: as libvirt has it or, where no other VM bears it, as it calls
/// itself.
bool isNameOf(const QString &reserved, const Domain &domain, const VmNames &all)
{
    if (areOneName(reserved, domain.name))
        return true;
    const auto &hostname = domain.guest ? domain.guest->system.hostname : std::nullopt;
    return hostname && areOneName(reserved, hostname->value) && !all.names.contains(shortName(reserved));
}

using PlacesByMac = QHash<QPair<const Hypervisor *, MacAddress>, QList<ReservationPlace>>;

/// The reservation under another's name that a NIC uses; nothing where one bears its VM's name, or none any.
const ReservationPlace *misnamed(const PlacesByMac &places, const VmNames &names, const VmView &vm,
                                 const Nic &nic)
{
    const auto reserved = places.constFind({vm.hypervisor, *nic.mac});
    if (reserved == places.constEnd() || names.bearers.value(*nic.mac).size() > 1)
        return nullptr; // one MAC on two VMs is nic-mac-duplicate's
    const QString network = connectionOf(nic, *vm.hypervisor).network;
    const ReservationPlace *found = nullptr;
    for (const ReservationPlace &place : *reserved) {
        if (isNameOf(place.reservation->name, *vm.domain, names))
            return nullptr;
        if (!found || place.view.network->name == network)
            found = &place;
    }
    return found;
}

} // namespace

QList<MisnamedUse> misnamedUses(const RuleInput &input)
{
    PlacesByMac places;
    for (const ReservationPlace &place : knownReservations(input.fleet))
        if (place.reservation->mac && !place.reservation->name.isEmpty())
            places[{place.view.hypervisor, *place.reservation->mac}].append(place);
    const VmNames names(input.index);
    QList<MisnamedUse> uses;
    for (const VmView &vm : input.index.vms()) {
        QSet<MacAddress> seen;
        for (const auto *form : {&vm.domain->live, &vm.domain->inactive}) {
            if (!*form)
                continue;
            for (const Nic &nic : (*form)->nics) {
                if (!nic.mac || seen.contains(*nic.mac))
                    continue;
                seen.insert(*nic.mac);
                if (const ReservationPlace *place = misnamed(places, names, vm, nic))
                    uses.append({&vm, &nic, *place});
            }
        }
    }
    return uses;
}

} // namespace tropo
