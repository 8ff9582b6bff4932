#include "models/redact/address_masks.h"

#include <QHash>

#include <optional>

namespace tropo {

namespace {

/// Where stand-ins for the first half of IPv4 addresses come from: networks that nobody has. 198.18.0.0/15 is
/// for benchmarks (RFC 2544), 100.64.0.0/10 for carriers' own use (RFC 6598), 240.0.0.0/4 for nobody yet
/// (RFC 1112).
std::uint32_t standInNetwork(std::uint32_t index)
{
    return index < 2 ? 0xc612U + index : index < 66 ? 0x6440U + index - 2 : 0xf000U + index - 66;
}

/// Octets behind 54:00 and its like: aa:01, aa:02, …: no vendor's, and seen to be stand-ins. Fleets with
/// thousands of made-up MACs have as many of them, so that they go on with ab:01 and come round at the end.
constexpr std::uint32_t firstVendor = 0xaa01;

std::uint32_t upper(MacAddress mac, int octets)
{
    // Without the first octet: a tap's fe and its NIC's 52 belong together.
    return static_cast<std::uint32_t>((mac.bits() & 0xff'ffff'ffffULL) >> (8 * (5 - octets)));
}

/// Numbers those of a sorted map's keys that have none within the group that they share but for their last
/// `ownBits`, from 1 on or behind the last that is there; zero stays zero, so that a range's base is still a
/// base.
template <typename Map> void number(Map &map, int ownBits)
{
    const std::uint32_t own = (1U << ownBits) - 1;
    QHash<std::uint32_t, std::uint32_t> last;
    for (auto it = map.begin(); it != map.end(); ++it) {
        std::uint32_t &most = last[it.key() >> ownBits];
        most = qMax<std::uint32_t>(most, it.value());
    }
    for (auto it = map.begin(); it != map.end(); ++it)
        if (it.value() == 0 && (it.key() & own) != 0)
            it.value() = static_cast<std::decay_t<decltype(it.value())>>(++last[it.key() >> ownBits]);
}

/// Without a number; one that is there keeps its own.
template <typename Map> void add(Map &map, const typename Map::key_type &key)
{
    if (!map.contains(key))
        map.insert(key, 0);
}

QByteArray network6(const Ipv6 &address)
{
    return QByteArray(reinterpret_cast<const char *>(address.bytes().data()), 8);
}

Ipv4 endOf(const Ipv6 &address)
{
    const Ipv6::Bytes &bytes = address.bytes();
    return Ipv4((std::uint32_t(bytes[12]) << 24) | (std::uint32_t(bytes[13]) << 16) |
                (std::uint32_t(bytes[14]) << 8) | std::uint32_t(bytes[15]));
}

/// The IPv4 address that an IPv6 address stands for: ::ffff:0:0/96, ::ffff:0:0:0/96, 64:ff9b::/96 and, as it
/// once was, ::/96 (RFC 4291, 2.5.5; RFC 6052; RFC 7915).
std::optional<Ipv4> embeddedV4(const Ipv6 &address)
{
    static const QList<QByteArray> networks{
        QByteArray(10, '\0') + QByteArray("\xff\xff"), QByteArray(8, '\0') + QByteArray("\xff\xff\0\0", 4),
        QByteArray("\0\x64\xff\x9b", 4) + QByteArray(8, '\0'), QByteArray(12, '\0')};
    const QByteArray network(reinterpret_cast<const char *>(address.bytes().data()), 12);
    return networks.contains(network) ? std::optional(endOf(address)) : std::nullopt;
}

} // namespace

bool isPublic(Ipv4 address)
{
    const std::uint32_t bits = address.bits();
    const std::uint32_t first = bits >> 24;
    const bool isPrivate = first == 10 || (bits >> 20) == 0xac1 || (bits >> 16) == 0xc0a8;
    const bool isCarriers = (bits >> 22) == 0x191;
    // From 224 on: groups, and what only netmasks begin with.
    return first != 0 && first < 224 && !isPrivate && !isCarriers && !address.isLoopback() &&
           !address.isLinkLocal();
}

bool isPublic(const Ipv6 &address)
{
    return (address.bytes()[0] & 0xe0) == 0x20 || (address.bytes()[0] & 0xfe) == 0xfc;
}

bool isStation(MacAddress mac)
{
    // IPv4 and IPv6 groups (RFC 1112, RFC 2464), bridges (IEEE 802.1D), Cisco's and DECnet's.
    static const QList<std::uint64_t> groups{0x01005e, 0x0180c2, 0x01000c, 0xab0000, 0xcf0000};
    const std::uint64_t vendor = mac.bits() >> 24;
    const bool isNeighbours = vendor == 0x3333ff;
    const bool isGroup = groups.contains(vendor) || ((vendor >> 8) == 0x3333 && !isNeighbours);
    return !mac.isNull() && !isGroup && mac.bits() != 0xffff'ffff'ffffULL;
}

AddressMasks::AddressMasks() : m_nextVendor(firstVendor)
{
}

void AddressMasks::meet(MacAddress mac)
{
    if (!isStation(mac))
        return;
    m_macs.insert(mac);
    add(m_vendors, upper(mac, 2));
    add(m_thirds, upper(mac, 3) >> 4);
    add(m_thirdEnds, upper(mac, 3));
    add(m_fourths, upper(mac, 4) >> 4);
    add(m_fourthEnds, upper(mac, 4));
}

void AddressMasks::meet(Ipv4 address)
{
    if (!isPublic(address))
        return;
    m_addresses.insert(address);
    add(m_networks, address.bits() >> 16);
    add(m_subnets, address.bits() >> 12);
}

void AddressMasks::meet(const Ipv6 &address)
{
    if (const auto mac = address.embeddedMac())
        meet(*mac);
    if (const auto v4 = embeddedV4(address))
        meet(*v4);
    if (!isPublic(address))
        return;
    m_addresses6.insert(address);
    add(m_networks6, network6(address));
}

void AddressMasks::settle()
{
    for (auto &one : m_vendors) {
        if ((m_nextVendor & 0xffff) == 0)
            ++m_nextVendor;
        if (one == 0)
            one = static_cast<std::uint16_t>(m_nextVendor++);
    }
    for (auto *digits : {&m_thirds, &m_thirdEnds, &m_fourths, &m_fourthEnds})
        number(*digits, 4);
    for (auto &one : m_networks) {
        if (one != 0)
            continue;
        // One of the real networks may be a stand-in's.
        while (m_networks.contains(standInNetwork(m_nextNetwork)) && standInNetwork(m_nextNetwork) < 0xf000)
            ++m_nextNetwork;
        one = standInNetwork(m_nextNetwork++);
    }
    number(m_subnets, 4);
    for (auto &one : m_networks6)
        if (one == 0)
            one = m_nextNetwork6++;
}

MacAddress AddressMasks::of(MacAddress mac) const
{
    if (!m_macs.contains(mac))
        return mac;
    std::uint64_t bits = static_cast<std::uint64_t>(mac.octet(0)) << 40;
    bits |= static_cast<std::uint64_t>(m_vendors.value(upper(mac, 2))) << 24;
    const auto octet = [](std::uint8_t first, std::uint8_t second) {
        return static_cast<std::uint64_t>((first << 4) | second);
    };
    bits |= octet(m_thirds.value(upper(mac, 3) >> 4), m_thirdEnds.value(upper(mac, 3))) << 16;
    bits |= octet(m_fourths.value(upper(mac, 4) >> 4), m_fourthEnds.value(upper(mac, 4))) << 8;
    return MacAddress(bits | static_cast<std::uint64_t>(mac.octet(5)));
}

Ipv4 AddressMasks::of(Ipv4 address) const
{
    if (!m_addresses.contains(address))
        return address;
    return Ipv4((m_networks.value(address.bits() >> 16) << 16) |
                (m_subnets.value(address.bits() >> 12) << 12) | (address.bits() & 0xfff));
}

Ipv6 AddressMasks::of(const Ipv6 &address) const
{
    Ipv6::Bytes bytes = address.bytes();
    if (const auto mac = address.embeddedMac()) {
        const Ipv6::Bytes own = Ipv6::linkLocalFrom(of(*mac)).bytes();
        std::copy(own.begin() + 8, own.end(), bytes.begin() + 8);
    } else if (const Ipv4 end = of(endOf(address)); end != endOf(address)) {
        for (std::size_t octet = 0; octet < 4; ++octet)
            bytes[12 + octet] = static_cast<std::uint8_t>(end.bits() >> (8 * (3 - octet)));
    }
    if (m_addresses6.contains(address)) {
        // 2001:db8::/32 is for documents (RFC 3849).
        const std::uint32_t index = m_networks6.value(network6(address));
        const Ipv6::Bytes network{0x20,
                                  0x01,
                                  0x0d,
                                  0xb8,
                                  static_cast<std::uint8_t>(index >> 24),
                                  static_cast<std::uint8_t>(index >> 16),
                                  static_cast<std::uint8_t>(index >> 8),
                                  static_cast<std::uint8_t>(index)};
        std::copy(network.begin(), network.begin() + 8, bytes.begin());
    }
    return Ipv6(bytes);
}

bool AddressMasks::knows(MacAddress mac) const
{
    return !isStation(mac) || m_macs.contains(mac);
}

bool AddressMasks::knows(Ipv4 address) const
{
    return !isPublic(address) || m_addresses.contains(address);
}

bool AddressMasks::knows(const Ipv6 &address) const
{
    const auto mac = address.embeddedMac();
    const auto v4 = embeddedV4(address);
    return (!mac || knows(*mac)) && (!v4 || knows(*v4)) &&
           (!isPublic(address) || m_addresses6.contains(address));
}

QList<StandIn> AddressMasks::standIns() const
{
    QList<StandIn> all;
    for (const Ipv4 address : m_addresses)
        all.append({RedactedKind::Address, address.toString(), of(address).toString(), {}});
    for (const Ipv6 &address : m_addresses6)
        all.append({RedactedKind::Address, address.toString(), of(address).toString(), {}});
    for (const MacAddress mac : m_macs)
        all.append({RedactedKind::Mac, mac.toString(), of(mac).toString(), {}});
    return all;
}

} // namespace tropo
