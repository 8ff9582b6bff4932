#include "models/fleet/subject.h"
#include "models/story/tellers.h"
#include "models/text/words.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array seeds{"nic-mac-out-of-range"_L1, "nic-ip-out-of-range"_L1};
constexpr std::array others{"reservation-missing"_L1, "reservation-name-mismatch"_L1, "lease-mismatch"_L1,
                            "domain-duplicate"_L1};

/// The hypervisors in whose ranges the VM's MACs and addresses lie, other than its own.
QStringList homesOf(const VmView &vm, const Policy &policy)
{
    QStringList homes;
    for (const HypervisorPolicy &hypervisor : policy.hypervisors) {
        if (hypervisor.name == vm.hypervisor->name)
            continue;
        bool has = false;
        for (const auto *form : {&vm.domain->live, &vm.domain->inactive})
            if (*form && hypervisor.macs)
                for (const Nic &nic : (*form)->nics)
                    has = has || (nic.mac && hypervisor.macs->contains(*nic.mac));
        for (const InsideUnit &unit : vm.units)
            if (unit.running && hypervisor.subnet)
                for (const InterfaceAddress &address : unit.running->addresses)
                    has = has || hypervisor.subnet->contains(address.address);
        if (has)
            homes.append(hypervisor.name);
    }
    return homes;
}

} // namespace

QList<Draft> movedVm(const StoryInput &input)
{
    QMap<QString, QList<const Finding *>> byVm;
    for (const Finding *finding : input.pool.of(seeds))
        byVm[subject::vmOf(finding->subject)].append(finding);
    QList<Draft> drafts;
    for (auto it = byVm.cbegin(); it != byVm.cend(); ++it) {
        const VmView *vm = input.vms.value(it.key());
        const QStringList homes = vm ? homesOf(*vm, input.policy) : QStringList();
        // In nobody's range it is a wrong number, not a move.
        if (homes.size() != 1)
            continue;
        const QString name = vm->domain->name;
        Draft draft("moved-vm", it.key(),
                    QStringLiteral("%1 on %2 has a MAC or address of %3")
                        .arg(name, vm->hypervisor->name, homes.front()));
        draft.add(*it);
        for (const Finding *finding : input.pool.at(it.key()))
            if (isOf(*finding, others))
                draft.add(finding);
        if (const HypervisorPolicy *own = input.policy.hypervisor(vm->hypervisor->name))
            draft.say(Chapter::Should,
                      QStringLiteral("VMs on %1 have their NAT addresses and MACs from the ranges of %1.")
                          .arg(own->name),
                      {own->source});
        draft.guess(QStringLiteral("Probably %1 was moved here from %2 and kept what it had there.")
                        .arg(name, homes.front()));
        drafts.append(draft);
    }
    return drafts;
}

} // namespace tropo
