#include "models/fixes/pci_slots.h"

#include "models/parse/xml_lines.h"

#include <QSet>

#include <algorithm>
#include <string_view>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr unsigned lastSlot = 0x1f;

std::optional<unsigned> number(pugi::xml_node element, const char *name)
{
    QString text = xmlAttribute(element, name);
    bool good = false;
    const unsigned value = text.toUInt(&good, 0);
    return good ? std::optional(value) : std::nullopt;
}

std::optional<PciAddress> addressOf(pugi::xml_node element)
{
    if (xmlAttribute(element, "type") != "pci"_L1)
        return {};
    const auto bus = number(element, "bus");
    const auto slot = number(element, "slot");
    if (!bus || !slot || *bus > 0xff || *slot > lastSlot)
        return {};
    return PciAddress{number(element, "domain").value_or(0), static_cast<std::uint8_t>(*bus),
                      static_cast<std::uint8_t>(*slot),
                      static_cast<std::uint8_t>(number(element, "function").value_or(0) & 7U)};
}

void takeAddresses(pugi::xml_node element, QList<PciAddress> &taken)
{
    for (const pugi::xml_node child : element.children()) {
        // What a hostdev says of its source is an address of the hypervisor.
        if (std::string_view(child.name()) == "source")
            continue;
        if (std::string_view(child.name()) == "address") {
            if (const auto address = addressOf(child))
                taken.append(*address);
        } else {
            takeAddresses(child, taken);
        }
    }
}

/// Buses that conventional devices can be plugged into, with their first and last slot.
struct Bus
{
    unsigned index;
    unsigned first;
    unsigned last;
};

QList<Bus> busesOf(pugi::xml_node devices)
{
    QList<Bus> buses;
    for (const pugi::xml_node controller : devices.children("controller")) {
        if (xmlAttribute(controller, "type") != "pci"_L1)
            continue;
        const QString model = xmlAttribute(controller, "model");
        const auto index = number(controller, "index");
        if (!index || *index > 0xff)
            continue;
        // Slot 0 of a root bus is the bridge itself, slot 1 of i440fx's its ISA bridge, slot 2 usually the
        // screen.
        if (model == "pci-root"_L1)
            buses.append({*index, 3, 0x1e});
        else if (model == "pci-bridge"_L1)
            buses.append({*index, 1, lastSlot});
        else if (model == "pcie-root-port"_L1 || model == "pcie-switch-downstream-port"_L1)
            buses.append({*index, 0, 0});
    }
    std::sort(buses.begin(), buses.end(), [](const Bus &a, const Bus &b) { return a.index < b.index; });
    return buses;
}

} // namespace

Result<PciSlots> pciSlotsOf(const QByteArray &domainXml)
{
    ProblemLog log{QString()};
    const auto xml = XmlText::parse(domainXml, log);
    const pugi::xml_node devices = xml ? xml->root().child("domain").child("devices") : pugi::xml_node();
    if (!devices)
        return failure(ErrorKind::Format, {}, u"is no whole description of a domain"_s);
    PciSlots slots;
    takeAddresses(devices, slots.taken);
    QSet<PciAddress> used; // whole slots: their function 0
    for (PciAddress address : slots.taken) {
        address.function = 0;
        used.insert(address);
    }
    for (const Bus &bus : busesOf(devices)) {
        for (unsigned slot = bus.first; slot <= bus.last; ++slot) {
            const PciAddress one{0, static_cast<std::uint8_t>(bus.index), static_cast<std::uint8_t>(slot), 0};
            if (!used.contains(one))
                slots.free.append(one);
        }
    }
    return slots;
}

std::optional<PciAddress> commonFreeSlot(const PciSlots &live, const PciSlots &persistent)
{
    for (const PciAddress &slot : live.free)
        if (persistent.free.contains(slot))
            return slot;
    return {};
}

} // namespace tropo
