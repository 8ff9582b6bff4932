#include "models/fixes/guest_files.h"
#include "models/fixes/guest_steps.h"
#include "models/fixes/nic_steps.h"
#include "models/fixes/nic_xml.h"
#include "models/fleet/connection.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Where the two forms differ: NICs that one form alone has.
struct Differing
{
    QList<const Nic *> onlyLive;
    QList<const Nic *> onlyPersistent;
};

Differing differing(const VmView &vm)
{
    Differing found;
    for (const NicPair &pair : pairNics(*vm.domain, *vm.hypervisor)) {
        if (pair.persistent < 0)
            found.onlyLive.append(&vm.domain->live->nics[pair.live]);
        else if (pair.live < 0)
            found.onlyPersistent.append(&vm.domain->inactive->nics[pair.persistent]);
    }
    return found;
}

/// The addresses that a NIC's interface has go first, so that the way back gives them to it again. Errors
/// (Refused): by one of them we come in.
Result<void> addDown(const PlanInput &input, const VmView &vm, const InsideUnit &unit, const Nic &nic,
                     Plan &plan)
{
    const auto way = wayInto(vm, input.policy);
    if (way && hasNow(unit, way->address))
        return failure(
            ErrorKind::Refused, vm.subject,
            u"%1 inside it has %2, which is the way in, so nothing could be checked or taken back "
            u"once %3 is gone: shut it down and start it (virsh shutdown, virsh start), then it has "
            u"the NICs of its description"_s.arg(unit.name, way->address.toString(), nicName(nic)));
    plan.warnings.append(
        u"%1 inside %2 uses the NIC %3, and loses it"_s.arg(unit.name, vm.domain->name, nicName(nic)));
    if (!unit.running || unit.running->addresses.isEmpty())
        return {};
    if (!changeableInside(vm, input.policy)) {
        plan.warnings.append(u"What %1 inside %2 has now does not come back by itself when this is taken "
                             u"back: bring it up there"_s.arg(unit.name, vm.domain->name));
        return {};
    }
    // What no file gives goes alone; then the file takes down what it gives.
    QString path;
    for (const InterfaceAddress &address : unit.running->addresses) {
        if (pathGiving(unit, address.address).isEmpty())
            plan.steps.append(downStep(input, vm, unit, {}, address.address, false));
        else
            path = pathGiving(unit, address.address);
    }
    for (const InterfaceAddress &address : unit.running->addresses)
        if (!path.isEmpty() && pathGiving(unit, address.address) == path) {
            plan.steps.append(downStep(input, vm, unit, path, address.address, false));
            break;
        }
    return {};
}

Result<void> addDetach(const PlanInput &input, const VmView &vm, const Nic &nic, NicForm form, Plan &plan)
{
    auto step = detachStep(input, vm, nic, form);
    if (!step)
        return tl::unexpected(step.error());
    if (form == NicForm::Live) {
        for (const InsideUnit &unit : vm.units)
            if (vm.outsideOf(unit) == &nic && unit.isConfigured())
                if (const auto down = addDown(input, vm, unit, nic, plan); !down)
                    return down;
        step->disruptive = true;
        step->outage =
            u"whatever %1 serves over %2, until it is attached again"_s.arg(vm.domain->name, nicName(nic));
    }
    plan.steps.append(*std::move(step));
    return {};
}

