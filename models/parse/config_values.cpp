#include "models/parse/config_values.h"

namespace tropo {

std::optional<int> plainNumber(QStringView text, int most)
{
    if (text.isEmpty() || text.size() > 10)
        return {};
    qint64 value = 0;
    for (QChar c : text) {
        if (c < u'0' || c > u'9')
            return {};
        value = value * 10 + (c.unicode() - u'0');
    }
    if (value > most)
        return {};
    return static_cast<int>(value);
}

std::optional<int> prefixLength(QStringView text)
{
    if (const auto mask = Ipv4::fromString(text))
        return prefixOf(*mask);
    return plainNumber(text, 32);
}

std::optional<InterfaceAddress> interfaceAddress(QStringView text)
{
    const qsizetype slash = text.indexOf(u'/');
    const auto address = Ipv4::fromString(slash < 0 ? text : text.first(slash));
    if (!address)
        return {};
    if (slash < 0)
        return InterfaceAddress{*address, {}};
    const auto prefix = prefixLength(text.sliced(slash + 1));
    if (!prefix)
        return {};
    return InterfaceAddress{*address, prefix};
}

std::optional<bool> yesOrNo(QStringView text)
{
    const auto is = [text](QStringView word) { return text.compare(word, Qt::CaseInsensitive) == 0; };
    if (is(u"yes") || is(u"true") || is(u"on") || is(u"1") || is(u"t") || is(u"y"))
        return true;
    if (is(u"no") || is(u"false") || is(u"off") || is(u"0") || is(u"f") || is(u"n"))
        return false;
    return {};
}

} // namespace tropo
