#include "models/fixes/files/format_edit.h"
#include "models/fixes/files/keyfile_text.h"
#include "models/parse/config_values.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// An address in the value of a key: "IP/PREFIX,GATEWAY", several parted by ';', or the old form
/// "IP;PREFIX;GATEWAY;".
struct AddressPlace
{
    KeyLine key;
    bool oldForm = false;
    bool alone = true;           ///< no other address in the value
    Piece item;                  ///< all of it, without the ';' after it
    Piece address;               ///< "IP/PREFIX", in the old form "IP"
    std::optional<Piece> prefix; ///< old form only
    std::optional<Piece> gateway;
};

bool isAddressKey(QByteArrayView key)
{
    for (const QByteArrayView base : {QByteArrayView("addresses"), QByteArrayView("address")}) {
        if (!key.startsWith(base))
            continue;
        const QByteArrayView number = key.sliced(base.size());
        return number.isEmpty() || plainNumber(QString::fromLatin1(number));
    }
    return false;
}

/// The parts of a value between `separator`s, blanks around them not counted; empty ones are left out.
std::vector<Piece> piecesOf(const QByteArray &value, Piece within, char separator)
{
    std::vector<Piece> pieces;
    const qsizetype end = within.column + within.length;
    for (qsizetype begin = within.column; begin <= end;) {
        qsizetype next = value.indexOf(separator, begin);
        if (next < 0 || next > end)
            next = end;
        const QByteArray raw = value.sliced(begin, next - begin);
        const QByteArray part = raw.trimmed();
        if (!part.isEmpty())
            pieces.push_back({begin + raw.indexOf(part), part.size()});
        begin = next + 1;
    }
    return pieces;
}

QByteArray textOf(const QByteArray &value, Piece piece)
{
    return value.sliced(piece.column, piece.length);
}

std::optional<Ipv4> addressIn(const QByteArray &text)
{
    const auto found = interfaceAddress(QString::fromLatin1(text));
    return found ? std::optional(found->address) : std::nullopt;
}

/// The addresses in the value of a key.
std::vector<AddressPlace> placesIn(const KeyLine &key, const QByteArray &value)
{
    std::vector<AddressPlace> places;
    const std::vector<Piece> items = piecesOf(value, {0, value.size()}, ';');
    if (!items.empty() && !value.contains('/') && value.contains(';')) {
        AddressPlace place{key, true, true, {0, value.size()}, items[0], {}, {}};
        if (items.size() > 1)
            place.prefix = items[1];
        if (items.size() > 2)
            place.gateway = items[2];
        places.push_back(place);
        return places;
    }
    for (const Piece &item : items) {
        const std::vector<Piece> parts = piecesOf(value, item, ',');
        if (parts.empty())
            continue;
        AddressPlace place{key, false, items.size() == 1, item, parts[0], {}, {}};
        if (parts.size() > 1)
            place.gateway = parts[1];
        places.push_back(place);
    }
    return places;
}

std::optional<AddressPlace> findAddress(const KeyfileText &text, Ipv4 address)
{
    for (const KeyLine &key : text.keys()) {
        if (key.section != "ipv4" || !isAddressKey(key.key))
            continue;
        const QByteArray value = text.value(&key);
        for (const AddressPlace &place : placesIn(key, value))
            if (addressIn(textOf(value, place.address)) == address)
                return place;
    }
    return {};
}

/// Replaces from the end to the beginning, so that columns stay true.
void rewrite(KeyfileText &text, const AddressPlace &place, const AddressChange &change)
{
    const QByteArray bits = QByteArray::number(change.prefix);
    const QByteArray to = change.to.toString().toLatin1();
    const QByteArray gateway = change.gateway ? change.gateway->toString().toLatin1() : QByteArray();
    const bool elsewhere = text.find("ipv4", "gateway");
    if (!gateway.isEmpty() && place.gateway)
        text.replace(place.key, *place.gateway, gateway);
    if (!place.oldForm) {
        const Piece end{place.item.column + place.item.length, 0};
        if (!gateway.isEmpty() && !place.gateway && !elsewhere)
            text.replace(place.key, end, ',' + gateway);
        text.replace(place.key, place.address, to + '/' + bits);
        return;
    }
    if (!place.prefix)
        return text.fail(u"line %1 does not say how long the prefix is"_s.arg(place.key.line + 1));
    if (!gateway.isEmpty() && !place.gateway && !elsewhere)
        text.replace(place.key, {place.prefix->column + place.prefix->length, 0}, ';' + gateway);
    text.replace(place.key, *place.prefix, bits);
    text.replace(place.key, place.address, to);
}

