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

} // namespace

std::optional<QString> slipBetween(MacAddress meant, MacAddress written)
{
    QList<int> octets;
    for (int i = 0; i < 6; ++i)
        if (meant.octet(i) != written.octet(i))
            octets.append(i);
    if (octets.size() == 2 && meant.octet(octets[0]) == written.octet(octets[1]) &&
        meant.octet(octets[1]) == written.octet(octets[0]))
        return QStringLiteral("with two bytes swapped");
    const QString a = meant.toString();
    const QString b = written.toString();
    const QList<int> digits = differing(a, b);
    if (digits.size() == 1)
        return QStringLiteral("with one digit changed");
    if (digits.size() == 2 && a[digits[0]] == b[digits[1]] && a[digits[1]] == b[digits[0]])
        return QStringLiteral("with two digits swapped");
    return {};
}

} // namespace tropo
