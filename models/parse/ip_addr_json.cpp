#include "models/parse/ip_addr.h"
#include "models/parse/json_elements.h"

#include <QJsonArray>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<int> prefixLength(const QJsonObject &address, int most)
{
    const int prefix = address.value("prefixlen"_L1).toInt(-1);
    return prefix >= 0 && prefix <= most ? std::optional(prefix) : std::nullopt;
}

void addAddress(const QJsonObject &address, Interface &interface, ProblemLog &problems)
{
    const QString family = address.value("family"_L1).toString();
    const QString local = address.value("local"_L1).toString();
    if (family == u"inet") {
        if (const auto parsed = Ipv4::fromString(local)) {
            interface.addresses.append({*parsed, prefixLength(address, 32)});
            return;
        }
    } else if (family == u"inet6") {
        if (const auto parsed = Ipv6::fromString(local)) {
            interface.addresses6.append({*parsed, prefixLength(address, 128)});
            return;
        }
    } else {
        return;
    }
    problems.add(interface.source.first, u"%1 of %2 is no address"_s.arg(quoted(local), interface.name));
}

Interface interfaceOf(const JsonElement &element, ProblemLog &problems)
{
    const QJsonObject &object = element.object;
    Interface interface;
    interface.source = element.source;
    interface.name = bounded(object.value("ifname"_L1).toString(), 64);
    interface.mac = MacAddress::fromString(object.value("address"_L1).toString());
    if (interface.mac && interface.mac->isNull() && object.value("link_type"_L1).toString() == u"loopback")
        interface.mac.reset();
    interface.master = bounded(object.value("master"_L1).toString(), 64);
    interface.kind = bounded(object.value("linkinfo"_L1).toObject().value("info_kind"_L1).toString(), 64);
    if (const int mtu = object.value("mtu"_L1).toInt(); mtu > 0)
        interface.mtu = mtu;
    if (const QJsonValue flags = object.value("flags"_L1); flags.isArray()) {
        interface.up = flags.toArray().contains(u"UP"_s);
        interface.carrier = flags.toArray().contains(u"LOWER_UP"_s);
    }
    for (const QJsonValue &address : object.value("addr_info"_L1).toArray())
        addAddress(address.toObject(), interface, problems);
    return interface;
}

} // namespace

Parsed<InterfaceList> parseIpAddrJson(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    InterfaceList list;
    for (const JsonElement &element : jsonElements(text, problems)) {
        // Interfaces of another network namespace, or hidden ones, come as {}.
        if (element.object.isEmpty())
            continue;
        const Interface interface = interfaceOf(element, problems);
        if (interface.name.isEmpty())
            problems.add(element.source.first,
                         u"an interface without a name, line %1"_s.arg(element.source.first));
        else
            list.items.append(interface);
    }
    return {list, problems.take()};
}

} // namespace tropo
