#include "models/fixes/reservation_offers.h"

#include "models/fleet/connection.h"
#include "models/fleet/subject.h"
#include "models/rules/vm_index.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString plan = u"reservation-fix"_s;

bool standsOn(const Finding &finding, const Source &source)
{
    return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                       [&](const Quote &quote) { return quote.source == source; });
}

PlanRequest setTo(const QString &network, const Reservation &wish)
{
    QStringList words{network, u"set"_s};
    if (wish.mac)
        words.append(wish.mac->toString());
    if (wish.address)
        words.append(wish.address->toString());
    if (!wish.name.isEmpty())
        words.append(wish.name);
    return {plan, words, {}};
}

PlanRequest takenAway(const QString &network, const Reservation &old)
{
    PlanRequest request = setTo(network, old);
    request.arguments[1] = u"remove"_s;
    return request;
}

const Reservation *declaredFor(const Network &network, const Reservation &is)
{
    if (!network.declared)
        return nullptr;
    const auto &all = network.declared->reservations;
    const auto with = [&all](const auto &same) -> const Reservation * {
        const auto found = std::find_if(all.begin(), all.end(), same);
        return found == all.end() ? nullptr : &*found;
    };
    if (const auto *byMac = with([&](const Reservation &one) { return is.mac && one.mac == is.mac; }))
        return byMac;
    return with([&](const Reservation &one) {
        const auto &running = network.form->reservations;
        const bool isThere = std::any_of(running.begin(), running.end(),
                                         [&](const Reservation &other) { return other.mac == one.mac; });
        return !is.name.isEmpty() && one.name == is.name && !isThere;
    });
}

/// The address in the network that ends as the MAC does.
std::optional<Ipv4> byOctet(const Network &network, MacAddress mac)
{
    const auto subnet = network.form ? network.form->subnet() : std::nullopt;
    if (!subnet || subnet->prefix != 24)
        return {};
    const Ipv4 address((subnet->base.bits() & 0xffffff00U) | static_cast<quint32>(mac.octet(5)));
    const auto &ranges = network.form->ranges;
    const bool isInside =
        ranges.isEmpty() || std::any_of(ranges.begin(), ranges.end(), [&](const DhcpRange &range) {
            return range.start.bits() <= address.bits() && address.bits() <= range.end.bits();
        });
    return isInside ? std::optional(address) : std::nullopt;
}

bool isSame(const Reservation &a, const Reservation &b)
{
    return a.mac == b.mac && a.address == b.address && a.name == b.name;
}

QList<PlanRequest> offersOn(const PlanInput &input, const Finding &finding, const Network &network,
                            const QString &subject)
{
    QList<PlanRequest> offers;
    if (!network.form)
        return offers;
    QStringList names; ///< of VMs that the finding is about
    const VmIndex index(input.fleet);
    for (const VmView &vm : index.vms())
        if (vm.subject == finding.subject)
            names.append(vm.domain->name);
    const auto &running = network.form->reservations;
    if (network.declared && finding.rule == u"network-drift")
        for (const Reservation &declared : network.declared->reservations) {
            const bool isThere = std::any_of(running.begin(), running.end(),
                                             [&](const Reservation &one) { return one.mac == declared.mac; });
            if (declared.mac && !isThere)
                offers.append(setTo(subject, declared));
        }
    for (const Reservation &is : running) {
        if (!standsOn(finding, is.source) || !is.mac)
            continue;
        const Reservation *declared = declaredFor(network, is);
        if (declared && declared->mac && !isSame(*declared, is))
            offers.append(setTo(subject, *declared));
        if (finding.rule == u"reservation-name-mismatch" && names.size() == 1)
            offers.append(setTo(subject, {is.mac, is.address, names.front(), {}}));
        const auto wish = byOctet(network, *is.mac);
        if (wish && is.address && *wish != *is.address)
            offers.append(setTo(subject, {is.mac, wish, is.name, {}}));
        if (finding.rule == u"lease-mismatch")
            for (const Lease &lease : network.leases.value_or(QList<Lease>()))
                if (lease.mac == *is.mac && lease.address && lease.address != is.address)
                    offers.append(setTo(subject, {is.mac, lease.address, is.name, {}}));
        const bool isUndeclared = finding.rule == u"network-drift" && network.declared && !declared;
        if (isUndeclared || finding.rule == u"reservation-duplicate" ||
            finding.rule == u"reservation-outside-range")
            offers.append(takenAway(subject, is));
    }
    return offers;
}

/// For a VM without one: the address that it has by lease, else the one by its MAC.
QList<PlanRequest> newFor(const PlanInput &input, const Finding &finding, const Hypervisor &hypervisor,
                          const Network &network, const QString &subject)
{
    QList<PlanRequest> offers;
    const VmIndex index(input.fleet);
    for (const VmView &vm : index.vms()) {
        const DomainForm *form = vm.domain->current();
        if (vm.subject != finding.subject || !form || vm.hypervisor != &hypervisor)
            continue;
        for (const Nic &nic : form->nics) {
            if (!nic.mac || connectionOf(nic, hypervisor).network != network.name ||
                !standsOn(finding, nic.source))
                continue;
            std::optional<Ipv4> address = byOctet(network, *nic.mac);
            for (const Lease &lease : network.leases.value_or(QList<Lease>()))
                if (lease.mac == *nic.mac && lease.address)
                    address = lease.address;
            offers.append(setTo(subject, {nic.mac, address, vm.domain->name, {}}));
        }
    }
    return offers;
}

} // namespace

QList<PlanRequest> reservationOffers(const PlanInput &input, const Finding &finding)
{
    QList<PlanRequest> offers;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        for (const Network &network : hypervisor.networks.value_or(QList<Network>())) {
            const QString subject = subject::network(hypervisor.name, network.name);
            if (finding.subject != subject && !finding.related.contains(subject))
                continue;
            if (finding.rule == u"reservation-missing")
                offers += newFor(input, finding, hypervisor, network, subject);
            else
                offers += offersOn(input, finding, network, subject);
        }
    return offers;
}

} // namespace tropo
