#include "models/fixes/nic_steps.h"

#include "models/fixes/nic_xml.h"
#include "models/fixes/pci_slots.h"
#include "models/fixes/typed.h"
#include "models/fleet/connection.h"
#include "models/rules/nic_facts.h"
#include "models/text/unified_diff.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString formFlag(NicForm form)
{
    return form == NicForm::Live ? u"--live"_s : u"--config"_s;
}

QString formWord(NicForm form)
{
    return form == NicForm::Live ? u"live"_s : u"persistent"_s;
}

QString xmlName(const VmView &vm, NicForm form)
{
    return u"%1 (%2)"_s.arg(vm.domain->name, formWord(form));
}

/// The NIC's element as it goes or comes.
QString difference(const VmView &vm, NicForm form, const QByteArray &before, const QByteArray &after)
{
    const auto side = [&](const QByteArray &xml) {
        return xml.isEmpty() ? DiffSide{xmlName(vm, form), {}}
                             : DiffSide{xmlName(vm, form), readableXml(xml).toUtf8()};
    };
    return QString::fromUtf8(unifiedDiff(side(before), side(after)));
}

Result<QByteArray> exactXml(const PlanInput &input, const VmView &vm, const Nic &nic)
{
    if (!nic.pci || !nic.mac)
        return failure(
            ErrorKind::Refused, vm.subject,
            u"a NIC without a PCI address or MAC cannot be told from others; nothing is changed"_s);
    return interfaceXml(input.evidence, nic);
}

Result<Step> stepFor(const PlanInput &input, const VmView &vm, const Nic &nic, NicForm form)
{
    const auto xml = exactXml(input, vm, nic);
    if (!xml)
        return tl::unexpected(xml.error());
    Step step;
    step.machine = vm.subject;
    step.before = {NicIs{nicPlace(vm, nic, form), true}};
    if (form == NicForm::Live)
        step.before.prepend(DomainRuns{placeOf(vm)});
    return step;
}

} // namespace

NicPlace nicPlace(const VmView &vm, const Nic &nic, NicForm form)
{
    return {placeOf(vm), form, nic.mac.value_or(MacAddress()), nic.pci.value_or(PciAddress())};
}

QString nicName(const Nic &nic)
{
    const QString mac = nic.mac ? nic.mac->toString() : u"no MAC"_s;
    const QString pci = nic.pci ? nic.pci->toString() : u"no PCI address"_s;
    return nic.target.isEmpty() ? u"%1 at %2"_s.arg(mac, pci) : u"%1 (%2 at %3)"_s.arg(nic.target, mac, pci);
}

QStringList servedBy(const VmView &vm)
{
    QStringList names;
    if (!vm.domain->guest || !vm.domain->guest->engine.containers)
        return names;
    for (const Container &container : *vm.domain->guest->engine.containers) {
        if (container.state != ContainerState::Running)
            continue;
        QStringList ports;
        for (const PortMapping &port : container.ports)
            if (const QString text =
                    port.hostPort ? u"%1/%2"_s.arg(*port.hostPort).arg(port.protocol) : QString();
                !text.isEmpty() && !ports.contains(text))
                ports.append(text);
        if (!ports.isEmpty())
            names.append(u"%1 (%2)"_s.arg(container.name, ports.join(", "_L1)));
    }
    return names;
}

QString useWords(const VmView &vm, const InsideUnit &unit)
{
    if (unit.running && !unit.running->addresses.isEmpty())
        return u"%1, which has %2"_s.arg(unit.name, unit.running->addresses.front().address.toString());
    if (!unit.configs.isEmpty())
        return u"%1, which the file %2 is for"_s.arg(unit.name,
                                                     guestPathOf(unit.configs.front()->source.document)
                                                         .value_or(unit.configs.front()->source.document));
    if (unit.isConfigured())
        return u"%1, which is part of %2 or has an IPv6 address"_s.arg(
            unit.name, unit.running->master.isEmpty() ? u"something else"_s : unit.running->master);
    return isUsedFromAbove(vm, unit) ? u"%1, which another interface stands on"_s.arg(unit.name) : QString();
}

namespace {

/// Whether the guest can be asked for a NIC's carrier: it tells it only while the interface is up.
bool tellsCarrier(const VmView &vm, const Nic &nic)
{
    return std::any_of(vm.units.begin(), vm.units.end(), [&nic](const InsideUnit &unit) {
        return unit.running && unit.running->pci && unit.running->pci->value == nic.pci &&
               unit.running->up == true;
    });
}

} // namespace

