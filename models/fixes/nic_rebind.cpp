#include "models/fixes/files/guest_file_edit.h"
#include "models/fixes/guest_files.h"
#include "models/fixes/guest_steps.h"
#include "models/fixes/nic_steps.h"
#include "models/rules/nic_facts.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A file that names a MAC which no NIC has, and the interface that it is for.
struct Stray
{
    const InsideUnit *unit = nullptr;
    const InterfaceConfig *config = nullptr;
};

/// "ens3" and "trop02/vm/Acilamwen/if/ens3" are both meant.
bool names(const VmView &vm, const InsideUnit &unit, const QString &text)
{
    return text == unit.name || text == subject::interface(vm.subject, unit.name);
}

Result<Stray> strayNamed(const VmView &vm, const QString &text)
{
    QStringList known;
    for (const InsideUnit &unit : vm.units)
        for (const InterfaceConfig *config : unit.configs) {
            if (!vm.namesUnknownMac(*config))
                continue;
            if (names(vm, unit, text))
                return Stray{&unit, config};
            known.append(unit.name);
        }
    if (std::any_of(vm.units.begin(), vm.units.end(),
                    [&](const InsideUnit &unit) { return names(vm, unit, text); }))
        return failure(
            ErrorKind::Refused, vm.subject,
            u"no file for %1 names a MAC that none of its NICs has: there is nothing to mend"_s.arg(
                text.section(u'/', -1)));
    return failure(
        ErrorKind::Usage, {},
        u"no interface \"%1\" inside %2 whose file names a MAC that no NIC has: there are %3"_s.arg(
            text, vm.domain->name, known.isEmpty() ? u"none"_s : known.join(", "_L1)));
}

/// The NIC that the file is to be bound to: the one asked for, the interface's own, or the near miss. Errors:
/// Usage, Refused where it cannot be told.
Result<MacAddress> macFor(const VmView &vm, const Stray &stray, const QString &asked)
{
    if (!asked.isEmpty()) {
        const auto mac = MacAddress::fromString(asked);
        if (!mac || vm.liveNics(*mac).isEmpty())
            return failure(ErrorKind::Usage, {}, u"%1 has no live NIC %2"_s.arg(vm.domain->name, asked));
        return *mac;
    }
    const Nic *nic = stray.unit->running ? vm.outsideOf(*stray.unit) : nullptr;
    if (nic && nic->mac)
        return *nic->mac;
    if (const auto meant = meantNic(vm, stray.config->hwaddr->value))
        return meant->meant;
    QStringList macs;
    for (const Nic &one : vm.domain->live->nics)
        if (one.mac)
            macs.append(one.mac->toString());
    return failure(ErrorKind::Refused, vm.subject,
                   u"it is not known which of its NICs the file for %1 is for: say so, as \"nic-rebind %2 %1 "
                   u"MAC\" with one of %3"_s.arg(stray.unit->name, vm.domain->name, macs.join(", "_L1)));
}

/// Errors (Refused): a float's half would come together with something else.
Result<void> keepsFloatsApart(const PlanInput &input, const VmView &vm, const Stray &stray, MacAddress mac)
{
    for (const auto &address : stray.config->addresses)
        if (const FloatPolicy *floating = input.policy.floatWith(address.value.address))
            return failure(
                ErrorKind::Refused, vm.subject,
                u"the file gives %1, which is %2's: bring the two halves together (float-repair %2 "
                u"--keep ip)"_s.arg(address.value.address.toString(), floating->name));
    if (const FloatPolicy *floating = input.policy.floatWith(mac))
        return failure(
            ErrorKind::Refused, vm.subject,
            u"%1 is %2's MAC, and the file does not give %2's address %3: give the float to the VM "
            u"that is to have it (float-reassign %2)"_s.arg(mac.toString(), floating->name,
                                                            floating->address.toString()));
    for (const InterfaceConfig &other : vm.domain->guest->configs)
        if (&other != stray.config && other.hwaddr && other.hwaddr->value == mac)
            return failure(
                ErrorKind::Refused, vm.subject,
                u"the file %1 is for %2 already: two for one NIC would fight over it, so remove the "
                u"one that is not wanted"_s.arg(
                    guestPathOf(other.source.document).value_or(other.source.document), mac.toString()));
    return {};
}

/// The interface inside that certainly is the one NIC with a MAC; nothing: it is not known.
const InsideUnit *unitWith(const VmView &vm, MacAddress mac)
{
    const auto nics = vm.liveNics(mac);
    for (const InsideUnit &unit : vm.units)
        if (nics.size() == 1 && unit.running && vm.outsideOf(unit) == nics.front())
            return &unit;
    return nullptr;
}

/// The interface as its file then gives it, where it has not all of that already.
void addUp(const PlanInput &input, const VmView &vm, const Stray &stray, const QString &path, MacAddress mac,
           Plan &plan)
{
    const auto &addresses = stray.config->addresses;
    const InsideUnit *unit = unitWith(vm, mac);
    const bool isItsName = unit && (stray.config->device.isEmpty() || stray.config->device == unit->name);
    if (addresses.isEmpty() || !isItsName) {
        plan.warnings.append(
            u"The file counts from the next time that %1 is brought up: do that inside, or restart %2"_s.arg(
                stray.unit->name, vm.domain->name));
        return;
    }
    const bool hasAll = std::all_of(addresses.begin(), addresses.end(),
                                    [&](const auto &one) { return hasNow(*unit, one.value.address); });
    if (hasAll || stray.config->onBoot == false)
        return;
    const InterfaceAddress &first = addresses.front().value;
    plan.steps.append(interfaceStep(input, vm, unit->name, vm.outsideOf(*unit)->pci, path,
                                    u"%1/%2"_s.arg(first.address.toString()).arg(first.prefix.value_or(24)),
                                    true));
}

} // namespace

Result<Plan> planNicRebind(const PlanInput &input, const PlanRequest &request)
{
    const VmIndex index(input.fleet);
    const auto named = changeableVm(index, request.arguments.value(0));
    if (!named)
        return tl::unexpected(named.error());
    const VmView &vm = **named;
    if (!vm.domain->live)
        return failure(ErrorKind::Refused, vm.subject,
                       u"it does not run, so its files cannot be changed: start it first"_s);
    if (const auto may = changeableInside(vm, input.policy); !may)
        return tl::unexpected(may.error());
    const auto stray = strayNamed(vm, request.arguments.value(1, request.arguments.value(0)));
    if (!stray)
        return tl::unexpected(stray.error());
    const auto mac = macFor(vm, *stray, request.arguments.value(2));
    if (!mac)
        return tl::unexpected(mac.error());
    if (const auto may = keepsFloatsApart(input, vm, *stray, *mac); !may)
        return tl::unexpected(may.error());
    const auto file = fileTextOf(input, vm, *stray->config);
    if (!file)
        return tl::unexpected(file.error());
    const auto after = withMac(InterfaceEntry::of(*stray->config), file->text, *mac);
    if (!after)
        return tl::unexpected(after.error());
    Plan plan;
    plan.intent = u"Bind the file for %1 inside %2 of %3 to the MAC of its NIC, %4"_s.arg(
        stray->unit->name, vm.domain->name, vm.hypervisor->name, mac->toString());
    plan.steps.append(writeFileStep(input, vm, file->path, file->text, *after,
                                    u"Bind %1 to %2"_s.arg(file->path, mac->toString())));
    addUp(input, vm, *stray, file->path, *mac, plan);
    plan.touches = {vm.subject};
    plan.hypervisors = {vm.hypervisor->name};
    return plan;
}

} // namespace tropo
