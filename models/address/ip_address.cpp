#include "models/address/ip_address.h"

#include <QHostAddress>
#include <QStringList>

#include <bit>
#include <cstring>

namespace tropo {

std::optional<Ipv4> Ipv4::fromString(QStringView text)
{
    std::uint32_t bits = 0;
    qsizetype at = 0;
    for (int octet = 0; octet < 4; ++octet) {
        const qsizetype begin = at;
        std::uint32_t value = 0;
        while (at < text.size() && text[at] >= u'0' && text[at] <= u'9' && at - begin < 3)
            value = value * 10 + (text[at++].unicode() - u'0');
        const qsizetype digits = at - begin;
        if (digits == 0 || value > 255 || (digits > 1 && text[begin] == u'0'))
            return {};
        bits = (bits << 8) | value;
        if (octet < 3 && (at >= text.size() || text[at++] != u'.'))
            return {};
    }
    if (at != text.size())
        return {};
    return Ipv4(bits);
}

QString Ipv4::toString() const
{
    return QStringLiteral("%1.%2.%3.%4")
        .arg(m_bits >> 24)
        .arg((m_bits >> 16) & 255)
        .arg((m_bits >> 8) & 255)
        .arg(m_bits & 255);
}

std::optional<Ipv6> Ipv6::fromString(QStringView text)
{
    // QHostAddress also takes a scope and IPv4; both are refused before it sees them.
    if (text.size() < 2 || text.size() > 45 || !text.contains(u':'))
        return {};
    for (QChar c : text) {
        const char16_t u = c.unicode();
        const bool fits = (u >= '0' && u <= '9') || (u >= 'a' && u <= 'f') || (u >= 'A' && u <= 'F') ||
                          u == ':' || u == '.';
        if (!fits)
            return {};
    }
    QHostAddress address;
    if (!address.setAddress(text.toString()) || address.protocol() != QAbstractSocket::IPv6Protocol)
        return {};
    const Q_IPV6ADDR raw = address.toIPv6Address();
    Bytes bytes{};
    std::memcpy(bytes.data(), &raw, bytes.size());
    return Ipv6(bytes);
}

Ipv6 Ipv6::linkLocalFrom(MacAddress mac)
{
    Bytes bytes{0xfe, 0x80};
    const auto octet = [mac](int i) { return static_cast<std::uint8_t>(mac.octet(i)); };
    bytes[8] = static_cast<std::uint8_t>(octet(0) ^ 0x02);
    bytes[9] = octet(1);
    bytes[10] = octet(2);
    bytes[11] = 0xff;
    bytes[12] = 0xfe;
    bytes[13] = octet(3);
    bytes[14] = octet(4);
    bytes[15] = octet(5);
    return Ipv6(bytes);
}

std::optional<MacAddress> Ipv6::embeddedMac() const
{
    if (m_bytes[11] != 0xff || m_bytes[12] != 0xfe)
        return {};
    std::uint64_t bits = 0;
    for (std::size_t i : {8U, 9U, 10U, 13U, 14U, 15U})
        bits = (bits << 8) | (i == 8 ? m_bytes[i] ^ 0x02U : m_bytes[i]);
    return MacAddress(bits);
}

QString Ipv6::toString() const
{
    Q_IPV6ADDR raw;
    std::memcpy(&raw, m_bytes.data(), m_bytes.size());
    return QHostAddress(raw).toString();
}

Ipv4 maskOf(int prefix)
{
    return Ipv4(prefix <= 0 ? 0U : ~std::uint32_t(0) << (32 - qMin(prefix, 32)));
}

std::optional<int> prefixOf(Ipv4 mask)
{
    const int ones = std::countl_one(mask.bits());
    if (maskOf(ones) != mask)
        return {};
    return ones;
}

std::optional<Subnet> Subnet::fromString(QStringView text)
{
    const qsizetype slash = text.indexOf(u'/');
    if (slash < 0)
        return {};
    const auto base = Ipv4::fromString(text.first(slash));
    bool isNumber = false;
    const QStringView digits = text.sliced(slash + 1);
    const int prefix = digits.toInt(&isNumber);
    if (!base || !isNumber || prefix < 0 || prefix > 32 || QString::number(prefix) != digits)
        return {};
    const Subnet subnet = of(*base, prefix);
    if (subnet.base != *base)
        return {};
    return subnet;
}

Subnet Subnet::of(Ipv4 address, int prefix)
{
    return {Ipv4(address.bits() & maskOf(prefix).bits()), prefix};
}

bool Subnet::contains(Ipv4 address) const
{
    return of(address, prefix).base == base;
}

bool Subnet::overlaps(const Subnet &other) const
{
    return prefix <= other.prefix ? contains(other.base) : other.contains(base);
}

Ipv4 Subnet::broadcast() const
{
    return Ipv4(base.bits() | ~maskOf(prefix).bits());
}

QString Subnet::toString() const
{
    return base.toString() + u'/' + QString::number(prefix);
}

QString InterfaceAddress::toString() const
{
    return prefix ? Subnet{address, *prefix}.toString() : address.toString();
}

QString InterfaceAddress6::toString() const
{
    return prefix ? QString(address.toString() + u'/' + QString::number(*prefix)) : address.toString();
}

} // namespace tropo
