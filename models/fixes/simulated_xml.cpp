#include "models/fixes/simulated_xml.h"

#include "models/fixes/nic_xml.h"
#include "models/parse/domain_xml.h"

#include <pugixml.hpp>

#include <sstream>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Blanks and comments are kept, so that the text stays the same where nothing is changed.
bool load(pugi::xml_document &document, const QByteArray &xml)
{
    return document
        .load_buffer(xml.constData(), static_cast<std::size_t>(xml.size()),
                     pugi::parse_full | pugi::parse_ws_pcdata)
        .
        operator bool();
}

QByteArray printed(pugi::xml_node node)
{
    std::ostringstream out;
    node.print(out, "", pugi::format_raw);
    return QByteArray::fromStdString(out.str());
}

QByteArray whole(const pugi::xml_document &document)
{
    std::ostringstream out;
    document.save(out, "", pugi::format_raw | pugi::format_no_declaration);
    return QByteArray::fromStdString(out.str());
}

/// The parser that reads a fleet says which NIC an element is.
bool isNic(pugi::xml_node element, MacAddress mac, const PciAddress &pci)
{
    const auto form = parseDomainXml(printed(element), {}).value;
    return form && form->nics.size() == 1 && form->nics.front().mac == mac && form->nics.front().pci == pci;
}

template <typename Change>
Result<QByteArray> changedNic(const QByteArray &domainXml, MacAddress mac, const PciAddress &pci,
                              const Change &change)
{
    pugi::xml_document document;
    if (!load(document, domainXml))
        return failure(ErrorKind::Format, {}, u"is no well-formed description"_s);
    pugi::xml_node devices = document.child("domain").child("devices");
    for (pugi::xml_node element : devices.children("interface"))
        if (isNic(element, mac, pci)) {
            change(devices, element);
            return whole(document);
        }
    return failure(ErrorKind::Refused, {}, u"no device matching MAC and address was found"_s);
}

void setAttribute(pugi::xml_node element, const char *name, const QString &value)
{
    pugi::xml_attribute attribute = element.attribute(name);
    if (!attribute)
        attribute = element.append_attribute(name);
    attribute.set_value(value.toUtf8().constData());
}

} // namespace

Result<QByteArray> withInterface(const QByteArray &domainXml, const QByteArray &interfaceXml)
{
    pugi::xml_document document;
    pugi::xml_document nic;
    if (!load(document, domainXml) || !load(nic, readableXml(interfaceXml).toUtf8()))
        return failure(ErrorKind::Format, {}, u"is no well-formed description"_s);
    pugi::xml_node devices = document.child("domain").child("devices");
    if (!devices)
        return failure(ErrorKind::Format, {}, u"is no whole description of a domain"_s);
    // On lines of its own, as what is read later is known by its lines.
    devices.append_child(pugi::node_pcdata).set_value("\n");
    devices.append_copy(nic.child("interface"));
    devices.append_child(pugi::node_pcdata).set_value("\n  ");
    return whole(document);
}

Result<QByteArray> withoutInterface(const QByteArray &domainXml, MacAddress mac, const PciAddress &pci)
{
    return changedNic(domainXml, mac, pci,
                      [](pugi::xml_node devices, pugi::xml_node element) { devices.remove_child(element); });
}

Result<QByteArray> withInterfaceLink(const QByteArray &domainXml, MacAddress mac, const PciAddress &pci,
                                     bool up)
{
    return changedNic(domainXml, mac, pci, [up](pugi::xml_node, pugi::xml_node element) {
        while (element.remove_child("link")) {
        }
        if (!up)
            setAttribute(element.append_child("link"), "state", u"down"_s);
    });
}

Result<QByteArray> withReservation(const QByteArray &networkXml, const Reservation &one)
{
    pugi::xml_document document;
    if (!load(document, networkXml))
        return failure(ErrorKind::Format, {}, u"is no well-formed description"_s);
    pugi::xml_node ip = document.child("network").child("ip");
    if (!ip)
        return failure(ErrorKind::Refused, {}, u"the network has no addresses of its own"_s);
    pugi::xml_node dhcp = ip.child("dhcp");
    if (!dhcp)
        dhcp = ip.append_child("dhcp");
    dhcp.append_child(pugi::node_pcdata).set_value("\n");
    pugi::xml_node host = dhcp.append_child("host");
    if (one.mac)
        setAttribute(host, "mac", one.mac->toString());
    if (!one.name.isEmpty())
        setAttribute(host, "name", one.name);
    if (one.address)
        setAttribute(host, "ip", one.address->toString());
    dhcp.append_child(pugi::node_pcdata).set_value("\n");
    return whole(document);
}

Result<QByteArray> withoutReservation(const QByteArray &networkXml, const Reservation &one)
{
    pugi::xml_document document;
    if (!load(document, networkXml))
        return failure(ErrorKind::Format, {}, u"is no well-formed description"_s);
    for (pugi::xml_node ip : document.child("network").children("ip"))
        for (pugi::xml_node dhcp : ip.children("dhcp"))
            for (pugi::xml_node host : dhcp.children("host")) {
                const auto attribute = [&host](const char *name) {
                    return QString::fromUtf8(host.attribute(name).value());
                };
                if (MacAddress::fromString(attribute("mac")) == one.mac &&
                    Ipv4::fromString(attribute("ip")) == one.address && attribute("name") == one.name) {
                    dhcp.remove_child(host);
                    return whole(document);
                }
            }
    return failure(ErrorKind::Refused, {}, u"there is no matching dhcp host entry"_s);
}

QByteArray pluggedXml(const QByteArray &interfaceXml, const PluggedWords &words)
{
    pugi::xml_document document;
    if (!load(document, interfaceXml))
        return interfaceXml;
    pugi::xml_node nic = document.child("interface");
    if (words.isBridged)
        setAttribute(nic, "type", u"bridge"_s);
    pugi::xml_node source = nic.child("source");
    if (source && !words.bridge.isEmpty())
        setAttribute(source, "bridge", words.bridge);
    nic.remove_child("target");
    setAttribute(nic.append_child("target"), "dev", words.tap);
    nic.remove_child("alias");
    setAttribute(nic.append_child("alias"), "name", words.alias);
    return printed(nic);
}

} // namespace tropo
