#include "models/fixes/float_parts.h"

#include "models/fixes/float_inside.h"
#include "models/fixes/nic_steps.h"
#include "models/fixes/typed.h"
#include "models/fleet/connection.h"
#include "models/rules/about.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList readHypervisors(const Fleet &fleet)
{
    QStringList names;
    for (const Hypervisor &hypervisor : fleet.hypervisors)
        if (hypervisor.domains)
            names.append(hypervisor.name);
    return names;
}

Step proof(const QString &id, const QString &title, const QString &machine, const QList<Condition> &verify)
{
    Step step;
    step.id = id;
    step.title = title;
    step.machine = machine;
    step.command = u":"_s; // nothing is typed: it is read
    step.action = Wait{};
    step.verify = verify;
    step.undoText = u"nothing was changed"_s;
    return step;
}

/// On the way back a cable is plugged in before the interface comes up: without a carrier it would not, and
/// nobody would hear what it announces.
Step plugsFirst(Step down, const QList<Step> &pulled)
{
    const auto *interface = std::get_if<SetGuestInterface>(&down.action);
    if (!interface || interface->up)
        return down;
    for (const Step &pull : pulled) {
        const NicPlace &nic = std::get<SetNicLink>(pull.action).nic;
        if (interface->pci && nic.pci != *interface->pci)
            continue;
        down.undo = pull.undo + down.undo;
        down.undoText = pull.undoText + u'\n' + down.undoText;
    }
    return down;
}

/// The next two are what one would type; each fails where it is not so.
QString noNicLine(const Policy &policy, const QString &hypervisor, MacAddress mac)
{
    const auto virsh = [&](const QString &verb) { return virshLine(policy, hypervisor, {verb}); };
    return u"vms=$(%1 --all --uuid)\n"
           u"for vm in $vms; do\n"
           u"    xml=$(%2 \"$vm\" && { %2 --inactive \"$vm\" || :; })\n"
           u"    case $xml in *%3*) echo %4 \"$vm\"; exit 1 ;; esac\n"
           u"done"_s.arg(virsh(u"list"_s), virsh(u"dumpxml"_s), mac.toString(),
                         shellWord(u"on %1, this VM has a NIC with %2:"_s.arg(hypervisor, mac.toString())));
}

QString silentLine(const Policy &policy, const QString &hypervisor, const QString &bridge, Ipv4 address)
{
    return hostLine(
        policy, hypervisor,
        u"arping=arping; command -v arping >/dev/null || arping='busybox arping'; $arping -D -c 2 "
        u"-I %1 %2"_s.arg(shellWord(bridge), address.toString()));
}

/// A float's file may lie where nobody has looked.
void addUnreadFiles(const PlanInput &input, const FloatPolicy &floating, Plan &plan)
{
    QStringList unread;
    const VmIndex index(input.fleet);
    for (const VmView &vm : index.vms())
        if (vm.domain->isRunning() && !vm.configsKnown())
            unread.append(vm.domain->name);
    const QString text =
        u"The files inside %1 were not read: one of them may bring %2 up at its next start"_s.arg(
            someOf(unread, u", "_s), floating.address.toString());
    if (!unread.isEmpty() && !plan.warnings.contains(text))
        plan.warnings.append(text);
}

template <typename Made> Result<void> append(Plan &plan, Made made)
{
    if (!made)
        return tl::unexpected(made.error());
    plan.steps.append(*std::move(made));
    return {};
}

} // namespace

Result<QList<FloatFacts>> holdersOf(const PlanInput &input, const VmIndex &index, const FloatPolicy &floating)
{
    const auto refuse = [&](const QString &where, const QString &why) {
        return failure(
            ErrorKind::Refused, where,
            u"%1, so it is not known whether %2 is held there: read it first"_s.arg(why, floating.name));
    };
    for (const HypervisorPolicy &expected : input.policy.hypervisors)
        if (const Hypervisor *read = input.fleet.hypervisor(expected.name); !read || !read->domains)
            return refuse(expected.name, u"its virtual machines were not read"_s);
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        for (const Interface &interface :
             hypervisor.host.interfaces ? hypervisor.host.interfaces->items : QList<Interface>())
            for (const InterfaceAddress &address : interface.addresses)
                if (address.address == floating.address)
                    return failure(
                        ErrorKind::Refused, hypervisor.name,
                        u"the hypervisor itself has %1 on %2: take it off there first (ip addr del %1 dev "
                        u"%2, and from its /etc/network/interfaces)"_s.arg(floating.address.toString(),
                                                                           interface.name));
    QList<FloatFacts> holders;
    for (const VmView &vm : index.vms()) {
        if (!vm.nicsKnown())
            return refuse(vm.subject, u"its NICs are not known"_s);
        const FloatFacts facts = factsOf(floating, vm);
        if (facts.claims())
            holders.append(facts);
    }
    return holders;
}

