#include "models/address/pci_address.h"

namespace tropo {

namespace {

std::optional<unsigned> hexNumber(QStringView text, qsizetype digits, unsigned largest)
{
    if (text.size() != digits)
        return {};
    bool isNumber = false;
    const unsigned value = text.toUInt(&isNumber, 16);
    if (!isNumber || value > largest || text.front() == u'+' || text.front() == u'-')
        return {};
    return value;
}

} // namespace

std::optional<PciAddress> PciAddress::fromString(QStringView text)
{
    if (text.size() != 12 || text[4] != u':' || text[7] != u':' || text[10] != u'.')
        return {};
    const auto domain = hexNumber(text.sliced(0, 4), 4, 0xffff);
    const auto bus = hexNumber(text.sliced(5, 2), 2, 0xff);
    const auto slot = hexNumber(text.sliced(8, 2), 2, 0x1f);
    const auto function = hexNumber(text.sliced(11, 1), 1, 7);
    if (!domain || !bus || !slot || !function)
        return {};
    return PciAddress{*domain, static_cast<std::uint8_t>(*bus), static_cast<std::uint8_t>(*slot),
                      static_cast<std::uint8_t>(*function)};
}

QString PciAddress::toString() const
{
    const auto hex = [](unsigned value, int width) {
        return QStringLiteral("%1").arg(value, width, 16, QLatin1Char('0'));
    };
    return hex(domain, 4) + u':' + hex(bus, 2) + u':' + hex(slot, 2) + u'.' + hex(function, 1);
}

} // namespace tropo
