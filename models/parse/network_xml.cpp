#include "models/parse/network_xml.h"

#include "models/parse/xml_document.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

class NetworkReader
{
public:
    NetworkReader(const XmlDocument &xml, ProblemLog &problems) : m_xml(xml), m_problems(problems) {}

    NetworkForm network(const pugi::xml_node &node)
    {
        NetworkForm form;
        form.source = m_xml.sourceOf(node, m_problems);
        form.name = xmlText(node.child_value("name"));
        form.uuid = xmlText(node.child_value("uuid"));
        // <forward/> without a mode is nat (formatnetwork, "Connectivity").
        if (const pugi::xml_node forward = node.child("forward"))
            form.forward = xmlText(forward.attribute("mode").as_string("nat"));
        form.bridge = xmlText(node.child("bridge").attribute("name").value());
        form.mac = value<MacAddress>(node.child("mac"), "address", &MacAddress::fromString, u"MAC address"_s);
        for (const pugi::xml_node &ip : node.children("ip"))
            if (QLatin1StringView(ip.attribute("family").as_string("ipv4")) == "ipv4"_L1)
                addAddress(ip, form);
        return form;
    }

private:
    template <typename T>
    std::optional<T> value(const pugi::xml_node &node, const char *attribute,
                           std::optional<T> (*parse)(QStringView), const QString &what)
    {
        const QString text = xmlText(node.attribute(attribute).value());
        const auto parsed = parse(text);
        if (!text.isEmpty() && !parsed) {
            const int line = m_xml.sourceOf(node, m_problems).first;
            m_problems.add(line, u"%1 is no %2, line %3"_s.arg(quoted(text), what).arg(line));
        }
        return parsed;
    }

    std::optional<int> prefix(const pugi::xml_node &ip)
    {
        bool isNumber = false;
        const int bits = QString::fromLatin1(ip.attribute("prefix").value()).toInt(&isNumber);
        if (isNumber && bits >= 0 && bits <= 32)
            return bits;
        const auto mask = value<Ipv4>(ip, "netmask", &Ipv4::fromString, u"netmask"_s);
        return mask ? prefixOf(*mask) : std::nullopt;
    }

    void addAddress(const pugi::xml_node &ip, NetworkForm &form)
    {
        const auto address = value<Ipv4>(ip, "address", &Ipv4::fromString, u"IPv4 address"_s);
        if (address && !form.address)
            form.address = InterfaceAddress{*address, prefix(ip)};
        const pugi::xml_node dhcp = ip.child("dhcp");
        for (const pugi::xml_node &range : dhcp.children("range")) {
            const auto start = value<Ipv4>(range, "start", &Ipv4::fromString, u"IPv4 address"_s);
            const auto end = value<Ipv4>(range, "end", &Ipv4::fromString, u"IPv4 address"_s);
            if (start && end)
                form.ranges.append({*start, *end});
        }
        for (const pugi::xml_node &host : dhcp.children("host"))
            form.reservations.append(
                {value<MacAddress>(host, "mac", &MacAddress::fromString, u"MAC address"_s),
                 value<Ipv4>(host, "ip", &Ipv4::fromString, u"IPv4 address"_s),
                 xmlText(host.attribute("name").value()), m_xml.sourceOf(host, m_problems)});
    }

    const XmlDocument &m_xml;
    ProblemLog &m_problems;
};

} // namespace

Parsed<std::optional<NetworkForm>> parseNetworkXml(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    XmlDocument xml;
    if (!xml.load(text, problems))
        return {{}, problems.take()};
    const pugi::xml_node node = xml.root().child("network");
    if (!node) {
        problems.add(1, u"holds no <network>, line 1"_s);
        return {{}, problems.take()};
    }
    NetworkForm form = NetworkReader(xml, problems).network(node);
    return {form, problems.take()};
}

} // namespace tropo
