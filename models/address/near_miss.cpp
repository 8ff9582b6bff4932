#include "models/address/near_miss.h"

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

enum class Slip { BytesSwapped, DigitsSwapped, DigitChanged }; // likeliest first

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

QString textOf(Slip slip)
{
    switch (slip) {
    case Slip::BytesSwapped:
        return QStringLiteral("with two bytes swapped");
    case Slip::DigitsSwapped:
        return QStringLiteral("with two digits swapped");
    case Slip::DigitChanged:
        return QStringLiteral("with one digit changed");
    }
    return {};
}

} // namespace

std::optional<QString> slipBetween(MacAddress meant, MacAddress written)
{
    const auto slip = slipOf(meant, written);
    return slip ? std::optional(textOf(*slip)) : std::nullopt;
}

std::optional<NearMiss> nearestSlip(const QList<MacAddress> &candidates, MacAddress written)
{
    std::optional<Slip> best;
    QList<MacAddress> nearest;
    for (const MacAddress candidate : candidates) {
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
    return NearMiss{nearest.front(), textOf(*best)};
}

} // namespace tropo
