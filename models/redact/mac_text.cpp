#include "models/redact/mac_text.h"

#include "models/redact/text_runs.h"

namespace tropo {

namespace {

constexpr qsizetype macPairs = 6;
constexpr qsizetype pairStep = 3; ///< two digits and what joins them
constexpr qsizetype mostPairs = 40;

bool isPairAt(QByteArrayView text, qsizetype i)
{
    return i + 2 <= text.size() && isHex(text[i]) && isHex(text[i + 1]) && endsAt(text, i + 2);
}

/// How many pairs of digits are joined from `i` on.
qsizetype pairsFrom(QByteArrayView text, qsizetype i, char joint)
{
    qsizetype count = 0;
    while (count < mostPairs && isPairAt(text, i)) {
        ++count;
        if (i + 2 >= text.size() || text[i + 2] != joint)
            break;
        i += pairStep;
    }
    return count;
}

/// An Ethernet header as netfilter logs it: destination, source and type. A DUID with a time (RFC 8415, 11.2)
/// is as long, and has its MAC at the end.
bool isHeaderAt(QByteArrayView text, qsizetype begin)
{
    static const QList<QByteArray> types{"08:00", "08:06", "86:dd", "81:00", "88:a8"};
    constexpr qsizetype typeAt = 12 * pairStep;
    return types.contains(text.sliced(begin + typeAt, 5).toByteArray().toLower()) &&
           !text.sliced(begin).startsWith("00:01:00:01:");
}

/// More pairs make something else of it: a fingerprint, an IPv6 address. What stands before the last six is
/// the type of a DHCP client's id, or a DUID's.
bool isMacAmong(QByteArrayView text, qsizetype i, char joint)
{
    const qsizetype from = pairsFrom(text, i, joint);
    const qsizetype before = pairsBefore(text, i, joint);
    if (from == macPairs)
        return true;
    const qsizetype all = before + from;
    if (before != 0 && before != macPairs)
        return false;
    return all == 2 * macPairs ||
           (all == 2 * macPairs + 2 && joint == ':' && isHeaderAt(text, i - before * pairStep));
}

} // namespace

qsizetype pairsBefore(QByteArrayView text, qsizetype i, char joint)
{
    qsizetype count = 0;
    while (count < mostPairs && i >= pairStep && text[i - 1] == joint && isPairAt(text, i - pairStep) &&
           (i == pairStep || !isNameByte(text[i - pairStep - 1]))) {
        ++count;
        i -= pairStep;
    }
    return count;
}

std::optional<AddressText> pairedMacAt(QByteArrayView text, qsizetype i)
{
    constexpr qsizetype length = 17;
    if (i + length > text.size() || (text[i + 2] != ':' && text[i + 2] != '-'))
        return {};
    const char joint = text[i + 2];
    const auto mac = isMacAmong(text, i, joint)
                         ? MacAddress::fromString(QString::fromLatin1(text.sliced(i, length)))
                         : std::nullopt;
    if (!mac)
        return {};
    return AddressText{length, joint == '-' ? AddressForm::Dashes : AddressForm::Usual, mac, {}, {}};
}

/// Six numbers of one digit or two.
std::optional<AddressText> unpaddedMacAt(QByteArrayView text, qsizetype i)
{
    // The end of something longer.
    if (i >= 2 && text[i - 1] == ':' && isHex(text[i - 2]) &&
        (i == 2 || !isNameByte(text[i - 3]) || (isHex(text[i - 3]) && (i == 3 || !isNameByte(text[i - 4])))))
        return {};
    quint64 bits = 0;
    qsizetype at = i;
    for (qsizetype number = 0; number < macPairs; ++number) {
        const qsizetype run = runOf(text, at, 3, isHex);
        if (run == 0 || run > 2)
            return {};
        bits = (bits << 8) | text.sliced(at, run).toByteArray().toULongLong(nullptr, 16);
        at += run;
        if (number + 1 < macPairs && (at >= text.size() || text[at++] != ':'))
            return {};
    }
    const bool goesOn = !endsAt(text, at) || (at + 1 < text.size() && text[at] == ':' &&
                                              (isHex(text[at + 1]) || text[at + 1] == ':'));
    return goesOn ? std::nullopt
                  : std::optional(AddressText{at - i, AddressForm::Unpadded, MacAddress(bits), {}, {}});
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

} // namespace tropo