Result<QString> floatBridge(const Hypervisor &hypervisor, const Policy &policy)
{
    const auto refuse = [&](const QString &why) { return failure(ErrorKind::Refused, hypervisor.name, why); };
    if (policy.floatNetwork.isEmpty())
        return refuse(u"the fleet file does not say which network floats hang on ([floats] network)"_s);
    if (const Network *network = hypervisor.network(policy.floatNetwork)) {
        if (network->active != true)
            return refuse(u"its network %1 is not known to be active: start it first (network-start)"_s.arg(
                network->name));
        if (!network->form || network->form->bridge.isEmpty())
            return refuse(u"it is not known which bridge its network %1 uses"_s.arg(network->name));
        return network->form->bridge;
    }
    if (hypervisor.host.interfaces && hypervisor.host.interfaces->find(policy.floatNetwork))
        return policy.floatNetwork;
    return refuse(u"it has no network or bridge %1, so the float would not reach the same wire there"_s.arg(
        policy.floatNetwork));
}

QStringList blastOf(const FloatPolicy &floating, const VmView &vm)
{
    QStringList lines;
    for (const QString &served : servedBy(vm))
        lines.append(u"%1 → its NIC → %2 on %3 → %4"_s.arg(floating.name, vm.domain->name,
                                                           vm.hypervisor->name, served));
    if (lines.isEmpty())
        lines.append(u"%1 → its NIC → %2 on %3"_s.arg(floating.name, vm.domain->name, vm.hypervisor->name));
    return lines;
}

void addVm(const VmView &vm, bool isCut, Plan &plan)
{
    if (!plan.touches.contains(vm.subject))
        plan.touches.append(vm.subject);
    if (!plan.hypervisors.contains(vm.hypervisor->name))
        plan.hypervisors.append(vm.hypervisor->name);
    if (isCut && !plan.confirm.contains(vm.domain->name))
        plan.confirm.append(vm.domain->name);
}

void addWarnings(const PlanInput &input, const FloatFacts &holder, Plan &plan)
{
    for (const auto *nics : {&holder.live, &holder.persistent})
        for (const Nic *nic : *nics)
            if (const QString text = u"The filter %1 is pinned to %2 of %3: it may hold the old MAC or "
                                     u"address; look at it after the "
                                     u"move"_s.arg(nic->filter, nicName(*nic), holder.vm->domain->name);
                !nic->filter.isEmpty() && !plan.warnings.contains(text))
                plan.warnings.append(text);
    for (const MacClaim &claim : holder.mismatches) {
        const FloatPolicy *other = input.policy.floatWith(claim.mac.value);
        plan.warnings.append(
            u"%1 of %2 has %3's address with the MAC %4%5: its NICs stay, only the address goes"_s.arg(
                claim.unit->name, holder.vm->domain->name, holder.floating->name, claim.mac.value.toString(),
                other ? u", which is %1's"_s.arg(other->name) : QString()));
    }
    for (const InsideUnit *unit : holder.configured)
        if (const Nic *nic = holder.vm->outsideOf(*unit); nic && nic->mac != holder.floating->mac)
            plan.warnings.append(
                u"%1 of %2 stays, on a NIC that is not the float's, and may be left without an address: "
                u"configure it anew, or detach it"_s.arg(unit->name, holder.vm->domain->name));
    if (!holder.vm->configsKnown())
        plan.warnings.append(
            u"The files inside %1 were not read: a file there may bring the address back at its next "
            u"start"_s.arg(holder.vm->domain->name));
}

Result<void> addRelease(const PlanInput &input, const FloatFacts &holder, Plan &plan)
{
    const VmView &vm = *holder.vm;
    if (const auto may = changeable(vm); !may)
        return may;
    const bool mayServe = !holder.live.isEmpty() && !vm.addressesKnown();
    addVm(vm, !holder.running.isEmpty() || mayServe, plan);
    plan.blast += blastOf(*holder.floating, vm);
    addWarnings(input, holder, plan);
    // The cables first: an interface that is down does not tell its carrier.
    QList<Step> pulled;
    for (const Nic *nic : holder.live) {
        const auto pull = pullCableStep(input, vm, *nic);
        if (!pull)
            return tl::unexpected(pull.error());
        pulled.append(*pull);
    }
    if (mayServe) {
        pulled.front().disruptive = true;
        pulled.front().outage = u"whatever %1 serves at %2: its inside was not read"_s.arg(
            vm.domain->name, holder.floating->address.toString());
    }
    const auto inside = releaseInsideSteps(input, vm, *holder.floating);
    if (!inside)
        return tl::unexpected(inside.error());
    plan.steps += pulled;
    for (const Step &step : *inside)
        plan.steps.append(plugsFirst(step, pulled));
    for (const Nic *nic : holder.live)
        if (const auto added = append(plan, detachStep(input, vm, *nic, NicForm::Live)); !added)
            return added;
    for (const Nic *nic : holder.persistent)
        if (const auto added = append(plan, detachStep(input, vm, *nic, NicForm::Persistent)); !added)
            return added;
    return {};
}

