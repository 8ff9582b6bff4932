#pragma once

#include "models/redact/address_text.h"

namespace tropo {

/// The MAC that is written at `i` as six pairs of digits: alone, as the end of a DHCP client's id or DUID, or
/// as one of the two in an Ethernet header as netfilter logs it.
std::optional<AddressText> pairedMacAt(QByteArrayView text, qsizetype i);
/// Six numbers of one digit or two, as iproute2 writes it in ids of bridges.
std::optional<AddressText> unpaddedMacAt(QByteArrayView text, qsizetype i);
/// Three groups of four digits, as switches write it.
std::optional<AddressText> dottedMacAt(QByteArrayView text, qsizetype i);

/// How many pairs of digits are joined before `i`.
qsizetype pairsBefore(QByteArrayView text, qsizetype i, char joint);

} // namespace tropo
