#include "models/fixes/files/format_edit.h"
#include "models/fixes/files/netplan_text.h"
#include "models/parse/config_values.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Keys of an interface that is there for its addresses alone.
constexpr const char *plainKeys[] = {
    "match",
    "set-name",
    "addresses",
    "gateway4",
    "routes",
    "nameservers",
    "dhcp4",
    "dhcp6",
    "accept-ra",
    "link-local",
    "optional",
    "mtu",
    "wakeonlan",
    "critical",
    "renderer",
    "macaddress",
    "routing-policy",
    "activation-mode",
    "optional-addresses",
    "ignore-carrier",
};

/// Exceptions of the YAML reader end here.
template <typename Edit> auto guarded(Edit edit) -> decltype(edit())
{
    try {
        return edit();
    } catch (const std::exception &error) {
        return failure(ErrorKind::Unsupported, {},
                       u"is not understood as YAML (%1)"_s.arg(QString::fromLocal8Bit(error.what())));
    }
}

/// The scalar of an item of `addresses`: with options it is a mapping of one key.
YAML::Node addressScalar(const YAML::Node &item)
{
    return item.IsMap() && item.size() > 0 ? YAML::Node(item.begin()->first) : item;
}

std::optional<YAML::Node> itemWith(const YAML::Node &body, Ipv4 address)
{
    const auto list = valueOf(body, "addresses");
    if (!list || !list->IsSequence())
        return {};
    for (const YAML::Node &item : *list) {
        const auto found = interfaceAddress(scalarText(addressScalar(item)));
        if (found && found->address == address)
            return item;
    }
    return {};
}

bool isDefaultRoute(const YAML::Node &route)
{
    const auto to = valueOf(route, "to");
    const auto via = valueOf(route, "via");
    const QString target = to ? scalarText(*to) : QString();
    return (target == u"default" || target == u"0.0.0.0/0" || target == u"0/0") && via &&
           !scalarText(*via).contains(u':');
}

/// The default routes by IPv4, as the reader finds them.
std::vector<YAML::Node> defaultRoutes(const YAML::Node &body)
{
    std::vector<YAML::Node> found;
    const auto routes = valueOf(body, "routes");
    if (routes && routes->IsSequence())
        for (const YAML::Node &route : *routes)
            if (isDefaultRoute(route))
                found.push_back(route);
    return found;
}

/// A default route where there is none.
void addGateway(NetplanText &text, int index, const QByteArray &gateway)
{
    const YAML::Node body = text.entry(index).body;
    const auto routes = valueOf(body, "routes");
    if (!routes)
        text.insertAfterKey(*keyOf(body, "addresses"),
                            {"routes:", "  - to: 0.0.0.0/0", "    via: " + gateway});
    else if (routes->IsSequence() && routes->size() > 0 && routes->Style() == YAML::EmitterStyle::Block)
        text.insertFirst(*routes, {"- to: 0.0.0.0/0", "  via: " + gateway});
    else
        text.fail(u"line %1: nothing can be added to these routes safely"_s.arg(lineOf(*routes)));
}

void setGateway(NetplanText &text, int index, const QByteArray &gateway)
{
    const std::vector<YAML::Node> routes = defaultRoutes(text.entry(index).body);
    const bool old = valueOf(text.entry(index).body, "gateway4").has_value();
    if (routes.empty() && !old)
        return addGateway(text, index, gateway);
    if (!routes.empty())
        text.setScalar(*valueOf(routes.back(), "via"), gateway);
    if (old && !text.failed())
        text.setScalar(*valueOf(text.entry(index).body, "gateway4"), gateway);
}

/// What other entries' settings speak of this one: bridges, bonds, vlans.
bool isUsedByOthers(const NetplanText &text, int index)
{
    const std::string id = text.entry(index).key.Scalar();
    for (const NetplanEntry &other : text.entries()) {
        const auto link = valueOf(other.body, "link");
        if (link && link->IsScalar() && link->Scalar() == id)
            return true;
        const auto ports = valueOf(other.body, "interfaces");
        if (ports && ports->IsSequence())
            for (const YAML::Node &port : *ports)
                if (port.IsScalar() && port.Scalar() == id)
                    return true;
    }
    return false;
}

bool saysYes(const YAML::Node &body, const char *key)
{
    const auto value = valueOf(body, key);
    return value && yesOrNo(scalarText(*value)) != false;
}

