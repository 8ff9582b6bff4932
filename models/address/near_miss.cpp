#include "models/address/near_miss.h"

#include <utility>

namespace tropo {

namespace {

QList<int> differing(const QString &a, const QString &b)
{
    QList<int> places;
    for (int i = 0; i < a.size(); ++i)
        if (a[i] != b[i])
            places.append(i);
    return places;
}

// Likeliest first.
enum class Slip { BytesSwapped, NumbersSwapped, DigitsSwapped, DigitMissing, DigitAdded, DigitChanged };

std::optional<Slip> slipOf(MacAddress meant, MacAddress written)
{
    QList<int> octets;
    for (int i = 0; i < 6; ++i)
        if (meant.octet(i) != written.octet(i))
            octets.append(i);
    if (octets.size() == 2 && meant.octet(octets[0]) == written.octet(octets[1]) &&
        meant.octet(octets[1]) == written.octet(octets[0]))
        return Slip::BytesSwapped;
    const QString a = meant.toString();
    const QString b = written.toString();
    const QList<int> digits = differing(a, b);
    if (digits.size() == 1)
        return Slip::DigitChanged;
    if (digits.size() == 2 && a[digits[0]] == b[digits[1]] && a[digits[1]] == b[digits[0]])
        return Slip::DigitsSwapped;
    return {};
}

/// Whether `shorter` is `longer` without one of its characters.
bool lacksOne(const QString &longer, const QString &shorter)
{
    if (longer.size() != shorter.size() + 1)
        return false;
    qsizetype same = 0;
    while (same < shorter.size() && longer[same] == shorter[same])
        ++same;
    return QStringView(longer).sliced(same + 1) == QStringView(shorter).sliced(same);
}

std::optional<Slip> slipOf(Ipv4 meant, Ipv4 written)
{
    const QString a = meant.toString();
    const QString b = written.toString();
    const QStringList ours = a.split(u'.');
    const QStringList theirs = b.split(u'.');
    QList<int> numbers;
    for (int i = 0; i < 4; ++i)
        if (ours[i] != theirs[i])
            numbers.append(i);
    if (numbers.size() == 2 && ours[numbers[0]] == theirs[numbers[1]] &&
        ours[numbers[1]] == theirs[numbers[0]])
        return Slip::NumbersSwapped;
    if (lacksOne(a, b))
        return Slip::DigitMissing;
    if (lacksOne(b, a))
        return Slip::DigitAdded;
    if (a.size() != b.size())
        return {};
    const QList<int> digits = differing(a, b);
    if (digits.size() == 1)
        return Slip::DigitChanged;
    if (digits.size() == 2 && a[digits[0]] == b[digits[1]] && a[digits[1]] == b[digits[0]])
        return Slip::DigitsSwapped;
    return {};
}

QString textOf(Slip slip)
{
    switch (slip) {
    case Slip::BytesSwapped:
        return QStringLiteral("with two bytes swapped");
    case Slip::NumbersSwapped:
        return QStringLiteral("with two numbers swapped");
    case Slip::DigitsSwapped:
        return QStringLiteral("with two digits swapped");
    case Slip::DigitMissing:
        return QStringLiteral("with one digit left out");
    case Slip::DigitAdded:
        return QStringLiteral("with one digit too many");
    case Slip::DigitChanged:
        return QStringLiteral("with one digit changed");
    }
    return {};
}

bool isSwap(Slip slip)
{
    return slip == Slip::BytesSwapped || slip == Slip::NumbersSwapped || slip == Slip::DigitsSwapped;
}

/// The one candidate that the likeliest slip leads to, and that slip.
template <typename Address>
std::optional<std::pair<Address, Slip>> nearestOf(const QList<Address> &candidates, Address written)
{
    std::optional<Slip> best;
    QList<Address> nearest;
    for (const Address candidate : candidates) {
        const auto slip = slipOf(candidate, written);
        if (!slip || (best && *slip > *best) || nearest.contains(candidate))
            continue;
        if (!best || *slip < *best)
            nearest.clear();
        best = slip;
        nearest.append(candidate);
    }
    if (nearest.size() != 1)
        return {};
    return std::pair(nearest.front(), *best);
}

} // namespace

std::optional<QString> slipBetween(MacAddress meant, MacAddress written)
{
    const auto slip = slipOf(meant, written);
    return slip ? std::optional(textOf(*slip)) : std::nullopt;
}

std::optional<QString> slipBetween(Ipv4 meant, Ipv4 written)
{
    const auto slip = slipOf(meant, written);
    return slip ? std::optional(textOf(*slip)) : std::nullopt;
}

std::optional<NearMiss> nearestSlip(const QList<MacAddress> &candidates, MacAddress written)
{
    const auto nearest = nearestOf(candidates, written);
    return nearest ? std::optional(NearMiss{nearest->first, textOf(nearest->second), isSwap(nearest->second)})
                   : std::nullopt;
}

std::optional<NearAddress> nearestSlip(const QList<Ipv4> &candidates, Ipv4 written)
{
    const auto nearest = nearestOf(candidates, written);
    return nearest
               ? std::optional(NearAddress{nearest->first, textOf(nearest->second), isSwap(nearest->second)})
               : std::nullopt;
}

} // namespace tropo