void addProofOfFree(const PlanInput &input, const FloatPolicy &floating, const QStringList &askFrom,
                    Plan &plan)
{
    addUnreadFiles(input, floating, plan);
    QList<Condition> verify{HoldersAre{floating.mac, readHypervisors(input.fleet), {}},
                            NobodySends{floating.mac, readHypervisors(input.fleet)}};
    QStringList typed;
    for (const QString &name : readHypervisors(input.fleet))
        typed.append(noNicLine(input.policy, name, floating.mac));
    for (const QString &name : askFrom)
        if (const Hypervisor *hypervisor = input.fleet.hypervisor(name))
            if (const auto bridge = floatBridge(*hypervisor, input.policy)) {
                verify.append(AddressSilent{name, *bridge, floating.address});
                typed.append(silentLine(input.policy, name, *bridge, floating.address));
            }
    Step free = proof(u"prove-free"_s,
                      u"Prove that nobody holds %1: no NIC has its MAC, and nobody answers for %2"_s.arg(
                          floating.name, floating.address.toString()),
                      subject::floating(floating.name), verify);
    free.command = typed.join(u'\n');
    plan.steps.append(free);
}

namespace {

/// A hypervisor that is neither end, to ask from; else any that is read.
QString thirdPoint(const PlanInput &input, const QStringList &ends)
{
    for (const QString &name : readHypervisors(input.fleet))
        if (!ends.contains(name) && floatBridge(*input.fleet.hypervisor(name), input.policy))
            return name;
    return ends.value(0);
}

QList<Condition> holdsAndAnswers(const PlanInput &input, const VmView &vm, const FloatPolicy &floating,
                                 const NicPlace &live, const QString &bridge, const QString &third)
{
    QList<Condition> verify{
        HoldersAre{floating.mac, readHypervisors(input.fleet), {vm.subject}},
        NicCount{placeOf(vm), NicForm::Live, floating.mac, 1},
        NicCount{placeOf(vm), NicForm::Persistent, floating.mac, 1},
        GuestAddressIs{placeOf(vm), floating.address, live.pci, true},
        BridgeLearned{live, bridge},
    };
    if (const auto there = floatBridge(*input.fleet.hypervisor(third), input.policy))
        verify.append(AddressAnswers{third, *there, floating.address, floating.mac});
    return verify;
}

} // namespace

namespace {

/// The claim is read back twice, as what fights over a float may take it again.
void addProofOfClaim(const PlanInput &input, const VmView &vm, const FloatPolicy &floating,
                     const NicPlace &live, const QString &bridge, Plan &plan)
{
    const QString third = thirdPoint(input, plan.hypervisors);
    const auto verify = holdsAndAnswers(input, vm, floating, live, bridge, third);
    plan.steps.append(proof(u"verify"_s,
                            u"Read back: %1 alone holds %2, and it answers, as seen from %3"_s.arg(
                                vm.domain->name, floating.name, third),
                            subject::floating(floating.name), verify));
    Step again = proof(u"verify-again"_s, u"Read back once more after 10 s: nothing fell back"_s,
                       subject::floating(floating.name), verify);
    again.action = Wait{std::chrono::milliseconds(10'000)};
    again.command = u"sleep 10"_s;
    plan.steps.append(again);
}

} // namespace

Result<void> addClaim(const PlanInput &input, const VmView &vm, const FloatPolicy &floating, Plan &plan)
{
    if (const auto may = changeable(vm); !may)
        return may;
    if (!vm.domain->isRunning())
        return failure(
            ErrorKind::Refused, vm.subject,
            u"it does not run, so nothing inside can be set up: start it first, or choose another VM"_s);
    const auto bridge = floatBridge(*vm.hypervisor, input.policy);
    if (!bridge)
        return tl::unexpected(bridge.error());
    const auto slot = slotForNewNic(input, vm);
    if (!slot)
        return tl::unexpected(slot.error());
    const auto inside = claimInsideSteps(input, vm, floating, *slot, plan.steps);
    if (!inside)
        return tl::unexpected(inside.error());
    addVm(vm, false, plan);
    const QByteArray xml = floatNicXml(input, vm, floating.mac, *slot);
    const NicPlace live{placeOf(vm), NicForm::Live, floating.mac, *slot};
    NicPlace persistent = live;
    persistent.form = NicForm::Persistent;
    plan.steps.append(attachStep(input, vm, persistent, xml));
    plan.steps.append(attachStep(input, vm, live, xml));
    plan.steps += *inside;
    addProofOfClaim(input, vm, floating, live, *bridge, plan);
    return {};
}

} // namespace tropo
