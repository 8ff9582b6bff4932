#include "models/identify/known.h"

#include <algorithm>

namespace tropo {

QString Known::hypervisorOf(MacAddress mac) const
{
    for (const HypervisorPolicy &hypervisor : policy.hypervisors)
        if (hypervisor.macs && hypervisor.macs->contains(mac))
            return hypervisor.name;
    return {};
}

QString Known::hypervisorOf(Ipv4 address) const
{
    for (const HypervisorPolicy &hypervisor : policy.hypervisors)
        if (hypervisor.subnet && hypervisor.subnet->contains(address))
            return hypervisor.name;
    return {};
}

namespace {

/// Taps bear their NICs' MACs, and are the VMs'.
template <typename Has> std::optional<std::pair<QString, QString>> ownerThat(const Fleet &fleet, Has has)
{
    std::optional<std::pair<QString, QString>> owner;
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        QStringList names;
        for (const Interface &interface : hypervisor.host.interfaces.value_or(InterfaceList()).items)
            if (!interface.isLoopback() && interface.kind != u"tun" && has(interface))
                names.append(interface.name);
        if (names.isEmpty())
            continue;
        if (owner)
            return {}; // on two hypervisors it is nobody's alone
        owner = {hypervisor.name, names.join(QLatin1String(" and "))};
    }
    return owner;
}

} // namespace

std::optional<std::pair<QString, QString>> Known::ownerOf(MacAddress mac) const
{
    return ownerThat(fleet, [mac](const Interface &one) { return one.mac == mac; });
}

std::optional<std::pair<QString, QString>> Known::ownerOf(Ipv4 address) const
{
    return ownerThat(fleet, [address](const Interface &one) {
        return std::any_of(one.addresses.begin(), one.addresses.end(),
                           [address](const auto &a) { return a.address == address; });
    });
}

namespace {

template <typename Fits> const Reservation *reservationThat(const Fleet &fleet, Fits fits)
{
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        if (!hypervisor.networks)
            continue;
        for (const Network &network : *hypervisor.networks)
            for (const auto *form : {&network.form, &network.declared})
                if (*form)
                    for (const Reservation &reservation : (*form)->reservations)
                        if (fits(reservation))
                            return &reservation;
    }
    return nullptr;
}

} // namespace

const Reservation *Known::reservationFor(MacAddress mac) const
{
    return reservationThat(fleet, [mac](const Reservation &one) { return one.mac == mac; });
}

const Reservation *Known::reservationFor(Ipv4 address) const
{
    return reservationThat(fleet, [address](const Reservation &one) { return one.address == address; });
}

} // namespace tropo
