#include "models/redact/address_text.h"

#include "models/redact/mac_text.h"
#include "models/redact/name_masks.h"
#include "models/redact/text_runs.h"

namespace tropo {

namespace {

QString latin1(QByteArrayView text)
{
    return QString::fromLatin1(text);
}

std::optional<AddressText> bareAt(QByteArrayView text, qsizetype i)
{
    const qsizetype run = runOf(text, i, 13, isHex);
    if ((run != 12 && run != 8) || !endsAt(text, i + run))
        return {};
    const quint64 bits = text.sliced(i, run).toByteArray().toULongLong(nullptr, 16);
    // The priority of a bridge, and its MAC.
    constexpr qsizetype priority = 5;
    const bool isBridges = i >= priority && text[i - 1] == '.' && runOf(text, i - priority, 5, isHex) == 4 &&
                           beginsWord(text, i - priority);
    if (run == 12)
        return AddressText{
            run, isBridges ? AddressForm::BridgeId : AddressForm::Bare, MacAddress(bits), {}, {}};
    return AddressText{run, AddressForm::Bare, {}, Ipv4(static_cast<std::uint32_t>(bits)), {}};
}

/// Up to four numbers, joined; whatever is joined on behind them.
struct Numbers
{
    Ipv4 address; ///< zeros where there are fewer
    int count = 0;
    qsizetype length = 0;
};

Numbers numbersAt(QByteArrayView text, qsizetype i, char joint)
{
    Numbers numbers;
    std::uint32_t bits = 0;
    for (qsizetype at = i; numbers.count < 4;) {
        const qsizetype run = runOf(text, at, 4, isDigit);
        const int value = text.sliced(at, run).toInt();
        if (run == 0 || run > 3 || value > 255 || (run > 1 && text[at] == '0') || !endsAt(text, at + run))
            break;
        bits |= static_cast<std::uint32_t>(value) << (8 * (3 - numbers.count));
        ++numbers.count;
        at += run;
        numbers.length = at - i;
        if (at >= text.size() || text[at] != joint)
            break;
        ++at;
    }
    numbers.address = Ipv4(bits);
    return numbers;
}

/// Four numbers with dashes.
std::optional<AddressText> dashedAt(QByteArrayView text, qsizetype i)
{
    const Numbers numbers = numbersAt(text, i, '-');
    return numbers.count == 4
               ? std::optional(AddressText{numbers.length, AddressForm::Dashes, {}, numbers.address, {}})
               : std::nullopt;
}

/// What a zone for reverse look-ups has, or is.
std::optional<AddressText> reverseAt(QByteArrayView text, qsizetype i)
{
    const Numbers numbers = numbersAt(text, i, '.');
    if (numbers.count < 2 || !text.sliced(i + numbers.length).startsWith(".in-addr.arpa"))
        return {};
    std::uint32_t bits = 0;
    for (int octet = 0; octet < numbers.count; ++octet)
        bits |= ((numbers.address.bits() >> (8 * (3 - octet))) & 0xff) << (8 * (4 - numbers.count + octet));
    return AddressText{numbers.length, AddressForm::Reverse, {}, Ipv4(bits), {}, numbers.count};
}

/// 32 digits joined by dots before ip6.arpa, the last first.
std::optional<AddressText> nibblesAt(QByteArrayView text, qsizetype i)
{
    constexpr qsizetype length = 63;
    if (i + length > text.size() || text[i + 1] != '.' || !text.sliced(i + length).startsWith(".ip6.arpa"))
        return {};
    Ipv6::Bytes bytes{};
    for (qsizetype digit = 0; digit < 32; ++digit) {
        const QByteArray one = text.sliced(i + 2 * digit, 1).toByteArray();
        if (!isHex(one[0]) || (digit < 31 && text[i + 2 * digit + 1] != '.'))
            return {};
        const int value = one.toInt(nullptr, 16);
        std::uint8_t &byte = bytes[static_cast<std::size_t>(15 - digit / 2)];
        byte = static_cast<std::uint8_t>(byte | (digit % 2 == 0 ? value : value << 4));
    }
    return AddressText{length, AddressForm::Reverse, {}, {}, Ipv6(bytes)};
}

/// With a port, a name or anything else behind it: tcpdump and the DNS join them by dots.
std::optional<AddressText> usualV4At(QByteArrayView text, qsizetype i)
{
    const Numbers numbers = numbersAt(text, i, '.');
    if (numbers.count < 4)
        return {};
    // A reverse name with more before it has its address further on.
    const qsizetype run = runOf(text, i, 64, [](char c) { return isDigit(c) || c == '.'; });
    if (text.sliced(i + run).startsWith("in-addr.arpa"))
        return {};
    return AddressText{numbers.length, AddressForm::Usual, {}, numbers.address, {}};
}

/// Whether more digits than a pair stand in a group: what MACs and fingerprints have not.
bool hasWideGroup(QByteArrayView run)
{
    qsizetype digits = 0;
    for (const char c : run) {
        digits = isHex(c) ? digits + 1 : 0;
        if (digits > 2)
            return true;
    }
    return false;
}

std::optional<AddressText> v6Of(QByteArrayView run)
{
    const auto v6 = run.count(':') >= 2 ? Ipv6::fromString(latin1(run)) : std::nullopt;
    return v6 ? std::optional(AddressText{run.size(), AddressForm::Usual, {}, {}, v6}) : std::nullopt;
}

std::optional<AddressText> usualV6At(QByteArrayView text, qsizetype i)
{
    constexpr qsizetype most = 46;
    QByteArrayView run = text.sliced(i, runOf(text, i, most, [](char c) { return isHex(c) || c == ':'; }));
    const qsizetype lastColon = run.lastIndexOf(':');
    // Pairs are a group only where they are all: the end of more is none.
    const bool isEnd = !hasWideGroup(run) && !run.contains("::") && pairsBefore(text, i, ':') > 0;
    if (lastColon < 0 || isEnd)
        return {};
    const Numbers end = numbersAt(text, i + lastColon + 1, '.');
    if (end.count == 4)
        if (auto mixed = v6Of(text.sliced(i, lastColon + 1 + end.length))) {
            mixed->v4 = end.address;
            return mixed;
        }
    // What a sentence puts behind it.
    while (run.endsWith(':') && !run.endsWith("::"))
        run = run.chopped(1);
    if (auto whole = v6Of(run))
        return whole;
    // A port.
    return hasWideGroup(run) && run.contains(':') ? v6Of(run.first(run.lastIndexOf(':'))) : std::nullopt;
}

QByteArray nibbles(const Ipv6 &address)
{
    QByteArray text;
    const Ipv6::Bytes &bytes = address.bytes();
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte)
        for (const int value : {*byte & 15, *byte >> 4})
            text += (text.isEmpty() ? "" : ".") + QByteArray::number(value, 16);
    return text;
}

QByteArray hexOf(quint64 bits, qsizetype digits)
{
    return QByteArray::number(bits, 16).rightJustified(digits, '0');
}

QByteArray spelledMac(MacAddress mac, AddressForm form)
{
    const QByteArray digits = hexOf(mac.bits(), 12);
    if (form == AddressForm::Bare || form == AddressForm::BridgeId)
        return digits;
    if (form == AddressForm::Unpadded) {
        QByteArrayList numbers;
        for (int octet = 0; octet < 6; ++octet)
            numbers.append(QByteArray::number(mac.octet(octet), 16));
        return numbers.join(':');
    }
    if (form == AddressForm::Dots)
        return digits.first(4) + '.' + digits.sliced(4, 4) + '.' + digits.sliced(8);
    QByteArray text = mac.toString().toLatin1();
    return form == AddressForm::Dashes ? text.replace(':', '-') : text;
}

QByteArray spelledV4(Ipv4 address, AddressForm form, int octets)
{
    const Ipv4 other = *turned({0, {}, {}, address, {}})->v4;
    switch (form) {
    case AddressForm::Bare:
        return hexOf(address.bits(), 8);
    case AddressForm::BareTurned:
        return hexOf(other.bits(), 8);
    case AddressForm::Reverse:
        return other.toString().section(u'.', 4 - octets).toLatin1();
    case AddressForm::Dashes:
        return address.toString().toLatin1().replace('.', '-');
    case AddressForm::Usual:
    case AddressForm::Dots:
    case AddressForm::Unpadded:
    case AddressForm::BridgeId:
        break;
    }
    return address.toString().toLatin1();
}

} // namespace