Result<Step> pullCableStep(const PlanInput &input, const VmView &vm, const Nic &nic)
{
    auto made = stepFor(input, vm, nic, NicForm::Live);
    if (!made)
        return made;
    const NicPlace place = nicPlace(vm, nic, NicForm::Live);
    const QByteArray xml = *interfaceXml(input.evidence, nic);
    Step &step = *made;
    step.id = u"pull-"_s + place.pci.toString();
    step.title =
        u"Pull the cable of %1's %2: a proof, taken back in a second, that it is the right one"_s.arg(
            vm.domain->name, nicName(nic));
    const auto line = [&](bool up) {
        return virshLineWith(input.policy, vm.hypervisor->name,
                             {u"update-device"_s, domainWord(place.vm), u"/dev/stdin"_s, u"--live"_s},
                             withLink(xml, up));
    };
    step.command = line(false);
    step.action = SetNicLink{place, false, withLink(xml, false)};
    const bool wasUp = nic.linkUp.value_or(true);
    step.before.append(NicLinkIs{place, wasUp});
    step.verify = {NicLinkIs{place, false}};
    if (tellsCarrier(vm, nic) && wayInto(vm, input.policy))
        step.verify.append(CarrierInside{place.vm, place.pci, false});
    step.undo = {SetNicLink{place, wasUp, withLink(xml, wasUp)}};
    step.undoText = line(wasUp);
    return made;
}

Result<Step> detachStep(const PlanInput &input, const VmView &vm, const Nic &nic, NicForm form)
{
    auto made = stepFor(input, vm, nic, form);
    if (!made)
        return made;
    const NicPlace place = nicPlace(vm, nic, form);
    const QByteArray xml = *interfaceXml(input.evidence, nic);
    Step &step = *made;
    step.id = u"detach-%1-%2"_s.arg(formWord(form), place.pci.toString());
    step.title = form == NicForm::Live
                     ? u"Detach %1 from the running %2"_s.arg(nicName(nic), vm.domain->name)
                     : u"Take %1 from %2's persistent description"_s.arg(nicName(nic), vm.domain->name);
    const auto line = [&](const QString &verb) {
        return virshLineWith(input.policy, vm.hypervisor->name,
                             {verb, domainWord(place.vm), u"/dev/stdin"_s, formFlag(form)}, xml);
    };
    step.command = line(u"detach-device"_s);
    step.action = DetachNic{place, xml};
    step.diff = difference(vm, form, xml, {});
    step.verify = {NicIs{place, false}};
    step.undo = {AttachNic{place, nic.network, nic.bridge, xml}};
    step.undoText = line(u"attach-device"_s);
    return made;
}

Step attachStep(const PlanInput &input, const VmView &vm, const NicPlace &nic, const QByteArray &xml)
{
    Step step;
    step.machine = vm.subject;
    step.id = u"attach-%1-%2"_s.arg(formWord(nic.form), nic.pci.toString());
    step.title = nic.form == NicForm::Live ? u"Attach one NIC %1 at %2 to the running %3"_s.arg(
                                                 nic.mac.toString(), nic.pci.toString(), vm.domain->name)
                                           : u"Write the NIC %1 at %2 into %3's persistent description"_s.arg(
                                                 nic.mac.toString(), nic.pci.toString(), vm.domain->name);
    const auto line = [&](const QString &verb) {
        return virshLineWith(input.policy, vm.hypervisor->name,
                             {verb, domainWord(nic.vm), u"/dev/stdin"_s, formFlag(nic.form)}, xml);
    };
    step.command = line(u"attach-device"_s);
    const bool onNetwork = vm.hypervisor->network(input.policy.floatNetwork) != nullptr;
    step.action = AttachNic{nic, onNetwork ? input.policy.floatNetwork : QString(),
                            onNetwork ? QString() : input.policy.floatNetwork, xml};
    step.diff = difference(vm, nic.form, {}, xml);
    step.before = {SlotIsFree{nic.vm, nic.form, nic.pci}, NicIs{nic, false}};
    if (nic.form == NicForm::Live)
        step.before.prepend(DomainRuns{nic.vm});
    step.verify = {NicIs{nic, true}};
    step.undo = {DetachNic{nic, xml}};
    step.undoText = line(u"detach-device"_s);
    return step;
}

QByteArray floatNicXml(const PlanInput &input, const VmView &vm, const MacAddress &mac, const PciAddress &pci)
{
    const QString &place = input.policy.floatNetwork;
    return newInterfaceXml(mac, place, vm.hypervisor->network(place) != nullptr, pci);
}

namespace {

Result<PciSlots> slotsOf(const PlanInput &input, const std::optional<DomainForm> &form, const VmView &vm)
{
    const Document *document = form ? input.evidence.find(form->source.document) : nullptr;
    if (!document)
        return failure(ErrorKind::Refused, vm.subject,
                       u"its description is not among what was read: read the fleet live first"_s);
    auto slots = pciSlotsOf(document->text);
    if (!slots)
        return failure(ErrorKind::Refused, form->source.document, slots.error().message);
    return slots;
}

} // namespace

Result<PciAddress> slotForNewNic(const PlanInput &input, const VmView &vm)
{
    const bool runs = vm.domain->isRunning();
    const auto persistent = slotsOf(input, vm.domain->inactive, vm);
    const auto live = runs ? slotsOf(input, vm.domain->live, vm) : persistent;
    for (const auto *slots : {&live, &persistent})
        if (!*slots)
            return tl::unexpected(slots->error());
    if (const auto slot = commonFreeSlot(*live, *persistent))
        return *slot;
    return failure(
        ErrorKind::Refused, vm.subject,
        u"it has no PCI slot that is free both now and after a restart: add a pcie-root-port to its "
        u"description (virsh edit) and start it anew, or choose another VM"_s);
}

} // namespace tropo
