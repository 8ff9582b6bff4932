#include "models/fixes/files/guest_file_edit.h"
#include "models/fixes/float_parts.h"
#include "models/fixes/guest_files.h"
#include "models/fixes/guest_steps.h"
#include "models/fixes/nic_steps.h"
#include "models/fixes/nic_xml.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// One interface with one float's address and another MAC.
struct Mismatch
{
    const FloatPolicy *byAddress = nullptr;
    const FloatPolicy *byMac = nullptr; ///< nothing: no float's MAC
    const VmView *vm = nullptr;
    const InsideUnit *unit = nullptr;
    MacAddress mac;
    const InterfaceConfig *config = nullptr; ///< the file that gives the address
    const Nic *live = nullptr;               ///< the NIC that the interface is
    const Nic *persistent = nullptr;
    const Nic *right = nullptr; ///< a live NIC that has the float's own MAC already
};

QList<Mismatch> mismatchesOf(const PlanInput &input, const VmIndex &index, const FloatPolicy &named)
{
    QList<Mismatch> found;
    for (const FloatPolicy &floating : input.policy.floats)
        for (const VmView &vm : index.vms())
            for (const MacClaim &claim : factsOf(floating, vm).mismatches) {
                const FloatPolicy *byMac = input.policy.floatWith(claim.mac.value);
                if (&floating == &named || byMac == &named)
                    found.append({&floating, byMac, &vm, claim.unit, claim.mac.value,
                                  fileGiving(*claim.unit, floating.address)});
            }
    for (const VmView &vm : index.vms())
        for (const InsideUnit &unit : vm.units)
            if (const InterfaceConfig *file = fileGiving(unit, named.address);
                file && vm.namesUnknownMac(*file) && file->hwaddr->value != named.mac)
                found.append({&named, nullptr, &vm, &unit, file->hwaddr->value, file});
    return found;
}

/// The one mismatch that a float takes part in, with the one NIC that it is. Errors: Refused.
Result<Mismatch> theMismatch(const PlanInput &input, const VmIndex &index, const FloatPolicy &named)
{
    const QList<Mismatch> found = mismatchesOf(input, index, named);
    const auto refuse = [&](const QString &why) {
        return failure(ErrorKind::Refused, subject::floating(named.name), why);
    };
    if (found.isEmpty())
        return refuse(
            u"its address and MAC stand together wherever they were read: there is nothing to repair"_s);
    Mismatch mismatch = found.front();
    for (const Mismatch &other : found)
        if (other.unit != mismatch.unit || other.mac != mismatch.mac)
            return refuse(
                u"it is mixed up in %1 places: move it to the VM that shall have it (float-reassign)"_s.arg(
                    found.size()));
    const VmView &vm = *mismatch.vm;
    const auto live = vm.liveNics(mismatch.mac);
    const auto persistent = vm.persistentNics(mismatch.mac);
    if (live.size() > 1 || persistent.size() > 1)
        return refuse(
            u"%1 has several NICs with %2: remove the duplicates first (nic-remove-duplicates %1)"_s.arg(
                vm.domain->name, mismatch.mac.toString()));
    const auto right = vm.liveNics(mismatch.byAddress->mac);
    if (right.size() > 1 || (!right.isEmpty() && !live.isEmpty()))
        return refuse(
            u"%1 has another NIC with its MAC besides: move the float there anew (float-reassign %2 %1)"_s
                .arg(vm.domain->name, named.name));
    mismatch.right = right.value(0);
    mismatch.live = live.value(0);
    mismatch.persistent = persistent.value(0);
    return mismatch;
}

Result<void> nobodyElse(const PlanInput &input, const VmIndex &index, const FloatPolicy &floating,
                        const VmView &vm, bool (FloatFacts::*has)() const, const QString &what)
{
    const auto holders = holdersOf(input, index, floating);
    if (!holders)
        return tl::unexpected(holders.error());
    for (const FloatFacts &holder : *holders)
        if (holder.vm != &vm && (holder.*has)())
            return failure(
                ErrorKind::Refused, holder.vm->subject,
                u"it has %1 of %2: two would hold it; move the float instead (float-reassign)"_s.arg(
                    what, floating.name));
    return {};
}

QString pathOf(const InterfaceConfig &config)
{
    return guestPathOf(config.source.document).value_or(QString());
}

