#include "tests/generator/world.h"

#include <algorithm>

namespace tropo::generator {

namespace {

template <typename List, typename Match> auto *found(List &list, Match match)
{
    const auto at = std::find_if(list.begin(), list.end(), match);
    return at == list.end() ? nullptr : &*at;
}

WorldNic *nicOn(QList<WorldNic> &nics, const QString &place)
{
    return found(nics, [&](const WorldNic &nic) { return nic.network == place || nic.bridge == place; });
}

} // namespace

WorldLink *WorldGuest::link(const QString &name)
{
    return found(links, [&](const WorldLink &one) { return one.name == name; });
}

WorldFile *WorldGuest::file(const QString &device)
{
    return found(files, [&](const WorldFile &one) { return one.device == device; });
}

WorldNic *WorldVm::liveNic(const QString &place)
{
    return nicOn(live, place);
}

WorldNic *WorldVm::nextNic(const QString &place)
{
    return nicOn(next, place);
}

PciAddress WorldVm::freePci() const
{
    // Slots up to 8 hold the disk, the balloon and the like; on q35 each device has a bus.
    for (std::uint8_t place = 9;; ++place) {
        const PciAddress pci = q35 ? PciAddress{0, place, 0, 0} : PciAddress{0, 0, place, 0};
        const auto has = [&](const WorldNic &nic) { return nic.pci == pci; };
        if (std::none_of(live.begin(), live.end(), has) && std::none_of(next.begin(), next.end(), has))
            return pci;
    }
}

WorldReservation *WorldNetwork::reservation(MacAddress wanted)
{
    return found(reservations, [&](const WorldReservation &one) { return one.mac == wanted; });
}

WorldLink *WorldHypervisor::link(const QString &wanted)
{
    return found(links, [&](const WorldLink &one) { return one.name == wanted; });
}

WorldNetwork *WorldHypervisor::network(const QString &wanted)
{
    return found(networks, [&](const WorldNetwork &one) { return one.name == wanted; });
}

WorldNetwork *WorldHypervisor::declared(const QString &wanted)
{
    return found(declaredNetworks, [&](const WorldNetwork &one) { return one.name == wanted; });
}

WorldFile *WorldHypervisor::file(const QString &device)
{
    return found(interfaces, [&](const WorldFile &one) { return one.device == device; });
}

WorldFile *WorldHypervisor::declaredFile(const QString &device)
{
    return found(declaredInterfaces, [&](const WorldFile &one) { return one.device == device; });
}

QString WorldHypervisor::bridgeOf(const WorldNic &nic) const
{
    if (!nic.bridge.isEmpty())
        return nic.bridge;
    const auto *network = found(networks, [&](const WorldNetwork &one) { return one.name == nic.network; });
    return network ? network->bridge : QString();
}

MacAddress WorldHypervisor::mac(int octet) const
{
    return MacAddress(0x5254'0002'0000ULL + (static_cast<quint64>(number) << 8) +
                      static_cast<quint64>(octet));
}

Ipv4 WorldHypervisor::natAddress(int octet) const
{
    const quint32 base = number <= 50 ? 0xc0a8'c800U + (static_cast<quint32>(number) << 8)
                                      : 0x0a64'0000U + (static_cast<quint32>(number) << 8);
    return Ipv4(base + static_cast<quint32>(octet));
}

MacAddress World::privateMac(int number) const
{
    return MacAddress(0x5254'0001'0000ULL + static_cast<quint64>(number));
}

WorldFloat *World::floatOf(const QString &vm)
{
    return found(floats, [&](const WorldFloat &one) { return one.holder == vm; });
}

} // namespace tropo::generator
