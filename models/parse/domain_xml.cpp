#include "models/parse/domain_xml.h"

#include "models/parse/xml_document.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<unsigned> number(const pugi::xml_attribute &attribute)
{
    const QString text = QString::fromLatin1(attribute.value());
    bool isNumber = false;
    const unsigned value = text.startsWith("0x"_L1, Qt::CaseInsensitive)
                               ? text.sliced(2).toUInt(&isNumber, 16)
                               : text.toUInt(&isNumber, 10);
    return isNumber ? std::optional(value) : std::nullopt;
}

std::optional<PciAddress> pciAddress(const pugi::xml_node &address)
{
    if (!address || QLatin1StringView(address.attribute("type").value()) != "pci"_L1)
        return {};
    const auto domain = number(address.attribute("domain"));
    const auto bus = number(address.attribute("bus"));
    const auto slot = number(address.attribute("slot"));
    const auto function = number(address.attribute("function"));
    if (!bus || !slot || *bus > 0xff || *slot > 0x1f || function.value_or(0) > 7 ||
        domain.value_or(0) > 0xffff)
        return {};
    return PciAddress{domain.value_or(0), static_cast<std::uint8_t>(*bus), static_cast<std::uint8_t>(*slot),
                      static_cast<std::uint8_t>(function.value_or(0))};
}

NicKind kindOf(QLatin1StringView type)
{
    static const QList<std::pair<QLatin1StringView, NicKind>> kinds{
        {"network"_L1, NicKind::Network},   {"bridge"_L1, NicKind::Bridge}, {"direct"_L1, NicKind::Direct},
        {"ethernet"_L1, NicKind::Ethernet}, {"user"_L1, NicKind::User},     {"hostdev"_L1, NicKind::Hostdev}};
    for (const auto &[name, kind] : kinds)
        if (type == name)
            return kind;
    return NicKind::Other;
}

class DomainReader
{
public:
    DomainReader(const XmlDocument &xml, ProblemLog &problems) : m_xml(xml), m_problems(problems) {}

    Nic nic(const pugi::xml_node &node)
    {
        Nic nic;
        nic.source = m_xml.sourceOf(node, m_problems);
        nic.kind = kindOf(QLatin1StringView(node.attribute("type").value()));
        const QString mac = xmlText(node.child("mac").attribute("address").value());
        nic.mac = MacAddress::fromString(mac);
        if (!mac.isEmpty() && !nic.mac)
            m_problems.add(nic.source.first,
                           u"%1 is no MAC address, line %2"_s.arg(quoted(mac)).arg(nic.source.first));
        const pugi::xml_node source = node.child("source");
        nic.network = xmlText(source.attribute("network").value());
        nic.bridge = xmlText(source.attribute("bridge").value());
        nic.target = xmlText(node.child("target").attribute("dev").value());
        nic.alias = xmlText(node.child("alias").attribute("name").value());
        nic.model = xmlText(node.child("model").attribute("type").value());
        nic.filter = xmlText(node.child("filterref").attribute("filter").value());
        if (const QString link = xmlText(node.child("link").attribute("state").value()); !link.isEmpty())
            nic.linkUp = link == u"up";
        const pugi::xml_node address = node.child("address");
        nic.pci = pciAddress(address);
        if (address && QLatin1StringView(address.attribute("type").value()) == "pci"_L1 && !nic.pci)
            m_problems.add(nic.source.first, u"a PCI address that is none, line %1"_s.arg(nic.source.first));
        return nic;
    }

    Disk disk(const pugi::xml_node &node)
    {
        Disk disk;
        disk.source = m_xml.sourceOf(node, m_problems);
        disk.device = xmlText(node.attribute("device").as_string("disk"));
        disk.format = xmlText(node.child("driver").attribute("type").value());
        disk.path = diskPath(node.child("source"));
        disk.target = xmlText(node.child("target").attribute("dev").value());
        disk.readOnly = bool(node.child("readonly"));
        disk.shareable = bool(node.child("shareable"));
        for (pugi::xml_node store = node.child("backingStore"); store; store = store.child("backingStore"))
            if (const QString path = diskPath(store.child("source")); !path.isEmpty())
                disk.backing.append(path);
        return disk;
    }

    void devices(const pugi::xml_node &parent, DomainForm &form)
    {
        for (const pugi::xml_node &node : parent.children()) {
            const QLatin1StringView name(node.name());
            if (name == "interface"_L1)
                form.nics.append(nic(node));
            else if (name == "disk"_L1)
                form.disks.append(disk(node));
            else if (name == "channel"_L1 &&
                     QLatin1StringView(node.child("target").attribute("name").value()) ==
                         "org.qemu.guest_agent.0"_L1)
                form.agentChannel = true;
        }
    }

    DomainForm domain(const pugi::xml_node &node)
    {
        DomainForm form;
        form.name = xmlText(node.child_value("name"));
        form.uuid = xmlText(node.child_value("uuid"));
        form.type = xmlText(node.attribute("type").value());
        form.partial = form.uuid.isEmpty();
        form.source = m_xml.sourceOf(node, m_problems);
        devices(node.child("devices"), form);
        return form;
    }

private:
    static QString diskPath(const pugi::xml_node &source)
    {
        for (const char *attribute : {"file", "dev", "dir", "name"})
            if (const QString path = xmlText(source.attribute(attribute).value()); !path.isEmpty())
                return path;
        const QString pool = xmlText(source.attribute("pool").value());
        return pool.isEmpty() ? QString()
                              : QString(pool + u'/' + xmlText(source.attribute("volume").value()));
    }

    const XmlDocument &m_xml;
    ProblemLog &m_problems;
};

} // namespace

Parsed<std::optional<DomainForm>> parseDomainXml(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    XmlDocument xml;
    if (!xml.load(text, problems))
        return {{}, problems.take()};
    DomainReader reader(xml, problems);
    pugi::xml_node node = xml.root().child("domain");
    if (!node)
        node = xml.root().child("domstatus").child("domain");
    if (node) {
        DomainForm form = reader.domain(node);
        return {form, problems.take()};
    }
    DomainForm form;
    reader.devices(xml.root(), form);
    form.partial = true;
    form.source = {document, 0, 0};
    if (form.nics.isEmpty() && form.disks.isEmpty()) {
        problems.add(1, u"holds no <domain>, <interface> or <disk>, line 1"_s);
        return {{}, problems.take()};
    }
    return {form, problems.take()};
}

} // namespace tropo
