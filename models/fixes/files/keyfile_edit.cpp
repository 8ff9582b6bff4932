#include "models/fixes/files/format_edit.h"
#include "models/fixes/files/text_lines.h"
#include "models/parse/config_values.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct KeyLine
{
    QByteArray section;
    QByteArray key;
    int line = 0;         ///< from 0
    qsizetype column = 0; ///< where the value begins, blanks around it not counted
    qsizetype length = 0;
};

struct Piece
{
    qsizetype column = 0;
    qsizetype length = 0;
};

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

/// The file as sections and keys. The first thing that cannot be done is kept.
class KeyfileText
{
public:
    explicit KeyfileText(const QByteArray &text) : m_lines(text) { read(); }

    /// The last line that sets the key, which wins.
    const KeyLine *find(QByteArrayView section, QByteArrayView key) const
    {
        const KeyLine *last = nullptr;
        for (const KeyLine &one : m_keys)
            if (one.section == section && one.key == key)
                last = &one;
        return last;
    }

    QByteArray value(const KeyLine *one) const
    {
        return one ? m_lines.at(one->line).sliced(one->column, one->length) : QByteArray();
    }
    QByteArray value(QByteArrayView section, QByteArrayView key) const { return value(find(section, key)); }

    const std::vector<KeyLine> &keys() const { return m_keys; }
    bool hasSection(QByteArrayView name) const { return lastLineOf(name) >= 0; }
    const QByteArrayList &sections() const { return m_sections; }

    void replace(const KeyLine &key, Piece piece, const QByteArray &with)
    {
        m_lines.replace(key.line, key.column + piece.column, piece.length, with);
    }

    /// The key's value; where it is not set, on a line of its own at the end of its section, which is made at
    /// the end of the file where it is missing.
    void set(const QByteArray &section, const QByteArray &key, const QByteArray &value)
    {
        if (const KeyLine *one = find(section, key)) {
            m_lines.replace(one->line, one->column, one->length, value);
        } else {
            int last = lastLineOf(section);
            if (last < 0) {
                if (m_lines.count() > 0 && !m_lines.at(m_lines.count() - 1).trimmed().isEmpty())
                    m_lines.insert(m_lines.count(), {});
                m_lines.insert(m_lines.count(), '[' + section + ']');
                last = m_lines.count() - 1;
            }
            m_lines.insert(last + 1, key + '=' + value);
        }
        read();
    }

    void removeLine(int line)
    {
        m_lines.remove(line);
        read();
    }

    void drop(QByteArrayView section, QByteArrayView key)
    {
        while (const KeyLine *one = find(section, key))
            removeLine(one->line);
    }

    void reread() { read(); }

    void fail(const QString &message)
    {
        if (!m_error)
            m_error = Error{ErrorKind::Unsupported, {}, message};
    }

    Result<QByteArray> result() const
    {
        if (m_error)
            return tl::unexpected<Error>(*m_error);
        return m_lines.text();
    }

private:
    void read()
    {
        m_keys.clear();
        m_sections.clear();
        m_ends.clear();
        for (int line = 0; line < m_lines.count(); ++line) {
            const QByteArray &body = m_lines.at(line);
            const QByteArray trimmed = body.trimmed();
            if (trimmed.isEmpty() || trimmed[0] == '#' || trimmed[0] == ';')
                continue;
            const qsizetype equals = body.indexOf('=');
            if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
                m_sections.append(trimmed.sliced(1, trimmed.size() - 2));
                m_ends.append(line);
            } else if (equals > 0 && !m_sections.isEmpty()) {
                const QByteArray rest = body.sliced(equals + 1);
                const QByteArray value = rest.trimmed();
                const qsizetype lead = value.isEmpty() ? 0 : rest.indexOf(value);
                m_keys.push_back(
                    {m_sections.last(), body.first(equals).trimmed(), line, equals + 1 + lead, value.size()});
                m_ends.last() = line;
            } else {
                fail(u"line %1 is not understood"_s.arg(line + 1));
            }
        }
    }

    /// The last line with anything of the section; -1 where it is missing.
    int lastLineOf(QByteArrayView section) const
    {
        for (qsizetype i = m_sections.size() - 1; i >= 0; --i)
            if (m_sections[i] == section)
                return m_ends[i];
        return -1;
    }

    TextLines m_lines;
    std::vector<KeyLine> m_keys;
    QByteArrayList m_sections; ///< in the file's order
    QList<int> m_ends;
    std::optional<Error> m_error;
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
