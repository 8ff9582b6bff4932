#pragma once

#include "models/address/ip_address.h"

#include <QList>

namespace tropo {

// What one text alone may be. Nothing may stand around it.

/// As MacAddress, and as switches write it (5254.0000.0101) and BSD's arp (52:54:0:0:1:1).
std::optional<MacAddress> macFrom(QStringView text);
/// "52:54:00:02:02:00/40", or "52:54:00:02:02:xx" with the last octets left open.
std::optional<MacRange> macRangeFrom(QStringView text);
/// "192.168.202.0/24", or "192.168.202.xxx" (x or *) with the last numbers left open.
std::optional<Subnet> subnetFrom(QStringView text);
/// An address, also with a prefix length or a scope behind it.
std::optional<Ipv4> addressFrom(const QString &text);
std::optional<Ipv6> address6From(const QString &text);

/// A MAC or address inside of a text.
struct Token
{
    enum class Kind { Mac, Address, Address6 };
    Kind kind = Kind::Mac;
    QString text; ///< as it stands there
    MacAddress mac;
    Ipv4 address;
    Ipv6 address6;
    int line = 1;

    bool operator==(const Token &) const = default;
};

/// Every MAC and address of a text in its order, at most 500. Masks, and the addresses of nobody and
/// everybody, are left out; a port behind an address (10.0.0.1.443, 10.0.0.1:443) is no part of it.
QList<Token> tokensOf(const QString &text);

} // namespace tropo
