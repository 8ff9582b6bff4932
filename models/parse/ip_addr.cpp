#include "models/parse/ip_addr.h"

#include "models/parse/json_fields.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

void addAddress(const JsonFields &fields, Interface &interface)
{
    const QString family = fields.text("family"_L1);
    const QString text = fields.text("local"_L1);
    if (family == "inet"_L1) {
        if (const auto address = Ipv4::fromString(text))
            interface.addresses.append({*address, fields.whole("prefixlen"_L1, 0, 32)});
        else
            fields.complain("local"_L1, quoted(text) + u" is not an IPv4 address"_s);
    } else if (family == "inet6"_L1) {
        if (const auto address = Ipv6::fromString(text))
            interface.addresses6.append({*address, fields.whole("prefixlen"_L1, 0, 128)});
        else
            fields.complain("local"_L1, quoted(text) + u" is not an IPv6 address"_s);
    }
}

void readState(const JsonFields &fields, Interface &interface)
{
    if (const auto flags = fields.texts("flags"_L1)) {
        interface.up = flags->contains("UP"_L1);
        interface.carrier = flags->contains("LOWER_UP"_L1);
        return;
    }
    const QString state = fields.text("operstate"_L1);
    if (state == "UP"_L1 || state == "DOWN"_L1)
        interface.carrier = state == "UP"_L1;
}

std::optional<Interface> interfaceOf(const JsonElement &element, ProblemLog &problems)
{
    const JsonFields fields(element, problems);
    Interface interface;
    interface.name = fields.text("ifname"_L1);
    if (interface.name.isEmpty()) {
        fields.complain("ifname"_L1, u"missing, the interface is left out"_s);
        return {};
    }
    const QString type = fields.text("link_type"_L1);
    if (type.isEmpty() || type == "ether"_L1)
        interface.mac = fields.mac("address"_L1);
    interface.mtu = fields.whole("mtu"_L1, 0, INT_MAX);
    readState(fields, interface);
    const JsonFields link = fields.inner("linkinfo"_L1);
    interface.kind = link.text("info_kind"_L1);
    // A bond's or a VRF's member has a master too, which is no bridge.
    const QString slave = link.text("info_slave_kind"_L1);
    if (slave != "bond"_L1 && slave != "team"_L1 && slave != "vrf"_L1)
        interface.master = fields.text("master"_L1);
    for (const JsonFields &address : fields.objects("addr_info"_L1))
        addAddress(address, interface);
    interface.source = element.source;
    return interface;
}

} // namespace

Parsed<InterfaceList> parseIpAddrJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    InterfaceList list;
    const QList<JsonElement> elements = jsonElements(text, problems);
    bool complete = problems.isEmpty();
    for (const JsonElement &element : elements) {
        // Older iproute2 leaves {} for an interface that a filter hides.
        if (element.object.isEmpty())
            continue;
        if (auto interface = interfaceOf(element, problems))
            list.items.append(std::move(*interface));
        else
            complete = false;
    }
    if (list.items.isEmpty())
        problems.add(0, u"no interfaces in it"_s);
    list.elided = !complete && !list.items.isEmpty();
    return {std::move(list), problems.take()};
}

} // namespace tropo
