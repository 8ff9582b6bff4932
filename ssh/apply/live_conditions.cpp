#include "ssh/apply/live_actions.h"

#include "models/parse/network_xml.h"
#include "models/text/plain_text.h"
#include "ssh/apply/arp.h"
#include "ssh/apply/docker_ids.h"
#include "ssh/apply/live_sightings.h"
#include "ssh/apply/plan_reverts.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

using Reach = LiveExecutor::Reach;

const Nic *nicIn(const DomainForm &form, const NicPlace &place)
{
    const auto found = std::find_if(form.nics.begin(), form.nics.end(), [&](const Nic &nic) {
        return nic.mac == place.mac && nic.pci == place.pci;
    });
    return found == form.nics.end() ? nullptr : &*found;
}

Result<Observation> see(Reach &reach, const NicIs &c, const std::stop_token &stop)
{
    const auto form = reach.form(c.nic.vm, c.nic.form, stop);
    if (!form)
        return tl::unexpected(form.error());
    const bool there = nicIn(*form, c.nic) != nullptr;
    return Observation{there == c.present, there ? u"it is there"_s : u"it is not there"_s};
}

Result<Observation> see(Reach &reach, const NicCount &c, const std::stop_token &stop)
{
    const auto form = reach.form(c.vm, c.form, stop);
    if (!form)
        return tl::unexpected(form.error());
    const auto count =
        std::count_if(form->nics.begin(), form->nics.end(), [&](const Nic &nic) { return nic.mac == c.mac; });
    return Observation{count == c.count, u"there are %1"_s.arg(count)};
}

Result<Observation> see(Reach &reach, const HoldersAre &c, const std::stop_token &stop)
{
    QStringList holders;
    for (const QString &name : c.hypervisors) {
        const auto here = holdersOn(reach, name, c.mac, stop);
        if (!here)
            return tl::unexpected(here.error());
        holders += *here;
    }
    holders.sort();
    return Observation{holders == c.subjects, holders.isEmpty()
                                                  ? u"nobody has one"_s
                                                  : u"they belong to %1"_s.arg(holders.join(", "_L1))};
}

Result<Observation> see(Reach &reach, const NobodySends &c, const std::stop_token &stop)
{
    for (const QString &name : c.hypervisors) {
        const auto taps = tapsThatSend(reach, name, c.mac, stop);
        if (!taps)
            return tl::unexpected(taps.error());
        if (!taps->isEmpty())
            return Observation{false, u"%1 learned it behind %2"_s.arg(name, taps->join(" and "_L1))};
    }
    return Observation{true, u"none has"_s};
}

Result<Observation> see(Reach &reach, const SlotIsFree &c, const std::stop_token &stop)
{
    return slotIsFree(reach, c, stop);
}

