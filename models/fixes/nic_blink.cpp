#include "models/fixes/nic_steps.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<const Nic *> liveNicAt(const VmView &vm, const QString &slot)
{
    const auto pci = PciAddress::fromString(slot);
    if (!pci)
        return failure(ErrorKind::Usage, {}, u"name the NIC by its PCI address, as 0000:00:07.0"_s);
    if (!vm.domain->live)
        return failure(ErrorKind::Refused, vm.subject, u"it does not run, so no cable can be pulled"_s);
    const auto &nics = vm.domain->live->nics;
    const auto found = std::find_if(nics.begin(), nics.end(), [&](const Nic &nic) { return nic.pci == pci; });
    if (found == nics.end())
        return failure(ErrorKind::Usage, {},
                       u"%1 has no live NIC at %2"_s.arg(vm.domain->name, pci->toString()));
    return &*found;
}

Step holdStep(const PlanInput &input, const VmView &vm)
{
    Step hold;
    hold.id = u"hold"_s;
    hold.title = u"Hold it for two seconds, and see which interface inside loses its carrier"_s;
    hold.machine = vm.subject;
    hold.command = u"sleep 2"_s;
    hold.action = Wait{std::chrono::milliseconds(2000)};
    QStringList devices;
    for (const InsideUnit &unit : vm.units)
        // Bridges without a port have none at any time.
        if (unit.running && unit.running->up == true && unit.running->carrier.value_or(true) &&
            unit.name != u"lo")
            devices.append(unit.name);
    if (vm.domain->guest && wayInto(vm, input.policy) && !devices.isEmpty())
        hold.verify = {CarriersInside{placeOf(vm), devices}};
    return hold;
}

/// The way back of the pull, as a step.
Step plugStep(const PlanInput &input, const VmView &vm, const Nic &nic, const Step &pull)
{
    const NicPlace place = nicPlace(vm, nic, NicForm::Live);
    Step plug;
    plug.id = u"plug-"_s + place.pci.toString();
    plug.title = u"Plug the cable of %1 in again"_s.arg(nicName(nic));
    plug.machine = vm.subject;
    plug.command = pull.undoText;
    plug.action = pull.undo.front();
    plug.before = {NicLinkIs{place, false}};
    plug.verify = {NicLinkIs{place, true}};
    if (vm.domain->guest && wayInto(vm, input.policy))
        plug.verify.append(CarrierInside{place.vm, place.pci, true});
    return plug;
}

} // namespace

Result<Plan> planNicBlink(const PlanInput &input, const PlanRequest &request)
{
    const VmIndex index(input.fleet);
    const auto named = changeableVm(index, request.arguments.value(0));
    if (!named)
        return tl::unexpected(named.error());
    const VmView &vm = **named;
    const auto nic = liveNicAt(vm, request.arguments.value(1));
    if (!nic)
        return tl::unexpected(nic.error());
    if ((*nic)->linkUp == false)
        return failure(ErrorKind::Refused, vm.subject,
                       u"the cable of %1 is pulled already, so nothing inside would be seen to change"_s.arg(
                           nicName(**nic)));
    auto pull = pullCableStep(input, vm, **nic);
    if (!pull)
        return tl::unexpected(pull.error());
    // The cable is plugged in again whatever is seen inside.
    pull->verify.removeIf([](const Condition &one) { return std::holds_alternative<CarrierInside>(one); });
    pull->disruptive = true;
    pull->outage =
        u"whatever %1 serves over %2, for about two seconds"_s.arg(vm.domain->name, nicName(**nic));
    Plan plan;
    plan.intent = u"Blink the link of %1 on %2, to see which interface inside it is"_s.arg(nicName(**nic),
                                                                                           vm.domain->name);
    plan.steps = {*pull, holdStep(input, vm), plugStep(input, vm, **nic, *pull)};
    plan.touches = {vm.subject};
    plan.hypervisors = {vm.hypervisor->name};
    plan.confirm = {vm.domain->name};
    return plan;
}

} // namespace tropo
