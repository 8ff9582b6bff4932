#include "models/forecast/interface_names.h"

namespace tropo {

namespace {

QString slotName(const PciAddress &pci)
{
    const bool plain = pci.domain == 0 && pci.bus == 0 && pci.function == 0;
    return plain ? QStringLiteral("ens%1").arg(pci.slot) : QString();
}

QString pathName(const PciAddress &pci)
{
    QString name = QStringLiteral("en");
    if (pci.domain != 0)
        name += QStringLiteral("P%1").arg(pci.domain);
    name += QStringLiteral("p%1s%2").arg(pci.bus).arg(pci.slot);
    if (pci.function != 0)
        name += QStringLiteral("f%1").arg(pci.function);
    return name;
}

QString macName(MacAddress mac)
{
    return QLatin1String("enx") + mac.toString().remove(u':');
}

bool isCounted(const QString &name)
{
    bool isNumber = false;
    name.mid(3).toUInt(&isNumber);
    return isNumber && name.startsWith(QLatin1String("eth"));
}

} // namespace

NamedBy namedBy(const QString &name, const std::optional<PciAddress> &pci,
                const std::optional<MacAddress> &mac)
{
    if (name.isEmpty())
        return NamedBy::Unknown;
    for (const NamedBy how : {NamedBy::Slot, NamedBy::Path, NamedBy::Mac})
        if (nameFor(how, pci, mac) == name)
            return how;
    return isCounted(name) ? NamedBy::Order : NamedBy::Unknown;
}

QString nameFor(NamedBy how, const std::optional<PciAddress> &pci, const std::optional<MacAddress> &mac)
{
    switch (how) {
    case NamedBy::Slot:
        return pci ? slotName(*pci) : QString();
    case NamedBy::Path:
        return pci ? pathName(*pci) : QString();
    case NamedBy::Mac:
        return mac ? macName(*mac) : QString();
    case NamedBy::Unknown:
    case NamedBy::Order:
        break;
    }
    return {};
}

} // namespace tropo
