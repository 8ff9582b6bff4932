#include "models/redact/address_text.h"

#include "models/redact/name_masks.h"

namespace tropo {

namespace {

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// How many bytes from `i` on are such.
template <typename Is> qsizetype runOf(QByteArrayView text, qsizetype i, qsizetype most, Is is)
{
    qsizetype end = i;
    while (end < text.size() && end - i < most && is(text[end]))
        ++end;
    return end - i;
}

bool endsAt(QByteArrayView text, qsizetype end)
{
    return end >= text.size() || !isNameByte(text[end]);
}

QString latin1(QByteArrayView text)
{
    return QString::fromLatin1(text);
}

std::optional<AddressText> macAt(QByteArrayView text, qsizetype i)
{
    constexpr qsizetype length = 17;
    if (i + length > text.size() || (text[i + 2] != ':' && text[i + 2] != '-'))
        return {};
    const char joint = text[i + 2];
    // More pairs behind it make something else of it: a fingerprint, an IPv6 address.
    const bool goesOn =
        !endsAt(text, i + length) ||
        (i + length + 1 < text.size() && text[i + length] == joint && isHex(text[i + length + 1]));
    const auto mac = goesOn ? std::nullopt : MacAddress::fromString(latin1(text.sliced(i, length)));
    if (!mac)
        return {};
    return AddressText{length, joint == '-' ? AddressForm::Dashes : AddressForm::Usual, mac, {}, {}};
}

/// Three groups of four digits, as switches write it.
std::optional<AddressText> dottedMacAt(QByteArrayView text, qsizetype i)
{
    constexpr qsizetype length = 14;
    if (i + length > text.size() || text[i + 4] != '.' || text[i + 9] != '.' || !endsAt(text, i + length))
        return {};
    QByteArray digits = text.sliced(i, length).toByteArray().replace('.', "");
    bool isNumber = false;
    const quint64 bits = digits.toULongLong(&isNumber, 16);
    return digits.size() == 12 && isNumber
               ? std::optional(AddressText{length, AddressForm::Dots, MacAddress(bits), {}, {}})
               : std::nullopt;
}

std::optional<AddressText> bareAt(QByteArrayView text, qsizetype i)
{
    const qsizetype run = runOf(text, i, 13, isHex);
    if ((run != 12 && run != 8) || !endsAt(text, i + run))
        return {};
    const quint64 bits = text.sliced(i, run).toByteArray().toULongLong(nullptr, 16);
    if (run == 12)
        return AddressText{run, AddressForm::Bare, MacAddress(bits), {}, {}};
    return AddressText{run, AddressForm::Bare, {}, Ipv4(static_cast<std::uint32_t>(bits)), {}};
}

/// Four numbers with dashes, and what a zone for reverse look-ups has.
std::optional<AddressText> fourNumbersAt(QByteArrayView text, qsizetype i, char joint)
{
    const qsizetype run = runOf(text, i, 15, [joint](char c) { return isDigit(c) || c == joint; });
    QByteArray own = text.sliced(i, run).toByteArray();
    while (own.endsWith(joint))
        own.chop(1);
    const auto address = own.count(joint) == 3 && endsAt(text, i + own.size())
                             ? Ipv4::fromString(latin1(QByteArray(own).replace(joint, '.')))
                             : std::nullopt;
    if (!address)
        return {};
    if (joint == '-')
        return AddressText{own.size(), AddressForm::Dashes, {}, address, {}};
    if (!text.sliced(i + own.size()).startsWith(".in-addr.arpa"))
        return {};
    return AddressText{own.size(), AddressForm::Reverse, {}, turned({0, {}, {}, address, {}})->v4, {}};
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

std::optional<AddressText> usualAt(QByteArrayView text, qsizetype i)
{
    constexpr qsizetype most = 46;
    QByteArrayView run =
        text.sliced(i, runOf(text, i, most, [](char c) { return isHex(c) || c == ':' || c == '.'; }));
    // What a sentence puts behind it.
    while (run.endsWith('.') || (run.endsWith(':') && !run.endsWith("::")))
        run = run.chopped(1);
    if (run.contains('.')) {
        const qsizetype port = run.indexOf(':');
        const QByteArrayView own = port >= 0 ? run.first(port) : run;
        if (const auto v4 = Ipv4::fromString(latin1(own)))
            return AddressText{own.size(), AddressForm::Usual, {}, v4, {}};
    }
    if (run.count(':') >= 2)
        if (const auto v6 = Ipv6::fromString(latin1(run)))
            return AddressText{run.size(), AddressForm::Usual, {}, {}, v6};
    return {};
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
    if (form == AddressForm::Bare)
        return digits;
    if (form == AddressForm::Dots)
        return digits.first(4) + '.' + digits.sliced(4, 4) + '.' + digits.sliced(8);
    QByteArray text = mac.toString().toLatin1();
    return form == AddressForm::Dashes ? text.replace(':', '-') : text;
}

QByteArray spelledV4(Ipv4 address, AddressForm form)
{
    const Ipv4 other = *turned({0, {}, {}, address, {}})->v4;
    switch (form) {
    case AddressForm::Bare:
        return hexOf(address.bits(), 8);
    case AddressForm::BareTurned:
        return hexOf(other.bits(), 8);
    case AddressForm::Reverse:
        return other.toString().toLatin1();
    case AddressForm::Dashes:
        return address.toString().toLatin1().replace('.', '-');
    case AddressForm::Usual:
    case AddressForm::Dots:
        break;
    }
    return address.toString().toLatin1();
}

} // namespace

std::optional<AddressText> addressAt(QByteArrayView text, qsizetype i)
{
    if (!isHex(text[i]) && text[i] != ':')
        return {};
    if (auto found = macAt(text, i))
        return found;
    if (auto found = nibblesAt(text, i))
        return found;
    if (auto found = fourNumbersAt(text, i, '.'))
        return found;
    if (auto found = usualAt(text, i))
        return found;
    if (auto found = dottedMacAt(text, i))
        return found;
    if (auto found = fourNumbersAt(text, i, '-'))
        return found;
    return bareAt(text, i);
}

std::optional<AddressText> turned(const AddressText &address)
{
    if (!address.v4)
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
    else if (address.v4)
        text = spelledV4(*address.v4, address.form);
    else if (address.v6)
        text =
            address.form == AddressForm::Reverse ? nibbles(*address.v6) : address.v6->toString().toLatin1();
    const QByteArray was = original.toByteArray();
    return was != was.toLower() && was == was.toUpper() ? text.toUpper() : text;
}

} // namespace tropo
