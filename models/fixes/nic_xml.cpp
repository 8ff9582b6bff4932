#include "models/fixes/nic_xml.h"

#include "models/parse/xml_lines.h"
#include "models/rules/judge.h"

#include <array>
#include <sstream>
#include <string_view>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray printed(pugi::xml_node element, const char *indent, unsigned flags)
{
    std::ostringstream out;
    element.print(out, indent, flags | pugi::format_no_declaration);
    return QByteArray::fromStdString(out.str()).trimmed();
}

QByteArray onOneLine(pugi::xml_node element)
{
    return printed(element, "", pugi::format_raw);
}

void setAttribute(pugi::xml_node element, const char *name, const QByteArray &value)
{
    pugi::xml_attribute attribute = element.attribute(name);
    if (!attribute)
        attribute = element.append_attribute(name);
    attribute.set_value(value.constData());
}

void setPci(pugi::xml_node interface, const PciAddress &pci)
{
    while (interface.remove_child("address")) {
    }
    pugi::xml_node address = interface.append_child("address");
    const auto hex = [](unsigned value, int digits) {
        return QByteArray("0x" + QByteArray::number(value, 16).rightJustified(digits, '0'));
    };
    setAttribute(address, "type", "pci");
    setAttribute(address, "domain", hex(pci.domain, 4));
    setAttribute(address, "bus", hex(pci.bus, 2));
    setAttribute(address, "slot", hex(pci.slot, 2));
    setAttribute(address, "function", hex(pci.function, 1));
}

/// The elements in which libvirt tells what it did, as against what it was asked for.
void dropOwnWords(pugi::xml_node interface)
{
    for (const char *name : {"alias", "backenddomain"})
        interface.remove_child(name);
    const pugi::xml_node target = interface.child("target");
    if (std::string_view(target.attribute("dev").value()).starts_with("vnet"))
        interface.remove_child("target");
    pugi::xml_node source = interface.child("source");
    if (!source.attribute("network"))
        return;
    setAttribute(interface, "type",
                 "network"); // a live NIC on a network that forwards to a bridge says "bridge"
    for (const char *name : {"portid", "bridge", "dev", "mode"})
        source.remove_attribute(name);
}

template <typename Change> QByteArray changed(const QByteArray &xml, const Change &change)
{
    pugi::xml_document document;
    if (!document.load_buffer(xml.constData(), static_cast<std::size_t>(xml.size())))
        return xml;
    const pugi::xml_node interface = document.first_child();
    change(interface);
    return onOneLine(interface);
}

} // namespace

Result<QByteArray> interfaceXml(const Evidence &evidence, const Nic &nic)
{
    constexpr int longest = 400; // lines of one NIC
    const QByteArray text = quoted(evidence, nic.source, longest).toUtf8();
    pugi::xml_document document;
    const bool read = document.load_buffer(text.constData(), static_cast<std::size_t>(text.size())).status ==
                      pugi::status_ok;
    const pugi::xml_node interface = document.child("interface");
    if (!read || !interface)
        return failure(ErrorKind::Format, nic.source.document,
                       u"the NIC's own description is not among what was read: read the fleet live first"_s);
    dropOwnWords(interface);
    return onOneLine(interface);
}

QByteArray withLink(const QByteArray &interfaceXml, bool up)
{
    return changed(interfaceXml, [up](pugi::xml_node interface) {
        while (interface.remove_child("link")) {
        }
        pugi::xml_node link = interface.append_child("link");
        setAttribute(link, "state", up ? "up" : "down");
    });
}

QByteArray withSlot(const QByteArray &interfaceXml, const PciAddress &pci)
{
    return changed(interfaceXml, [&pci](pugi::xml_node interface) { setPci(interface, pci); });
}

QByteArray newInterfaceXml(const MacAddress &mac, const QString &place, bool isNetwork, const PciAddress &pci)
{
    pugi::xml_document document;
    pugi::xml_node interface = document.append_child("interface");
    setAttribute(interface, "type", isNetwork ? "network" : "bridge");
    setAttribute(interface.append_child("mac"), "address", mac.toString().toLatin1());
    setAttribute(interface.append_child("source"), isNetwork ? "network" : "bridge", place.toUtf8());
    setAttribute(interface.append_child("model"), "type", "virtio");
    setPci(interface, pci);
    return onOneLine(interface);
}

QString readableXml(const QByteArray &xml)
{
    pugi::xml_document document;
    if (!document.load_buffer(xml.constData(), static_cast<std::size_t>(xml.size())))
        return QString::fromUtf8(xml);
    return QString::fromUtf8(printed(document.first_child(), "  ", pugi::format_indent)) + u'\n';
}

} // namespace tropo
