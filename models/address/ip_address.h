#pragma once

#include "models/address/mac_address.h"

#include <array>

namespace tropo {

/// An IPv4 address. Strict parsing of our own: QHostAddress takes "10.1", octal and blanks.
class Ipv4
{
public:
    constexpr Ipv4() = default;
    constexpr explicit Ipv4(std::uint32_t bits) : m_bits(bits) {}

    /// Four decimal octets without leading zeros or blanks.
    static std::optional<Ipv4> fromString(QStringView text);

    constexpr std::uint32_t bits() const { return m_bits; }
    constexpr int lastOctet() const { return static_cast<int>(m_bits & 0xff); }
    constexpr bool isLoopback() const { return (m_bits >> 24) == 127; }
    constexpr bool isLinkLocal() const { return (m_bits >> 16) == 0xa9fe; }
    QString toString() const;

    constexpr auto operator<=>(const Ipv4 &) const = default;

private:
    std::uint32_t m_bits = 0;
};

/// An IPv6 address.
class Ipv6
{
public:
    using Bytes = std::array<std::uint8_t, 16>;
    constexpr Ipv6() = default;
    constexpr explicit Ipv6(const Bytes &bytes) : m_bytes(bytes) {}

    /// RFC 4291 text, without a scope or prefix.
    static std::optional<Ipv6> fromString(QStringView text);
    /// The link-local address that SLAAC makes of a MAC (EUI-64, RFC 4291 appendix A).
    static Ipv6 linkLocalFrom(MacAddress mac);

    bool isLinkLocal() const { return m_bytes[0] == 0xfe && (m_bytes[1] & 0xc0) == 0x80; }
    bool isLoopback() const { return *this == Ipv6(Bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}); }
    /// The MAC that a EUI-64 address was made from; nothing for other addresses.
    std::optional<MacAddress> embeddedMac() const;
    const Bytes &bytes() const { return m_bytes; }
    /// RFC 5952 form.
    QString toString() const;

    auto operator<=>(const Ipv6 &) const = default;

private:
    Bytes m_bytes{};
};

/// A network: base address with its host bits zero, and the prefix length in bits.
struct Subnet
{
    Ipv4 base;
    int prefix = 32;

    /// "192.168.202.0/24"; host bits must be zero.
    static std::optional<Subnet> fromString(QStringView text);
    /// The network that an address with this prefix length lies in.
    static Subnet of(Ipv4 address, int prefix);
    bool contains(Ipv4 address) const;
    bool overlaps(const Subnet &other) const;
    Ipv4 broadcast() const;
    QString toString() const;

    bool operator==(const Subnet &) const = default;
};

/// An address as an interface carries it.
struct InterfaceAddress
{
    Ipv4 address;
    std::optional<int> prefix; ///< bits; nothing where the text does not say

    bool operator==(const InterfaceAddress &) const = default;
    QString toString() const;
};

/// An IPv6 address as an interface carries it.
struct InterfaceAddress6
{
    Ipv6 address;
    std::optional<int> prefix;

    bool operator==(const InterfaceAddress6 &) const = default;
    QString toString() const;
};

/// The mask of a prefix length, and the prefix length of a contiguous mask.
Ipv4 maskOf(int prefix);
std::optional<int> prefixOf(Ipv4 mask);

inline std::size_t qHash(Ipv4 address, std::size_t seed = 0)
{
    return ::qHash(address.bits(), seed);
}

} // namespace tropo