Result<QByteArray> textOf(const PlanInput &input, const Mismatch &mismatch)
{
    if (!mismatch.config)
        return failure(ErrorKind::Refused, mismatch.vm->subject,
                       u"no file inside that gives the address was read, so it cannot be mended there"_s);
    const auto file = fileTextOf(input, *mismatch.vm, *mismatch.config);
    return file ? Result<QByteArray>(file->text) : tl::unexpected(file.error());
}

std::optional<PciAddress> slotOf(const Mismatch &mismatch)
{
    const Nic *nic = mismatch.right ? mismatch.right : mismatch.live;
    return nic ? nic->pci : std::nullopt;
}

QString prefixed(const PlanInput &input, Ipv4 address)
{
    return u"%1/%2"_s.arg(address.toString())
        .arg(input.policy.floatSubnet ? input.policy.floatSubnet->prefix : 24);
}

/// Down before the file changes, up after it; `middle` stands between.
void addAround(const PlanInput &input, const Mismatch &mismatch, const FloatPolicy &result,
               const QList<Step> &middle, Plan &plan)
{
    const VmView &vm = *mismatch.vm;
    const QString path = pathOf(*mismatch.config);
    const auto pci = slotOf(mismatch);
    if (hasNow(*mismatch.unit, mismatch.byAddress->address))
        plan.steps.append(downStep(input, vm, *mismatch.unit, path, mismatch.byAddress->address,
                                   mismatch.byAddress->address == result.address));
    plan.steps += middle;
    plan.steps.append(
        interfaceStep(input, vm, mismatch.unit->name, pci, path, prefixed(input, result.address), true));
    plan.steps.append(announceStep(input, vm, mismatch.unit->name, pci, result.address, result.mac));
}

/// Binds the file to the float's own MAC, where it is bound to any.
Result<QList<Step>> fileSteps(const PlanInput &input, const Mismatch &mismatch, const QByteArray &text)
{
    const MacAddress mac = mismatch.byAddress->mac;
    if (!mismatch.config->hwaddr && !mismatch.config->macaddr)
        return QList<Step>();
    const auto after = withMac(InterfaceEntry::of(*mismatch.config), text, mac);
    if (!after)
        return tl::unexpected(after.error());
    const QString path = pathOf(*mismatch.config);
    return *after == text ? QList<Step>()
                          : QList<Step>{writeFileStep(input, *mismatch.vm, path, text, *after,
                                                      u"Bind %1 to %2"_s.arg(path, mac.toString()))};
}

/// Takes the NIC with the wrong MAC from a form and puts one with the float's own into its slot; `between`
/// happens while there is none.
Result<void> addSwap(const PlanInput &input, const Mismatch &mismatch, NicForm form,
                     const QList<Step> &between, QList<Step> &steps)
{
    const VmView &vm = *mismatch.vm;
    const Nic *nic = form == NicForm::Live ? mismatch.live : mismatch.persistent;
    if (!nic || mismatch.right) {
        steps += between;
        return {};
    }
    auto detach = detachStep(input, vm, *nic, form);
    if (!detach)
        return tl::unexpected(detach.error());
    NicPlace place = nicPlace(vm, *nic, form);
    place.mac = mismatch.byAddress->mac;
    steps.append(*std::move(detach));
    steps += between;
    steps.append(attachStep(input, vm, place, floatNicXml(input, vm, place.mac, *nic->pci)));
    return {};
}

/// The NICs in both forms, and the file, which stands between the old live NIC and the new one: a guest that
/// names its interfaces by their MACs then names the new one as the old one was, whichever way this goes.
Result<QList<Step>> swapSteps(const PlanInput &input, const Mismatch &mismatch, const QByteArray &text)
{
    QList<Step> steps;
    if (const auto swapped = addSwap(input, mismatch, NicForm::Persistent, {}, steps); !swapped)
        return tl::unexpected(swapped.error());
    const auto file = fileSteps(input, mismatch, text);
    if (!file)
        return tl::unexpected(file.error());
    if (const auto swapped = addSwap(input, mismatch, NicForm::Live, *file, steps); !swapped)
        return tl::unexpected(swapped.error());
    return steps;
}

