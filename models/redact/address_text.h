#pragma once

#include "models/address/ip_address.h"

#include <QByteArray>

#include <optional>

namespace tropo {

/// How an address is written.
enum class AddressForm {
    Usual,      ///< 52:54:00:00:01:01, 129.215.175.100, 2001:db8::1
    Dashes,     ///< 52-54-00-00-01-01, and 129-215-175-100 in names of the DNS
    Dots,       ///< 5254.0000.0101, as switches write it
    Unpadded,   ///< 52:54:0:0:1:1, as iproute2 writes it in ids of bridges
    BridgeId,   ///< 525400000101 behind 8000., as brctl writes it
    Bare,       ///< 525400000101, and 81d7af64 as the kernel's tables have it
    BareTurned, ///< the same with its bytes turned round: 64afd781
    Reverse,    ///< 100.175.215.129.in-addr.arpa, 215.129.in-addr.arpa, and the nibbles of ip6.arpa
};

/// An address as it stands in a text.
struct AddressText
{
    qsizetype length = 0;
    AddressForm form = AddressForm::Usual;
    std::optional<MacAddress> mac;
    std::optional<Ipv4> v4; ///< beside v6: its end, as ::ffff:129.215.175.100 has it
    std::optional<Ipv6> v6;
    int octets = 4; ///< of a reverse name of IPv4, how many are written
};

/// The address that is written at `i`, where a word begins. Forms that much else looks like (bare and
/// dashed ones) are told as well; whether they are addresses is for who knows which there are.
std::optional<AddressText> addressAt(QByteArrayView text, qsizetype i);
/// Another number that the same digits at `i` may be: an address with its bytes turned round.
std::optional<AddressText> turned(const AddressText &address);

/// Whether the form alone says that it is an address.
bool isSure(const AddressText &address);
/// The address in the form that it has; in capitals where `original` is.
QByteArray spelledLike(const AddressText &address, QByteArrayView original);

} // namespace tropo