std::optional<AddressText> addressAt(QByteArrayView text, qsizetype i)
{
    if (!isHex(text[i]) && text[i] != ':')
        return {};
    if (auto found = pairedMacAt(text, i))
        return found;
    if (auto found = nibblesAt(text, i))
        return found;
    if (auto found = reverseAt(text, i))
        return found;
    if (auto found = usualV4At(text, i))
        return found;
    if (auto found = usualV6At(text, i))
        return found;
    if (auto found = unpaddedMacAt(text, i))
        return found;
    if (auto found = dottedMacAt(text, i))
        return found;
    if (auto found = dashedAt(text, i))
        return found;
    return bareAt(text, i);
}

std::optional<AddressText> turned(const AddressText &address)
{
    if (!address.v4 || address.v6)
        return {};
    const std::uint32_t bits = address.v4->bits();
    AddressText other = address;
    other.form = AddressForm::BareTurned;
    other.v4 = Ipv4((bits >> 24) | ((bits >> 8) & 0xff00) | ((bits << 8) & 0xff'0000) | (bits << 24));
    return other;
}

bool isSure(const AddressText &address)
{
    switch (address.form) {
    case AddressForm::Usual:
    case AddressForm::Dots:
    case AddressForm::Unpadded:
    case AddressForm::BridgeId:
    case AddressForm::Reverse:
        return true;
    case AddressForm::Dashes:
        return address.mac.has_value();
    case AddressForm::Bare:
    case AddressForm::BareTurned:
        break;
    }
    return false;
}

QByteArray spelledLike(const AddressText &address, QByteArrayView original)
{
    QByteArray text;
    if (address.mac)
        text = spelledMac(*address.mac, address.form);
    else if (address.v6)
        text =
            address.form == AddressForm::Reverse ? nibbles(*address.v6) : address.v6->toString().toLatin1();
    else if (address.v4)
        text = spelledV4(*address.v4, address.form, address.octets);
    const QByteArray was = original.toByteArray();
    return was != was.toLower() && was == was.toUpper() ? text.toUpper() : text;
}

} // namespace tropo
