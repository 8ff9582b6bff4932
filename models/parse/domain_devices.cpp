#include "models/parse/domain_devices.h"

#include <array>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct KindName
{
    QLatin1StringView name;
    NicKind kind;
};

NicKind kindOf(const QString &type)
{
    static constexpr std::array names{
        KindName{"network"_L1, NicKind::Network}, KindName{"bridge"_L1, NicKind::Bridge},
        KindName{"direct"_L1, NicKind::Direct},   KindName{"ethernet"_L1, NicKind::Ethernet},
        KindName{"user"_L1, NicKind::User},       KindName{"hostdev"_L1, NicKind::Hostdev},
    };
    for (const KindName &one : names)
        if (one.name == type)
            return one.kind;
    return NicKind::Other;
}

/// A number in hex, with or without 0x, in any width; 0 where it is not given, as in libvirt.
std::optional<unsigned> pciPart(pugi::xml_node element, const char *name, unsigned largest)
{
    const QString text = xmlAttribute(element, name);
    if (text.isEmpty())
        return 0U;
    QStringView digits = text;
    if (digits.startsWith("0x"_L1, Qt::CaseInsensitive))
        digits = digits.sliced(2);
    bool isNumber = false;
    const unsigned value = digits.toUInt(&isNumber, 16);
    if (!isNumber || value > largest || digits.front() == u'+' || digits.front() == u'-')
        return {};
    return value;
}

std::optional<PciAddress> pciOf(const XmlText &xml, pugi::xml_node device, ProblemLog &problems)
{
    const pugi::xml_node element = device.child("address");
    if (xmlAttribute(element, "type") != "pci"_L1)
        return {};
    const auto domain = pciPart(element, "domain", 0xffff);
    const auto bus = pciPart(element, "bus", 0xff);
    const auto slot = pciPart(element, "slot", 0x1f);
    const auto function = pciPart(element, "function", 7);
    if (!domain || !bus || !slot || !function) {
        const int line = xml.line(element);
        problems.add(line, u"not a PCI address, line %1"_s.arg(line));
        return {};
    }
    const PciAddress pci{*domain, static_cast<std::uint8_t>(*bus), static_cast<std::uint8_t>(*slot),
                         static_cast<std::uint8_t>(*function)};
    // libvirt takes an address of zeros for one that is still to be assigned.
    if (pci == PciAddress{})
        return {};
    return pci;
}

/// The place a <source> names, in the words of its kind.
QString placeOf(pugi::xml_node source)
{
    if (const QString pool = xmlAttribute(source, "pool"); !pool.isEmpty())
        return pool + u'/' + xmlAttribute(source, "volume");
    for (const char *name : {"file", "dev", "dir", "name", "path"})
        if (QString place = xmlAttribute(source, name); !place.isEmpty())
            return place;
    return {};
}

/// "rbd://mon1,mon2/pool/image", with the hosts in one order. Empty where no other machine is named: a
/// socket, or a cluster that only the hypervisor's own configuration knows.
QString remoteOf(pugi::xml_node source)
{
    QStringList hosts;
    for (pugi::xml_node host : source.children("host")) {
        const QString name = xmlAttribute(host, "name");
        if (name.isEmpty() || name == "localhost"_L1 || name.startsWith("127."_L1) || name == "::1"_L1)
            return {};
        const QString port = xmlAttribute(host, "port");
        hosts.append(port.isEmpty() ? name : QString(name + u':' + port));
    }
    if (hosts.isEmpty())
        return {};
    hosts.sort();
    return xmlAttribute(source, "protocol") + "://"_L1 + hosts.join(u',') + u'/' +
           xmlAttribute(source, "name");
}

std::optional<bool> linkOf(const XmlText &xml, pugi::xml_node nic, ProblemLog &problems)
{
    const pugi::xml_node link = nic.child("link");
    if (!link)
        return {};
    const QString state = xmlAttribute(link, "state");
    if (state == "up"_L1 || state == "down"_L1)
        return state == "up"_L1;
    const int line = xml.line(link);
    problems.add(line, u"link state %1: neither up nor down, line %2"_s.arg(quoted(state)).arg(line));
    return {};
}

} // namespace

std::optional<MacAddress> xmlMac(const XmlText &xml, pugi::xml_node element, const char *attribute,
                                 ProblemLog &problems)
{
    if (!element.attribute(attribute))
        return {};
    const QString text = xmlAttribute(element, attribute);
    const auto mac = MacAddress::fromString(text);
    if (!mac) {
        const int line = xml.line(element);
        problems.add(line, u"%1: not a MAC address, line %2"_s.arg(quoted(text)).arg(line));
    }
    return mac;
}

Nic nicOf(const XmlText &xml, pugi::xml_node element, ProblemLog &problems)
{
    Nic nic;
    const pugi::xml_node source = element.child("source");
    nic.network = xmlAttribute(source, "network");
    nic.bridge = xmlAttribute(source, "bridge");
    // A running NIC on a bridged network is printed as type='bridge' with both; the network is what was asked
    // for.
    nic.kind = nic.network.isEmpty() ? kindOf(xmlAttribute(element, "type")) : NicKind::Network;
    nic.mac = xmlMac(xml, element.child("mac"), "address", problems);
    nic.target = xmlAttribute(element.child("target"), "dev");
    nic.alias = xmlAttribute(element.child("alias"), "name");
    nic.model = xmlAttribute(element.child("model"), "type");
    nic.filter = xmlAttribute(element.child("filterref"), "filter");
    nic.pci = pciOf(xml, element, problems);
    nic.linkUp = linkOf(xml, element, problems);
    nic.source = xml.source(element);
    return nic;
}

Disk diskOf(const XmlText &xml, pugi::xml_node element)
{
    Disk disk;
    disk.device = xmlAttribute(element, "device");
    if (disk.device.isEmpty())
        disk.device = u"disk"_s;
    disk.format = xmlAttribute(element.child("driver"), "type");
    disk.path = placeOf(element.child("source"));
    disk.type = xmlAttribute(element, "type");
    if (disk.type == "network"_L1)
        disk.remote = remoteOf(element.child("source"));
    disk.target = xmlAttribute(element.child("target"), "dev");
    disk.readOnly = !element.child("readonly").empty();
    disk.shareable = !element.child("shareable").empty();
    for (pugi::xml_node store = element.child("backingStore"); store; store = store.child("backingStore"))
        if (QString place = placeOf(store.child("source")); !place.isEmpty())
            disk.backing.append(place);
    disk.source = xml.source(element);
    return disk;
}

bool isAgentChannel(pugi::xml_node element)
{
    const pugi::xml_node target = element.child("target");
    return xmlAttribute(target, "type") == "virtio"_L1 &&
           xmlAttribute(target, "name") == "org.qemu.guest_agent.0"_L1;
}

std::optional<bool> agentConnected(pugi::xml_node channel)
{
    const QString state = xmlAttribute(channel.child("target"), "state");
    if (state == "connected"_L1 || state == "disconnected"_L1)
        return state == "connected"_L1;
    return {};
}

} // namespace tropo