Result<Plan> keepIp(const PlanInput &input, const VmIndex &index, const Mismatch &mismatch)
{
    const FloatPolicy &floating = *mismatch.byAddress;
    const VmView &vm = *mismatch.vm;
    if (const auto alone =
            nobodyElse(input, index, floating, vm, &FloatFacts::hasNic, u"a NIC with the MAC"_s);
        !alone)
        return tl::unexpected(alone.error());
    const auto text = textOf(input, mismatch);
    if (!text)
        return tl::unexpected(text.error());
    Plan plan;
    plan.intent = u"%1 of %2 keeps %3 (%4); its MAC becomes %5"_s.arg(mismatch.unit->name, vm.domain->name,
                                                                      floating.address.toString(),
                                                                      floating.name, floating.mac.toString());
    const auto middle = swapSteps(input, mismatch, *text);
    if (!middle)
        return tl::unexpected(middle.error());
    if (!mismatch.live && !mismatch.right)
        return failure(ErrorKind::Refused, vm.subject,
                       u"no live NIC has %1: assign the float anew (float-reassign %2 %3)"_s.arg(
                           mismatch.mac.toString(), floating.name, vm.domain->name));
    if (mismatch.byMac)
        plan.warnings.append(
            u"%1's MAC is then on no NIC of %2; %1 itself is free if nobody else has it"_s.arg(
                mismatch.byMac->name, vm.domain->name));
    addVm(vm, true, plan);
    plan.blast = blastOf(floating, vm);
    addAround(input, mismatch, floating, *middle, plan);
    return plan;
}

Result<Plan> keepMac(const PlanInput &input, const VmIndex &index, const Mismatch &mismatch)
{
    const VmView &vm = *mismatch.vm;
    if (!mismatch.byMac)
        return failure(ErrorKind::Refused, vm.subject,
                       u"%1 is no float's MAC, so no address follows from it: keep the IP"_s.arg(
                           mismatch.mac.toString()));
    const FloatPolicy &floating = *mismatch.byMac;
    if (const auto alone = nobodyElse(input, index, floating, vm, &FloatFacts::hasAddress, u"the address"_s);
        !alone)
        return tl::unexpected(alone.error());
    const auto text = textOf(input, mismatch);
    if (!text)
        return tl::unexpected(text.error());
    const auto after = withAddress(InterfaceEntry::of(*mismatch.config), *text,
                                   {mismatch.byAddress->address, floating.address,
                                    input.policy.floatSubnet ? input.policy.floatSubnet->prefix : 24,
                                    input.policy.floatGateway});
    if (!after)
        return tl::unexpected(after.error());
    Plan plan;
    plan.intent = u"%1 of %2 keeps the MAC %3 (%4); its address becomes %5"_s.arg(
        mismatch.unit->name, vm.domain->name, floating.mac.toString(), floating.name,
        floating.address.toString());
    plan.warnings.append(u"%1 (%2) is then on nobody, and stops answering"_s.arg(
        mismatch.byAddress->name, mismatch.byAddress->address.toString()));
    addVm(vm, true, plan);
    plan.blast = blastOf(*mismatch.byAddress, vm);
    const QList<Step> middle{writeFileStep(
        input, vm, pathOf(*mismatch.config), *text, *after,
        u"Give %1 the address %2"_s.arg(pathOf(*mismatch.config), floating.address.toString()))};
    addAround(input, mismatch, floating, middle, plan);
    return plan;
}

} // namespace

Result<Plan> planFloatRepair(const PlanInput &input, const PlanRequest &request)
{
    const auto floating = floatNamed(input.policy, request.arguments.value(0));
    if (!floating)
        return tl::unexpected(floating.error());
    const QString keep = request.options.value(u"keep"_s);
    if (keep != u"ip" && keep != u"mac")
        return failure(ErrorKind::Usage, {},
                       u"say what is right: --keep ip (the MAC follows) or --keep mac (the IP follows)"_s);
    const VmIndex index(input.fleet);
    const auto mismatch = theMismatch(input, index, **floating);
    if (!mismatch)
        return tl::unexpected(mismatch.error());
    if (const auto may = changeable(*mismatch->vm); !may)
        return tl::unexpected(may.error());
    if (const auto may = changeableInside(*mismatch->vm, input.policy); !may)
        return tl::unexpected(may.error());
    return keep == u"ip" ? keepIp(input, index, *mismatch) : keepMac(input, index, *mismatch);
}

} // namespace tropo
