#pragma once

#include <QHashFunctions>
#include <QString>
#include <QStringView>

#include <compare>
#include <cstdint>
#include <optional>

namespace tropo {

/// Where a device sits on a machine's PCI buses: the same outside (domain XML) and inside (sysfs), so it
/// joins a NIC to its interface even where every MAC is equal.
struct PciAddress
{
    std::uint32_t domain = 0;
    std::uint8_t bus = 0;
    std::uint8_t slot = 0;
    std::uint8_t function = 0;

    /// "0000:00:07.0", as sysfs and lspci -D print it.
    static std::optional<PciAddress> fromString(QStringView text);
    QString toString() const;

    auto operator<=>(const PciAddress &) const = default;
};

inline std::size_t qHash(const PciAddress &pci, std::size_t seed = 0)
{
    return qHashMulti(seed, pci.domain, pci.bus, pci.slot, pci.function);
}

} // namespace tropo
