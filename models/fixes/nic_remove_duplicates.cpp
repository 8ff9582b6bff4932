#include "models/fixes/nic_steps.h"
#include "models/fleet/connection.h"
#include "models/rules/nic_facts.h"

#include <QMap>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The NICs of one MAC in both forms, as indices into them.
struct Copies
{
    QList<int> live;
    QList<int> persistent;
};

QMap<MacAddress, Copies> copiesOf(const Domain &domain)
{
    QMap<MacAddress, Copies> copies;
    if (domain.live)
        for (int i = 0; i < domain.live->nics.size(); ++i)
            if (const auto mac = domain.live->nics[i].mac)
                copies[*mac].live.append(i);
    if (domain.inactive)
        for (int i = 0; i < domain.inactive->nics.size(); ++i)
            if (const auto mac = domain.inactive->nics[i].mac)
                copies[*mac].persistent.append(i);
    copies.removeIf([](const auto &one) { return qMax(one->live.size(), one->persistent.size()) < 2; });
    return copies;
}

/// How much the guest uses an interface: 2 now (an address, a place in something else, something above it), 1
/// a file is for it, 0 not.
int useOf(const VmView &vm, const InsideUnit &unit)
{
    InsideUnit asItRuns = unit;
    asItRuns.configs.clear();
    if (asItRuns.isConfigured() || isUsedFromAbove(vm, unit))
        return 2;
    return unit.configs.isEmpty() ? 0 : 1;
}

/// Which live NIC the guest uses, and how that is known.
struct Kept
{
    int live = -1;
    QString why;
    const InsideUnit *unit = nullptr;
};

/// The interface inside of each of these live NICs. Errors (Refused): it is not known.
Result<QMap<int, const InsideUnit *>> unitsOf(const VmView &vm, MacAddress mac, const QList<int> &nics)
{
    const auto refuse = [&vm](const QString &why) { return failure(ErrorKind::Refused, vm.subject, why); };
    if (!vm.domain->guest || !vm.domain->guest->system.interfaces)
        return refuse(u"its inside was not read, so it is not known which of the NICs with %1 it uses"_s.arg(
            mac.toString()));
    QMap<int, const InsideUnit *> units;
    for (const InsideUnit &unit : vm.units)
        for (const InsideMatch &match : unit.matches) {
            if (!nics.contains(match.nic))
                continue;
            if (match.how == InsideMatch::How::Ambiguous)
                return refuse(
                    u"which interface inside is which NIC outside is not known, as all have %1 and the "
                    u"PCI addresses inside were not read: blink the links first (nic-blink)"_s.arg(
                        mac.toString()));
            units.insert(match.nic, &unit);
        }
    return units;
}

int lowestSlot(const QList<Nic> &nics, const QList<int> &of)
{
    return *std::min_element(of.begin(), of.end(), [&](int a, int b) { return nics[a].pci < nics[b].pci; });
}

Result<Kept> keptOf(const VmView &vm, MacAddress mac, const Copies &copies)
{
    const auto units = unitsOf(vm, mac, copies.live);
    if (!units)
        return tl::unexpected(units.error());
    QList<int> best;
    int most = 0;
    for (const int nic : copies.live) {
        const int use = units->contains(nic) ? useOf(vm, *units->value(nic)) : 0;
        if (use > most)
            best.clear();
        most = qMax(most, use);
        if (use == most && use > 0)
            best.append(nic);
    }
    if (best.size() > 1)
        return failure(
            ErrorKind::Refused, vm.subject,
            u"it uses several of the NICs with %1 (%2): take the address off all but one first"_s.arg(
                mac.toString(), QString::number(best.size())));
    if (best.isEmpty()) {
        const int first = lowestSlot(vm.domain->live->nics, copies.live);
        return Kept{first, u"the guest uses none of them; this is the one at the lowest slot"_s,
                    units->value(first)};
    }
    const InsideUnit *unit = units->value(best.front());
    return Kept{best.front(), u"inside it is "_s + useWords(vm, *unit), unit};
}

