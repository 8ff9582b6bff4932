#include "models/address/mac_address.h"

#include <QStringList>

namespace tropo {

namespace {

int hexDigit(QChar c)
{
    const char16_t u = c.unicode();
    if (u >= '0' && u <= '9')
        return u - '0';
    if (u >= 'a' && u <= 'f')
        return u - 'a' + 10;
    if (u >= 'A' && u <= 'F')
        return u - 'A' + 10;
    return -1;
}

} // namespace

std::optional<MacAddress> MacAddress::fromString(QStringView text)
{
    if (text.size() != 17)
        return {};
    const QChar joint = text[2];
    if (joint != u':' && joint != u'-')
        return {};
    std::uint64_t bits = 0;
    for (int octet = 0; octet < 6; ++octet) {
        const qsizetype at = 3 * octet;
        const int high = hexDigit(text[at]);
        const int low = hexDigit(text[at + 1]);
        if (high < 0 || low < 0 || (octet < 5 && text[at + 2] != joint))
            return {};
        bits = (bits << 8) | static_cast<std::uint64_t>(high * 16 + low);
    }
    return MacAddress(bits);
}

QString MacAddress::toString() const
{
    QString text;
    text.reserve(17);
    for (int i = 0; i < 6; ++i) {
        if (i > 0)
            text += u':';
        text += QStringLiteral("%1").arg(octet(i), 2, 16, QLatin1Char('0'));
    }
    return text;
}

std::optional<MacRange> MacRange::fromString(QStringView text)
{
    const qsizetype slash = text.indexOf(u'/');
    if (slash < 0)
        return {};
    const auto base = MacAddress::fromString(text.first(slash));
    bool isNumber = false;
    const QStringView digits = text.sliced(slash + 1);
    const int prefix = digits.toInt(&isNumber);
    if (!base || !isNumber || prefix < 0 || prefix > 48 || QString::number(prefix) != digits)
        return {};
    const MacRange range{*base, prefix};
    const std::uint64_t hostBits = (std::uint64_t(1) << (48 - prefix)) - 1;
    if (base->bits() & hostBits)
        return {};
    return range;
}

bool MacRange::contains(MacAddress mac) const
{
    return (mac.bits() >> (48 - prefix)) == (base.bits() >> (48 - prefix));
}

bool MacRange::overlaps(const MacRange &other) const
{
    return prefix <= other.prefix ? contains(other.base) : other.contains(base);
}

QString MacRange::toString() const
{
    return base.toString() + u'/' + QString::number(prefix);
}

} // namespace tropo