void removePlace(KeyfileText &text, const AddressPlace &place, const QByteArray &value)
{
    if (place.alone)
        return text.removeLine(place.key.line);
    Piece cut = place.item;
    qsizetype end = cut.column + cut.length;
    while (end < value.size() && (value[end] == ' ' || value[end] == '\t'))
        ++end;
    if (end < value.size() && value[end] == ';')
        ++end;
    cut.length = end - cut.column;
    text.replace(place.key, cut, {});
    text.reread();
}

bool isEthernet(const KeyfileText &text)
{
    const QByteArray type = text.value("connection", "type");
    return type == "ethernet" || type == "802-3-ethernet" || type.isEmpty();
}

/// Whether the connection is there for its IPv4 addresses alone.
bool isPlain(const KeyfileText &text)
{
    static const QByteArrayList sections{"connection", "ethernet", "802-3-ethernet", "ipv4",
                                         "ipv6",       "proxy",    "match"};
    for (const QByteArray &section : text.sections())
        if (!sections.contains(section))
            return false;
    for (const KeyLine &one : text.keys()) {
        static const QByteArrayList roles{"master", "controller", "slave-type", "port-type"};
        const bool address6 = one.section == "ipv6" && isAddressKey(one.key);
        if (address6 || (one.section == "connection" && roles.contains(one.key)))
            return false;
    }
    const QByteArray method6 = text.value("ipv6", "method");
    return isEthernet(text) && (method6.isEmpty() || method6 == "auto" || method6 == "ignore" ||
                                method6 == "disabled" || method6 == "link-local");
}

} // namespace

Result<QByteArray> keyfileWithMac(const EntryText &entry, MacAddress mac)
{
    KeyfileText text(entry.text);
    QByteArray section = text.value("connection", "type") == "802-3-ethernet" ? "802-3-ethernet" : "ethernet";
    if (!isEthernet(text))
        text.fail(u"is no Ethernet connection: it is not bound to a NIC by MAC"_s);
    for (const QByteArray &other : {QByteArray("ethernet"), QByteArray("802-3-ethernet")})
        if (!text.hasSection(section) && text.hasSection(other))
            section = other;
    text.set(section, "mac-address", inTheLettersOf(text.value(section, "mac-address"), mac));
    return text.result();
}

Result<QByteArray> keyfileWithAddress(const EntryText &entry, const AddressChange &change)
{
    KeyfileText text(entry.text);
    const auto place = findAddress(text, change.from);
    if (!place) {
        text.fail(u"%1 is written in a way that is not understood"_s.arg(change.from.toString()));
        return text.result();
    }
    const bool elsewhere = text.find("ipv4", "gateway");
    rewrite(text, *place, change);
    text.reread();
    if (change.gateway && elsewhere)
        text.set("ipv4", "gateway", change.gateway->toString().toLatin1());
    return text.result();
}

Result<Remainder> keyfileWithoutAddress(const EntryText &entry, Ipv4 address, bool dropGateway)
{
    KeyfileText text(entry.text);
    const bool last = entry.config.addresses.size() == 1 && entry.config.method != AddressMethod::Dhcp;
    if (last && isPlain(text) && text.result())
        return Remainder{Remainder::Kind::Nothing, {}};
    if (const auto place = findAddress(text, address))
        removePlace(text, *place, text.value(&place->key));
    else
        text.fail(u"%1 is written in a way that is not understood"_s.arg(address.toString()));
    if (dropGateway)
        text.drop("ipv4", "gateway");
    if (last) {
        // NetworkManager refuses `manual` without an address, and `disabled` with anything that needs one.
        static const QByteArrayList harmless{"method", "may-fail", "never-default"};
        for (const KeyLine &one : text.keys())
            if (one.section == "ipv4" && !harmless.contains(one.key))
                text.fail(u"%1 would be left without an address, line %2"_s
                              .arg(QString::fromLatin1("ipv4." + one.key))
                              .arg(one.line + 1));
        text.set("ipv4", "method", "disabled");
    }
    return text.result().map([](const QByteArray &edited) {
        return Remainder{Remainder::Kind::Edited, edited};
    });
}

} // namespace tropo
