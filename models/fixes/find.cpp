#include "models/fixes/find.h"

#include "models/fixes/files/guest_paths.h"
#include "models/text/plain_text.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

tl::unexpected<Error> unknown(const QString &what, const QString &text, QStringList known)
{
    known.sort();
    constexpr int most = 12;
    const bool cut = known.size() > most;
    const QString names = known.isEmpty() ? u"there is none"_s
                                          : u"there are %1%2"_s.arg(known.mid(0, most).join(", "_L1),
                                                                    cut ? u", …"_s : QString());
    return failure(ErrorKind::Usage, {}, u"no %1 \"%2\": %3"_s.arg(what, visibleText(text, 80), names));
}

/// "trop02/vm/Acilamwen/nic/…" is meant as well as "trop02/vm/Acilamwen" and "trop02/Acilamwen".
bool names(const VmView &vm, const QString &text)
{
    return text == vm.domain->name || text == QString(vm.hypervisor->name + u'/' + vm.domain->name) ||
           text == vm.subject || text.startsWith(vm.subject + u'/');
}

} // namespace

Result<const VmView *> vmNamed(const VmIndex &index, const QString &text)
{
    QList<const VmView *> found;
    QStringList known;
    for (const VmView &vm : index.vms()) {
        known.append(vm.hypervisor->name + u'/' + vm.domain->name);
        if (names(vm, text))
            found.append(&vm);
    }
    if (found.isEmpty())
        return unknown(u"VM"_s, text, known);
    if (found.size() > 1)
        return failure(ErrorKind::Usage, {},
                       u"there are %1 VMs called \"%2\": write HYPERVISOR/NAME"_s.arg(
                           QString::number(found.size()), visibleText(text, 80)));
    return found.front();
}

Result<const FloatPolicy *> floatNamed(const Policy &policy, const QString &text)
{
    QStringList known;
    const auto address = Ipv4::fromString(text);
    for (const FloatPolicy &floating : policy.floats) {
        if (floating.name == text || text == subject::floating(floating.name) || address == floating.address)
            return &floating;
        known.append(floating.name);
    }
    return unknown(u"float"_s, text, known);
}

Result<const Hypervisor *> hypervisorNamed(const Fleet &fleet, const QString &text)
{
    if (const Hypervisor *hypervisor = fleet.hypervisor(text))
        return hypervisor;
    QStringList known;
    for (const Hypervisor &hypervisor : fleet.hypervisors)
        known.append(hypervisor.name);
    return unknown(u"hypervisor"_s, text, known);
}

std::optional<QString> guestPathOf(const QString &document)
{
    const auto paths = pathsOnGuest(document);
    return paths && !paths->isEmpty() ? std::optional(paths->front()) : std::nullopt;
}

VmPlace placeOf(const VmView &vm)
{
    return {vm.hypervisor->name, vm.domain->name, vm.domain->uuid};
}

namespace {

std::optional<Ipv4> handedOut(const VmView &vm, const Policy &policy)
{
    const DomainForm *form = vm.domain->current();
    if (!form)
        return {};
    for (const Nic &nic : form->nics) {
        const Network *network = nic.network.isEmpty() ? nullptr : vm.hypervisor->network(nic.network);
        if (!network || !nic.mac || policy.floatWith(*nic.mac))
            continue;
        if (network->known())
            for (const Reservation &reservation : network->known()->reservations)
                if (reservation.mac == nic.mac && reservation.address)
                    return reservation.address;
        std::optional<Lease> newest;
        for (const Lease &lease : network->leases.value_or(QList<Lease>()))
            if (lease.mac == *nic.mac && lease.address && (!newest || newest->expires < lease.expires))
                newest = lease;
        if (newest)
            return newest->address;
    }
    return {};
}

} // namespace

std::optional<GuestWay> wayInto(const VmView &vm, const Policy &policy)
{
    const GuestPolicy *own = policy.guest(vm.hypervisor->name, vm.domain->name);
    const QString user = own && !own->user.isEmpty() ? own->user : policy.guestUser;
    auto address = own && own->address ? own->address : handedOut(vm, policy);
    if (!address || policy.floatWith(*address))
        return {};
    return GuestWay{*address, user};
}

Result<void> changeable(const VmView &vm)
{
    const Domain &domain = *vm.domain;
    const auto refuse = [&vm](const QString &why) { return failure(ErrorKind::Refused, vm.subject, why); };
    if (domain.uuid.isEmpty())
        return refuse(
            u"its UUID was not read, so it cannot be told from others: read the fleet live first"_s);
    const bool runs = domain.isRunning();
    if (!runs && domain.state != DomainState::ShutOff && domain.state != DomainState::Crashed)
        return refuse(
            u"it is paused or its state is not known; a paused guest says that a NIC was detached and keeps "
            u"it: resume it (virsh resume) or shut it down first"_s);
    if (runs && (!domain.live || domain.live->partial))
        return refuse(u"its live description was not read whole: read the fleet live first"_s);
    if (domain.persistent.value_or(true) && (!domain.inactive || domain.inactive->partial))
        return refuse(u"its persistent description was not read whole: read the fleet live first"_s);
    return {};
}

Result<const VmView *> changeableVm(const VmIndex &index, const QString &text)
{
    const auto vm = vmNamed(index, text);
    if (!vm)
        return vm;
    const auto may = changeable(**vm);
    return may ? vm : Result<const VmView *>(tl::unexpected(may.error()));
}

Result<GuestWay> changeableInside(const VmView &vm, const Policy &policy)
{
    const auto refuse = [&vm](const QString &why) { return failure(ErrorKind::Refused, vm.subject, why); };
    if (!vm.domain->guest || !vm.configsKnown() || !vm.addressesKnown())
        return refuse(u"its inside was not read, so it is not known what would have to change there"_s);
    if (!policy.guestSudo)
        return refuse(u"the fleet file does not allow sudo inside guests ([guests] sudo = true)"_s);
    const auto way = wayInto(vm, policy);
    if (!way)
        return refuse(
            u"there is no way into it that is not a float: give its address in the fleet file ([[guest]])"_s);
    return *way;
}

} // namespace tropo
