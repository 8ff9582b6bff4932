#include "models/fixes/nic_steps.h"
#include "models/fleet/connection.h"
#include "models/rules/nic_facts.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A NIC in both forms; nothing: one form does not have it.
struct BothForms
{
    const Nic *live = nullptr;
    const Nic *persistent = nullptr;
};

Result<BothForms> nicAtSlot(const VmView &vm, const QString &slot)
{
    const auto pci = PciAddress::fromString(slot);
    if (!pci)
        return failure(ErrorKind::Usage, {}, u"name the NIC by its PCI address, as 0000:00:07.0"_s);
    const Domain &domain = *vm.domain;
    if (!domain.live)
        return failure(
            ErrorKind::Refused, vm.subject,
            u"it does not run, so it cannot be seen that nothing inside uses the NIC: start it, or "
            u"take the NIC from its description by hand (virsh edit)"_s);
    QStringList slots;
    for (int i = 0; i < domain.live->nics.size(); ++i) {
        const Nic &nic = domain.live->nics[i];
        if (nic.pci)
            slots.append(nic.pci->toString());
        if (nic.pci != pci)
            continue;
        for (const NicPair &pair : pairNics(domain, *vm.hypervisor))
            if (pair.live == i && pair.persistent >= 0)
                return BothForms{&nic, &domain.inactive->nics[pair.persistent]};
        return BothForms{&nic, nullptr};
    }
    return failure(ErrorKind::Usage, {},
                   u"%1 has no live NIC at %2: there are %3"_s.arg(
                       vm.domain->name, pci->toString(),
                       slots.isEmpty() ? u"none whose slot is known"_s : slots.join(", "_L1)));
}

/// Errors (Refused): something inside uses the NIC, or it cannot be told.
Result<void> isUnused(const VmView &vm, const Nic &nic)
{
    const auto refuse = [&vm](const QString &why) { return failure(ErrorKind::Refused, vm.subject, why); };
    if (!vm.configsKnown() || !vm.addressesKnown())
        return refuse(
            u"its inside was not read, so it is not known whether anything there uses %1: read it first"_s
                .arg(nicName(nic)));
    for (const InsideUnit &unit : vm.units)
        for (const InsideMatch &match : unit.matches) {
            if (&vm.domain->live->nics[match.nic] != &nic)
                continue;
            if (match.how == InsideMatch::How::Ambiguous)
                return refuse(
                    u"which interface inside %1 is is not known, as several have its MAC and their PCI "
                    u"addresses inside were not read: blink its link first (nic-blink)"_s.arg(nicName(nic)));
            if (const QString use = useWords(vm, unit); !use.isEmpty())
                return refuse(
                    u"inside, %1 is %2: take that off it first, if it is to go"_s.arg(nicName(nic), use));
        }
    for (const InterfaceConfig &config : vm.domain->guest->configs)
        if (config.hwaddr && config.hwaddr->value == nic.mac && vm.liveNics(*nic.mac).size() == 1)
            return refuse(
                u"the file %1 inside is for its MAC: remove the file first, if the NIC is to go"_s.arg(
                    guestPathOf(config.source.document).value_or(config.source.document)));
    return {};
}

} // namespace

Result<Plan> planNicDetach(const PlanInput &input, const PlanRequest &request)
{
    const VmIndex index(input.fleet);
    const auto named = changeableVm(index, request.arguments.value(0));
    if (!named)
        return tl::unexpected(named.error());
    const VmView &vm = **named;
    const auto nic = nicAtSlot(vm, request.arguments.value(1));
    if (!nic)
        return tl::unexpected(nic.error());
    if (const auto unused = isUnused(vm, *nic->live); !unused)
        return tl::unexpected(unused.error());
    Plan plan;
    plan.intent = u"Take %1, which nothing inside uses, from %2 of %3"_s.arg(
        nicName(*nic->live), vm.domain->name, vm.hypervisor->name);
    const auto live = detachStep(input, vm, *nic->live, NicForm::Live);
    if (!live)
        return tl::unexpected(live.error());
    plan.steps.append(*live);
    if (nic->persistent) {
        const auto persistent = detachStep(input, vm, *nic->persistent, NicForm::Persistent);
        if (!persistent)
            return tl::unexpected(persistent.error());
        plan.steps.append(*persistent);
    }
    if (const FloatPolicy *floating = input.policy.floatWith(nic->live->mac.value_or(MacAddress())))
        plan.warnings.append(
            u"Its MAC is %1's: to move the whole float, use float-reassign"_s.arg(floating->name));
    plan.warnings.append(u"If something inside was to use it, write its file there instead"_s);
    plan.touches = {vm.subject};
    plan.hypervisors = {vm.hypervisor->name};
    return plan;
}

} // namespace tropo
