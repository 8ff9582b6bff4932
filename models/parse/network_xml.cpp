#include "models/parse/network_xml.h"

#include "models/parse/domain_devices.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

class Reader
{
public:
    Reader(const XmlText &xml, ProblemLog &problems) : m_xml(xml), m_problems(problems) {}

    NetworkForm read(pugi::xml_node network)
    {
        NetworkForm form;
        form.name = xmlValue(network.child("name"));
        form.uuid = xmlValue(network.child("uuid"));
        if (const pugi::xml_node forward = network.child("forward")) {
            form.forward = xmlAttribute(forward, "mode");
            if (form.forward.isEmpty())
                form.forward = u"nat"_s; // libvirt's default
        }
        form.bridge = xmlAttribute(network.child("bridge"), "name");
        form.mac = xmlMac(m_xml, network.child("mac"), "address", m_problems);
        for (pugi::xml_node ip : network.children("ip"))
            addIp(ip, form);
        form.source = m_xml.source(network);
        if (form.name.isEmpty())
            complain(network, u"a network without a name"_s);
        return form;
    }

private:
    void complain(pugi::xml_node element, const QString &what)
    {
        const int line = m_xml.line(element);
        m_problems.add(line, u"%1, line %2"_s.arg(what).arg(line));
    }

    void addIp(pugi::xml_node ip, NetworkForm &form)
    {
        const QString family = xmlAttribute(ip, "family");
        if (!family.isEmpty() && family != "ipv4"_L1)
            return;
        const auto address = ipv4(ip, "address");
        if (!form.address && address)
            form.address = InterfaceAddress{*address, prefixOfIp(ip)};
        for (pugi::xml_node dhcp : ip.children("dhcp")) {
            for (pugi::xml_node range : dhcp.children("range"))
                addRange(range, form);
            for (pugi::xml_node host : dhcp.children("host"))
                form.reservations.append({xmlMac(m_xml, host, "mac", m_problems),
                                          host.attribute("ip") ? ipv4(host, "ip") : std::nullopt,
                                          xmlAttribute(host, "name"), m_xml.source(host)});
        }
    }

    void addRange(pugi::xml_node range, NetworkForm &form)
    {
        const auto start = ipv4(range, "start");
        const auto end = ipv4(range, "end");
        if (start && end && *start <= *end)
            form.ranges.append({*start, *end});
        else if (start && end)
            complain(range, u"a range that ends before it starts"_s);
    }

    std::optional<Ipv4> ipv4(pugi::xml_node element, const char *name)
    {
        const QString text = xmlAttribute(element, name);
        const auto address = Ipv4::fromString(text);
        if (!address)
            complain(element, quoted(text) + u": not an IPv4 address"_s);
        return address;
    }

    std::optional<int> prefixOfIp(pugi::xml_node ip)
    {
        const QString prefix = xmlAttribute(ip, "prefix");
        const QString netmask = xmlAttribute(ip, "netmask");
        if (!prefix.isEmpty()) {
            bool isNumber = false;
            const int bits = prefix.toInt(&isNumber);
            if (isNumber && bits >= 0 && bits <= 32)
                return bits;
            complain(ip, quoted(prefix) + u": not a prefix length"_s);
            return {};
        }
        if (netmask.isEmpty())
            return {};
        const auto mask = Ipv4::fromString(netmask);
        const auto bits = mask ? prefixOf(*mask) : std::nullopt;
        if (!bits)
            complain(ip, quoted(netmask) + u": not a network mask"_s);
        return bits;
    }

    const XmlText &m_xml;
    ProblemLog &m_problems;
};

} // namespace

Parsed<std::optional<NetworkForm>> parseNetworkXml(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    const auto xml = XmlText::parse(text, problems);
    if (!xml)
        return {std::nullopt, problems.take()};
    const pugi::xml_node network = xml->root().child("network");
    for (pugi::xml_node other : xml->root().children())
        if (other.type() == pugi::node_element && other != network)
            problems.add(xml->line(other),
                         u"something else than one network, line %1"_s.arg(xml->line(other)));
    if (!network)
        return {std::nullopt, problems.take()};
    if (xml->elided())
        problems.add(0, u"lines are left out of it"_s);
    NetworkForm form = Reader(*xml, problems).read(network);
    return {std::move(form), problems.take()};
}

} // namespace tropo
