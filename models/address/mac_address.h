#pragma once

#include <QHashFunctions>
#include <QString>
#include <QStringView>

#include <compare>
#include <cstdint>
#include <optional>

namespace tropo {

/// A 48-bit Ethernet address.
class MacAddress
{
public:
    constexpr MacAddress() = default;
    constexpr explicit MacAddress(std::uint64_t bits) : m_bits(bits & 0xffff'ffff'ffffULL) {}

    /// Strict: six pairs of hex digits joined by ':' (any case) or '-'; nothing around them.
    static std::optional<MacAddress> fromString(QStringView text);

    constexpr std::uint64_t bits() const { return m_bits; }
    constexpr int octet(int index) const { return static_cast<int>((m_bits >> (8 * (5 - index))) & 0xff); }
    constexpr MacAddress withFirstOctet(int octet) const
    {
        return MacAddress((m_bits & 0x00ff'ffff'ffffULL) | (static_cast<std::uint64_t>(octet & 0xff) << 40));
    }
    constexpr bool isMulticast() const { return (m_bits >> 40) & 1; }
    constexpr bool isNull() const { return m_bits == 0; }

    /// Lower case, joined by ':', as the kernel and libvirt print it.
    QString toString() const;

    constexpr auto operator<=>(const MacAddress &) const = default;

private:
    std::uint64_t m_bits = 0;
};

/// Addresses that share their first `prefix` bits, as `52:54:00:02:02:00/40` in the fleet file.
struct MacRange
{
    MacAddress base;
    int prefix = 48;

    /// Strict; bits of the base beyond the prefix must be zero.
    static std::optional<MacRange> fromString(QStringView text);
    bool contains(MacAddress mac) const;
    bool overlaps(const MacRange &other) const;
    QString toString() const;

    bool operator==(const MacRange &) const = default;
};

inline std::size_t qHash(MacAddress mac, std::size_t seed = 0)
{
    return ::qHash(static_cast<quint64>(mac.bits()), seed);
}

} // namespace tropo
