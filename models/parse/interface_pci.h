#pragma once

#include "models/address/mac_address.h"
#include "models/address/pci_address.h"
#include "models/source.h"

#include <QByteArray>

namespace tropo {

/// A line of interface-pci.txt: an interface inside a guest and the device behind it.
struct InterfacePci
{
    QString name;
    std::optional<MacAddress> mac;
    std::optional<PciAddress> pci;
    Source source;

    bool operator==(const InterfacePci &) const = default;
};

/// interface-pci.txt of a capture: "ens5 52:54:00:00:01:01 0000:00:07.0", "-" where there is none.
Parsed<QList<InterfacePci>> parseInterfacePci(const QByteArray &text, const QString &document);

} // namespace tropo