Result<Observation> see(Reach &reach, const DomainRuns &c, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(c.vm.hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    const auto state = (*libvirt)->domainState(c.vm.uuid, stop);
    if (!state)
        return tl::unexpected(state.error());
    constexpr int running = 1; // VIR_DOMAIN_RUNNING
    constexpr int paused = 3;
    return Observation{*state == running, *state == running  ? u"it runs"_s
                                          : *state == paused ? u"it is paused"_s
                                                             : u"it does not run"_s};
}

Result<Observation> see(Reach &reach, const NicLinkIs &c, const std::stop_token &stop)
{
    const auto form = reach.form(c.nic.vm, c.nic.form, stop);
    if (!form)
        return tl::unexpected(form.error());
    const Nic *nic = nicIn(*form, c.nic);
    if (!nic)
        return Observation{false, u"it is not there"_s};
    const bool up = nic->linkUp.value_or(true);
    return Observation{up == c.up, up ? u"it is up"_s : u"it is down"_s};
}

Result<Observation> see(Reach &reach, const CarrierInside &c, const std::stop_token &stop)
{
    const auto device = reach.deviceAt(c.vm, c.pci, stop);
    if (!device)
        return tl::unexpected(device.error());
    if (device->isEmpty())
        return Observation{false, u"no interface inside is there"_s};
    const auto answer = reach.change(c.vm, {u"carrier"_s, {*device}, {}}, stop);
    if (!answer)
        return tl::unexpected(answer.error());
    const QString said = answer->fact(u"carrier").value_or(QString()).section(u' ', -1);
    if (said != u"0" && said != u"1")
        return failure(ErrorKind::Refused, c.vm.subject(),
                       u"%1 is down inside, so it does not tell its cable's state"_s.arg(*device));
    const bool up = said == u"1";
    return Observation{up == c.up, u"%1 has %2 carrier"_s.arg(*device, up ? u"a"_s : u"no"_s)};
}

/// The cable may be the one that we come by: then it is told that nothing could be asked.
Result<Observation> see(Reach &reach, const CarriersInside &c, const std::stop_token &stop)
{
    const auto answer = reach.change(c.vm, {u"carrier"_s, c.devices, {}}, stop);
    if (!answer)
        return Observation{true, u"the guest could not be asked while the cable was pulled, so most likely "
                                 u"this NIC is our own way in (%1)"_s.arg(answer.error().message)};
    QStringList without;
    for (const QString &fact : answer->allFacts(u"carrier"))
        if (fact.section(u' ', -1) == u"0")
            without.append(fact.section(u' ', 0, -2));
    return Observation{true, carrierWords(without)};
}

Result<Observation> see(Reach &reach, const GuestFileIs &c, const std::stop_token &stop)
{
    const auto answer = reach.change(c.vm, ChangeCall::read(c.path), stop);
    if (!answer)
        return tl::unexpected(answer.error());
    const QString sha = answer->fact(u"sha256").value_or(QString());
    if (sha.isEmpty())
        return failure(ErrorKind::Format, c.vm.subject(),
                       u"the change script did not tell the checksum of %1"_s.arg(c.path));
    if (sha == fileSum({}))
        return Observation{c.sha256.isEmpty(), u"there is no such file"_s};
    return Observation{sha == c.sha256, u"its checksum is %1…"_s.arg(sha.left(12))};
}

Result<Observation> see(Reach &reach, const GuestAddressIs &c, const std::stop_token &stop)
{
    return guestAddress(reach, c, stop);
}

Result<Observation> see(Reach &reach, const GuestReachable &c, const std::stop_token &stop)
{
    const auto answer = reach.inGuest(c.vm, "true", stop);
    if (!answer)
        return tl::unexpected(answer.error());
    return Observation{answer->status == 0, u"it answers"_s};
}

Result<Observation> see(Reach &reach, const AddressSilent &c, const std::stop_token &stop)
{
    const auto macs = arpAnswers(reach, c.hypervisor, c.bridge, c.address, stop);
    if (!macs)
        return tl::unexpected(macs.error());
    return Observation{macs->isEmpty(),
                       macs->isEmpty() ? u"nobody answered"_s : u"%1 answered"_s.arg(macs->join(" and "_L1))};
}

Result<Observation> see(Reach &reach, const AddressAnswers &c, const std::stop_token &stop)
{
    const auto macs = arpAnswers(reach, c.hypervisor, c.bridge, c.address, stop);
    if (!macs)
        return tl::unexpected(macs.error());
    return Observation{*macs == QStringList{c.mac.toString()},
                       macs->isEmpty() ? u"nobody answered"_s : u"%1 answered"_s.arg(macs->join(" and "_L1))};
}

Result<Observation> see(Reach &reach, const BridgeLearned &c, const std::stop_token &stop)
{
    const auto form = reach.form(c.nic.vm, NicForm::Live, stop);
    if (!form)
        return tl::unexpected(form.error());
    const Nic *nic = nicIn(*form, c.nic);
    if (!nic)
        return Observation{false, u"the NIC is not there"_s};
    return bridgeLearned(reach, c, nic->target, stop);
}

Result<Observation> see(Reach &reach, const DomainAutostartIs &c, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(c.vm.hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    const auto on = (*libvirt)->domainAutostart(c.vm.uuid, stop);
    if (!on)
        return tl::unexpected(on.error());
    return Observation{*on == c.on, *on ? u"it does"_s : u"it does not"_s};
}

Result<Observation> see(Reach &reach, const NetworkAutostartIs &c, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(c.network.hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    const auto on = (*libvirt)->networkAutostart(c.network.name, stop);
    if (!on)
        return tl::unexpected(on.error());
    return Observation{*on == c.on, *on ? u"it does"_s : u"it does not"_s};
}

Result<Observation> see(Reach &reach, const NetworkActiveIs &c, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(c.network.hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    const auto active = (*libvirt)->networkActive(c.network.name, stop);
    if (!active)
        return tl::unexpected(active.error());
    return Observation{*active == c.active, *active ? u"it is active"_s : u"it is not active"_s};
}

Result<Observation> see(Reach &reach, const NetworkDefined &c, const std::stop_token &stop)
{
    const auto libvirt = reach.libvirt(c.network.hypervisor, stop);
    if (!libvirt)
        return tl::unexpected(libvirt.error());
    const auto names = (*libvirt)->definedNetworks(stop);
    if (!names)
        return tl::unexpected(names.error());
    const bool defined = names->contains(c.network.name);
    return Observation{defined == c.defined, defined ? u"it is"_s : u"it is not"_s};
}

Result<Observation> see(Reach &reach, const ReservationIs &c, const std::stop_token &stop)
{
    const auto form = networkForm(reach, c.network, false, stop);
    if (!form)
        return tl::unexpected(form.error());
    const auto has = [&c](const NetworkForm &one) {
        return std::any_of(one.reservations.begin(), one.reservations.end(), [&c](const Reservation &is) {
            return is.mac == c.mac && is.address == c.address && is.name == c.name;
        });
    };
    if (has(*form) != c.present)
        return Observation{false, c.present ? u"it is not there"_s : u"it is there"_s};
    // What runs only is gone with the next start; what is only described comes back with it.
    const auto defined = see(reach, NetworkDefined{c.network, true}, stop);
    if (!defined)
        return tl::unexpected(defined.error());
    const auto described = defined->holds ? networkForm(reach, c.network, true, stop) : form;
    if (!described)
        return tl::unexpected(described.error());
    const bool there = has(*described);
    return Observation{there == c.present, there == c.present
                                               ? (there ? u"it is there"_s : u"it is not there"_s)
                                           : there ? u"its description still has it"_s
                                                   : u"its description does not have it"_s};
}

Result<Observation> see(Reach &reach, const NetworkIs &c, const std::stop_token &stop)
{
    const auto form = networkForm(reach, c.network, c.persistent, stop);
    if (!form)
        return tl::unexpected(form.error());
    const auto wished = parseNetworkXml(c.xml, u"wished"_s).value;
    if (!wished)
        return failure(ErrorKind::Format, c.network.name, u"the wished description cannot be read"_s);
    const QString difference = networkDifference(*form, *wished);
    return Observation{difference.isEmpty(), difference.isEmpty() ? u"it is"_s : difference};
}

Result<Observation> see(Reach &reach, const ContainerIs &c, const std::stop_token &stop)
{
    if (const auto plain = dockerId(c.container.id, c.container.vm); !plain)
        return tl::unexpected(plain.error());
    const auto output =
        reach.docker(c.container.vm,
                     {u"ps"_s, u"-a"_s, u"--no-trunc"_s, u"--filter"_s, QString(u"id="_s + c.container.id),
                      u"--format"_s, u"{{.ID}} {{.State}} {{.Label \"com.docker.swarm.task.id\"}}"_s},
                     stop);
    if (!output)
        return tl::unexpected(output.error());
    if (output->status != 0)
        return failure(ErrorKind::Refused, c.container.vm.subject(),
                       u"docker could not list its containers: %1"_s.arg(
                           visibleText(QString::fromUtf8(output->error).trimmed(), 300)));
    const QStringList words = QString::fromUtf8(output->out).section(u'\n', 0, 0).split(u' ');
    if (words.value(0).isEmpty())
        return Observation{c.phase == ContainerPhase::Absent, u"it is gone"_s};
    if (!c.container.taskId.isEmpty() && !words.value(2).startsWith(c.container.taskId.left(12)))
        return Observation{false, u"it belongs to another task now"_s};
    const bool runs =
        words.value(1) == u"running" || words.value(1) == u"paused" || words.value(1) == u"restarting";
    const auto phase = runs ? ContainerPhase::Running : ContainerPhase::Stopped;
    return Observation{phase == c.phase, u"it is %1"_s.arg(visibleText(words.value(1), 40))};
}

Result<Observation> see(Reach &reach, const TaskUnwanted &c, const std::stop_token &stop)
{
    if (const auto plain = dockerId(c.container.taskId, c.container.vm); !plain)
        return tl::unexpected(plain.error());
    const auto output = reach.docker(
        c.manager,
        {u"inspect"_s, u"--type"_s, u"task"_s, u"--format"_s, u"{{.DesiredState}}"_s, c.container.taskId},
        stop);
    if (!output)
        return tl::unexpected(output.error());
    const QString said = QString::fromUtf8(output->out).trimmed();
    if (output->status == 0)
        return Observation{said != u"running" && said != u"ready",
                           u"the Swarm wants it %1"_s.arg(visibleText(said, 40))};
    const QString why = visibleText(QString::fromUtf8(output->error).trimmed(), 300);
    if (why.contains(u"No such"_s, Qt::CaseInsensitive) || why.contains(u"not found"_s))
        return Observation{true, u"the Swarm does not know its task"_s};
    return failure(ErrorKind::Refused, c.manager.subject(),
                   u"the Swarm's manager did not say: %1"_s.arg(why));
}

Result<Observation> see(Reach &reach, const ServiceReplicasAre &c, const std::stop_token &stop)
{
    return serviceReplicas(reach, c, stop);
}

Result<Observation> see(Reach &reach, const RevertArmed &c, const std::stop_token &stop)
{
    return reach.reverts().observe(reach, c, stop);
}

} // namespace

Result<Observation> observeLive(LiveExecutor::Reach &reach, const Condition &condition,
                                const std::stop_token &stop)
{
    return std::visit([&](const auto &one) { return see(reach, one, stop); }, condition);
}

} // namespace tropo
