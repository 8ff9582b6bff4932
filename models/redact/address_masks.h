#pragma once

#include "models/address/ip_address.h"
#include "models/redact/stand_in.h"

#include <QByteArrayView>
#include <QList>
#include <QMap>

#include <set>

namespace tropo {

/// Stand-ins for MACs and public addresses. What lies in one network or range lies in one afterwards, in the
/// same order; last octets stay, of public IPv4 the last twelve bits, so that what a fleet file says of
/// ranges, down from a /20, is still true. Private IPv4, loopback, link-local and multicast addresses and
/// netmasks stay as they are: every fleet has them, they name nobody, and the story needs them. Unique local
/// IPv6 addresses are hidden: their networks are made up for one site. Where one stands for an IPv4 address,
/// or ends in one that is known, that is hidden in it.
class AddressMasks
{
public:
    AddressMasks();

    /// Addresses must be met and settled before they are asked for. What is settled keeps its stand-in: what
    /// is met later comes behind it.
    void meet(MacAddress mac);
    void meet(Ipv4 address);
    void meet(const Ipv6 &address);
    void settle();

    MacAddress of(MacAddress mac) const;
    Ipv4 of(Ipv4 address) const;
    Ipv6 of(const Ipv6 &address) const;

    /// Whether it has a stand-in, or needs none.
    bool knows(MacAddress mac) const;
    bool knows(Ipv4 address) const;
    bool knows(const Ipv6 &address) const;

    QList<StandIn> standIns() const;

private:
    QMap<std::uint32_t, std::uint16_t> m_vendors; ///< octets 1 and 2 of MACs
    // Digits one by one: ranges of MACs begin at digits as well as at octets.
    QMap<std::uint32_t, std::uint8_t> m_thirds;     ///< octets 1 and 2, and the first digit of 3
    QMap<std::uint32_t, std::uint8_t> m_thirdEnds;  ///< octets 1 to 3
    QMap<std::uint32_t, std::uint8_t> m_fourths;    ///< octets 1 to 3, and the first digit of 4
    QMap<std::uint32_t, std::uint8_t> m_fourthEnds; ///< octets 1 to 4
    QMap<std::uint32_t, std::uint32_t> m_networks;  ///< upper 16 bits of IPv4
    QMap<std::uint32_t, std::uint32_t> m_subnets;   ///< upper 20 bits: a /20 or less is one range
    QMap<QByteArray, std::uint32_t> m_networks6;    ///< upper 64 bits of IPv6; in all these, 0 is none yet
    std::uint32_t m_nextVendor;
    std::uint32_t m_nextNetwork = 0;
    std::uint32_t m_nextNetwork6 = 1;
    std::set<MacAddress> m_macs;
    std::set<Ipv4> m_addresses;
    std::set<Ipv6> m_addresses6;
};

/// Whether an address names somebody on the public net.
bool isPublic(Ipv4 address);
bool isPublic(const Ipv6 &address);
/// Whether a MAC may tell of one card: not none, all, or a protocol's group. Of groups, that of IPv6
/// neighbours ends in the card's own digits, and others are a card's with a digit mistyped.
bool isStation(MacAddress mac);

} // namespace tropo