/// The persistent NIC that stands for the kept one after a restart: its partner, else the lowest.
int keptPersistent(const VmView &vm, int live, const Copies &copies)
{
    for (const NicPair &pair : pairNics(*vm.domain, *vm.hypervisor))
        if (pair.live == live && pair.persistent >= 0)
            return pair.persistent;
    return copies.persistent.isEmpty() ? -1 : lowestSlot(vm.domain->inactive->nics, copies.persistent);
}

Step lookAgain(const VmView &vm, MacAddress mac, const Kept &kept, bool hasPersistent)
{
    Step step;
    step.id = u"look-again-"_s + mac.toString();
    step.title = u"Read back: one NIC with %1 is left, and it is the one that was used"_s.arg(mac.toString());
    step.machine = vm.subject;
    step.command = u":"_s;
    step.action = Wait{};
    if (kept.live >= 0) {
        step.verify.append(NicCount{placeOf(vm), NicForm::Live, mac, 1});
        step.verify.append(NicIs{nicPlace(vm, vm.domain->live->nics[kept.live], NicForm::Live), true});
        if (kept.unit && kept.unit->running)
            for (const InterfaceAddress &address : kept.unit->running->addresses)
                step.verify.append(
                    GuestAddressIs{placeOf(vm), address.address, vm.domain->live->nics[kept.live].pci, true});
    }
    if (hasPersistent)
        step.verify.append(NicCount{placeOf(vm), NicForm::Persistent, mac, 1});
    return step;
}

Result<void> addSteps(const PlanInput &input, const VmView &vm, MacAddress mac, const Copies &copies,
                      Plan &plan)
{
    Kept kept;
    if (!copies.live.isEmpty()) {
        const auto found = keptOf(vm, mac, copies);
        if (!found)
            return tl::unexpected(found.error());
        kept = *found;
        plan.warnings.append(u"Of the NICs with %1 it keeps %2: %3."_s.arg(
            mac.toString(), nicName(vm.domain->live->nics[kept.live]), kept.why));
    }
    const int persistent = keptPersistent(vm, kept.live, copies);
    const auto add = [&](const Nic &nic, NicForm form) -> Result<void> {
        auto step = detachStep(input, vm, nic, form);
        if (!step)
            return tl::unexpected(step.error());
        plan.steps.append(*std::move(step));
        return {};
    };
    for (const int nic : copies.live)
        if (nic != kept.live)
            if (const auto added = add(vm.domain->live->nics[nic], NicForm::Live); !added)
                return added;
    for (const int nic : copies.persistent)
        if (nic != persistent)
            if (const auto added = add(vm.domain->inactive->nics[nic], NicForm::Persistent); !added)
                return added;
    plan.steps.append(lookAgain(vm, mac, kept, persistent >= 0));
    return {};
}

QString nothingToRemove(const VmIndex &index, const VmView &vm)
{
    for (const VmView &other : index.vms())
        for (const MacAddress mac : vm.macs)
            if (&other != &vm && vm.hasNic(mac) && other.hasNic(mac))
                return u"it has no two NICs with one MAC, but %1 of %2 has its %3 too: give one of the two "
                       u"VMs another MAC "
                       u"(virsh edit) and start it anew"_s.arg(other.domain->name, other.hypervisor->name,
                                                               mac.toString());
    return u"it has no two NICs with one MAC: there is nothing to remove"_s;
}

} // namespace

Result<Plan> planNicRemoveDuplicates(const PlanInput &input, const PlanRequest &request)
{
    const VmIndex index(input.fleet);
    const auto named = changeableVm(index, request.arguments.value(0));
    if (!named)
        return tl::unexpected(named.error());
    const VmView &vm = **named;
    const auto copies = copiesOf(*vm.domain);
    if (copies.isEmpty())
        return failure(ErrorKind::Refused, vm.subject, nothingToRemove(index, vm));
    Plan plan;
    plan.intent = u"Leave one NIC of each MAC on %1 of %2, the one that it really uses"_s.arg(
        vm.domain->name, vm.hypervisor->name);
    for (auto it = copies.cbegin(); it != copies.cend(); ++it)
        if (const auto added = addSteps(input, vm, it.key(), *it, plan); !added)
            return tl::unexpected(added.error());
    plan.touches = {vm.subject};
    plan.hypervisors = {vm.hypervisor->name};
    return plan;
}

} // namespace tropo