/// Whether the entry is there for the one address alone.
bool isPlain(const NetplanText &text, int index)
{
    const NetplanEntry entry = text.entry(index);
    const auto list = valueOf(entry.body, "addresses");
    if (entry.kindKey.Scalar() != "ethernets" || !list || list->size() != 1 || isUsedByOthers(text, index))
        return false;
    if (saysYes(entry.body, "dhcp4") || saysYes(entry.body, "dhcp6"))
        return false;
    for (const auto &one : entry.body)
        if (std::none_of(std::begin(plainKeys), std::end(plainKeys),
                         [&one](const char *key) { return one.first.Scalar() == key; }))
            return false;
    return true;
}

Result<Remainder> withoutEntry(NetplanText &text, int index)
{
    if (text.entries().size() == 1)
        return Remainder{Remainder::Kind::Nothing, {}};
    const NetplanEntry entry = text.entry(index);
    text.removeKey(entry.kind.size() == 1 ? entry.kindKey : entry.key);
    return text.result().map([](const QByteArray &edited) {
        return Remainder{Remainder::Kind::WithoutEntry, edited};
    });
}

/// The routes as text, to see that no other one is lost.
QStringList routesOf(const YAML::Node &body, bool withDefault)
{
    QStringList all;
    const auto routes = valueOf(body, "routes");
    if (routes && routes->IsSequence())
        for (const YAML::Node &route : *routes)
            if (withDefault || !isDefaultRoute(route))
                all.append(QString::fromStdString(YAML::Dump(route)));
    return all;
}

void removeGateway(NetplanText &text, int index)
{
    const QStringList others = routesOf(text.entry(index).body, false);
    if (defaultRoutes(text.entry(index).body).size() > 8)
        return text.fail(u"has more than 8 default routes"_s);
    if (const auto key = keyOf(text.entry(index).body, "gateway4"))
        text.removeKey(*key);
    while (!text.failed()) {
        const YAML::Node body = text.entry(index).body;
        const std::vector<YAML::Node> found = defaultRoutes(body);
        if (found.empty())
            break;
        const YAML::Node routes = *valueOf(body, "routes");
        if (routes.size() == 1)
            text.removeKey(*keyOf(body, "routes"));
        else
            text.removeItem(routes, found.back());
    }
    if (!text.failed() && routesOf(text.entry(index).body, true) != others)
        text.fail(u"its routes are written in a way that cannot be edited safely"_s);
}

} // namespace

Result<QByteArray> netplanWithMac(const EntryText &entry, MacAddress mac)
{
    return guarded([&]() -> Result<QByteArray> {
        NetplanText text(entry.text);
        const NetplanEntry one = text.entry(entry.index);
        const QByteArray plain = mac.toString().toLatin1();
        const auto match = valueOf(one.body, "match");
        const auto bound = match ? valueOf(*match, "macaddress") : std::nullopt;
        if (bound)
            text.setScalar(*bound, inTheLettersOf(QByteArray::fromStdString(bound->Scalar()), mac));
        else if (match && match->IsMap() && match->size() > 0)
            text.insertFirst(match->begin()->first, {"macaddress: \"" + plain + '"'});
        else if (!match && one.body.IsMap() && one.body.size() > 0)
            text.insertFirst(one.body.begin()->first, {"match:", "  macaddress: \"" + plain + '"'});
        else
            text.fail(u"line %1 is written in a way that cannot be edited safely"_s.arg(lineOf(one.key)));
        return text.result();
    });
}

Result<QByteArray> netplanWithAddress(const EntryText &entry, const AddressChange &change)
{
    return guarded([&]() -> Result<QByteArray> {
        NetplanText text(entry.text);
        if (const auto item = itemWith(text.entry(entry.index).body, change.from))
            text.setScalar(addressScalar(*item),
                           change.to.toString().toLatin1() + '/' + QByteArray::number(change.prefix));
        else
            text.fail(u"%1 is written in a way that is not understood"_s.arg(change.from.toString()));
        if (change.gateway && !text.failed())
            setGateway(text, entry.index, change.gateway->toString().toLatin1());
        return text.result();
    });
}

Result<Remainder> netplanWithoutAddress(const EntryText &entry, Ipv4 address, bool dropGateway)
{
    return guarded([&]() -> Result<Remainder> {
        NetplanText text(entry.text);
        if (isPlain(text, entry.index))
            return withoutEntry(text, entry.index);
        const YAML::Node body = text.entry(entry.index).body;
        const auto item = itemWith(body, address);
        const auto list = valueOf(body, "addresses");
        if (!item)
            text.fail(u"%1 is written in a way that is not understood"_s.arg(address.toString()));
        else if (list->size() == 1)
            text.removeKey(*keyOf(body, "addresses"));
        else
            text.removeItem(*list, *item);
        if (dropGateway && !text.failed())
            removeGateway(text, entry.index);
        return text.result().map([](const QByteArray &edited) {
            return Remainder{Remainder::Kind::Edited, edited};
        });
    });
}

} // namespace tropo