/// Brings the interface up that a file inside is for, where that can be done.
Result<void> addUp(const PlanInput &input, const VmView &vm, const Nic &nic, Plan &plan)
{
    if (!vm.domain->guest || !changeableInside(vm, input.policy))
        return {};
    for (const InterfaceConfig &config : vm.domain->guest->configs) {
        const auto path = guestPathOf(config.source.document);
        const bool isItsFile =
            config.hwaddr ? config.hwaddr->value == *nic.mac : config.device == predictedDevice(vm, *nic.pci);
        if (!isItsFile || config.addresses.isEmpty() || !path)
            continue;
        const InterfaceAddress address = config.addresses.front().value;
        const QString usual = predictedDevice(vm, *nic.pci, plan.steps);
        const QString device = config.device.isEmpty() ? usual : config.device;
        const bool isNamedByFile =
            config.format == ConfigFormat::Ifcfg || config.format == ConfigFormat::Netplan;
        if (device != usual && !isNamedByFile)
            return failure(
                ErrorKind::Refused, vm.subject,
                u"its file %1 is for %2, but the NIC at %3 will most likely be called %4, and nothing would "
                u"configure it: change the file first, or, if it is a float, move it there anew "
                u"(float-reassign)"_s.arg(*path, device, nic.pci->toString(), usual));
        plan.steps.append(
            interfaceStep(input, vm, device, nic.pci, *path,
                          u"%1/%2"_s.arg(address.address.toString()).arg(address.prefix.value_or(24)), true));
        if (input.policy.floatWith(address.address))
            plan.steps.append(announceStep(input, vm, device, nic.pci, address.address, *nic.mac));
        return {};
    }
    return {};
}

Result<void> addAttach(const PlanInput &input, const VmView &vm, const Nic &nic, NicForm form, Plan &plan)
{
    const auto xml = interfaceXml(input.evidence, nic);
    if (!xml)
        return tl::unexpected(xml.error());
    if (!nic.mac || !nic.pci)
        return failure(
            ErrorKind::Refused, vm.subject,
            u"a NIC without a PCI address or MAC cannot be told from others; nothing is changed"_s);
    Step step = attachStep(input, vm, nicPlace(vm, nic, form), *xml);
    step.action = AttachNic{nicPlace(vm, nic, form), nic.network, nic.bridge, *xml};
    plan.steps.append(step);
    return form == NicForm::Live ? addUp(input, vm, nic, plan) : Result<void>();
}

} // namespace

Result<Plan> planNicPersist(const PlanInput &input, const PlanRequest &request)
{
    const QString keep = request.options.value(u"keep"_s);
    if (keep != u"live" && keep != u"persistent")
        return failure(
            ErrorKind::Usage, {},
            u"say which is right: --keep live (the description follows) or --keep persistent (what runs "
            u"follows)"_s);
    const VmIndex index(input.fleet);
    const auto named = changeableVm(index, request.arguments.value(0));
    if (!named)
        return tl::unexpected(named.error());
    const VmView &vm = **named;
    if (!vm.domain->live || !vm.domain->inactive)
        return failure(ErrorKind::Refused, vm.subject, u"it does not run, so only one form of it is there"_s);
    const Differing found = differing(vm);
    if (found.onlyLive.isEmpty() && found.onlyPersistent.isEmpty())
        return failure(ErrorKind::Refused, vm.subject,
                       u"its live and persistent NICs are the same already"_s);
    Plan plan;
    const bool liveIsRight = keep == u"live";
    const NicForm form = liveIsRight ? NicForm::Persistent : NicForm::Live;
    plan.intent = liveIsRight ? u"Write the NICs that %1 of %2 has now into its description"_s.arg(
                                    vm.domain->name, vm.hypervisor->name)
                              : u"Give the running %1 of %2 the NICs of its description"_s.arg(
                                    vm.domain->name, vm.hypervisor->name);
    for (const Nic *nic : liveIsRight ? found.onlyPersistent : found.onlyLive)
        if (const auto added = addDetach(input, vm, *nic, form, plan); !added)
            return tl::unexpected(added.error());
    for (const Nic *nic : liveIsRight ? found.onlyLive : found.onlyPersistent)
        if (const auto added = addAttach(input, vm, *nic, form, plan); !added)
            return tl::unexpected(added.error());
    plan.touches = {vm.subject};
    plan.hypervisors = {vm.hypervisor->name};
    if (plan.isDisruptive())
        plan.confirm = {vm.domain->name};
    for (const QString &served : servedBy(vm))
        plan.blast.append(u"%1 → %2"_s.arg(vm.domain->name, served));
    return plan;
}

} // namespace tropo
