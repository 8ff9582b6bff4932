#include "models/fixes/files/format_edit.h"
#include "models/fixes/files/interfaces_text.h"
#include "models/fixes/files/text_lines.h"
#include "models/parse/config_values.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

tl::unexpected<Error> unsafe(const QString &why)
{
    return failure(ErrorKind::Unsupported, {}, why);
}

std::optional<InterfaceAddress> addressOf(const InterfacesLine &option)
{
    return option.words.size() > 1 && option.words[0] == "address"
               ? interfaceAddress(QString::fromLatin1(option.words[1]))
               : std::nullopt;
}

/// The interface's stanza as lines that can be changed.
class StanzaText
{
public:
    explicit StanzaText(const EntryText &entry)
        : m_lines(entry.text), m_parts(takeApart(entry.text)), m_index(static_cast<size_t>(entry.index))
    {
    }

    bool isThere() const { return m_index < m_parts.stanzas.size(); }
    const Stanza &stanza() const { return m_parts.stanzas[m_index]; }
    const InterfacesText &parts() const { return m_parts; }
    TextLines &lines() { return m_lines; }

    const InterfacesLine *option(QByteArrayView keyword) const
    {
        for (const InterfacesLine &one : stanza().options)
            if (one.words.value(0) == keyword)
                return &one;
        return nullptr;
    }

    const InterfacesLine *address(Ipv4 wanted) const
    {
        for (const InterfacesLine &one : stanza().options)
            if (const auto found = addressOf(one); found && found->address == wanted)
                return &one;
        return nullptr;
    }

    int count(QByteArrayView keyword) const
    {
        return static_cast<int>(
            std::count_if(stanza().options.begin(), stanza().options.end(),
                          [keyword](const InterfacesLine &one) { return one.words.value(0) == keyword; }));
    }

    /// Word `index` of a line becomes another.
    void setWord(const InterfacesLine &line, qsizetype index, const QByteArray &with)
    {
        if (const qsizetype column = columnOf(line, index); column >= 0)
            m_lines.replace(line.first, column, line.words[index].size(), with);
    }

    /// Word `index` goes, with the blanks before it.
    void dropWord(const InterfacesLine &line, qsizetype index)
    {
        const qsizetype column = columnOf(line, index);
        if (column < 0)
            return;
        const QByteArray &body = m_lines.at(line.first);
        qsizetype begin = column;
        while (begin > 0 && (body[begin - 1] == ' ' || body[begin - 1] == '\t'))
            --begin;
        m_lines.replace(line.first, begin, column - begin + line.words[index].size(), {});
    }

    void setIfThere(QByteArrayView keyword, const QByteArray &with)
    {
        const InterfacesLine *one = option(keyword);
        if (one && one->words.size() > 1 && Ipv4::fromString(QString::fromLatin1(one->words[1])))
            setWord(*one, 1, with);
    }

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
    /// Where a word begins; -1, with an error, for a line that goes on on the next.
    qsizetype columnOf(const InterfacesLine &line, qsizetype index)
    {
        const QByteArray &body = m_lines.at(line.first);
        qsizetype column = line.value;
        for (qsizetype word = 1; word < index; ++word) {
            column += line.words[word].size();
            while (column < body.size() && (body[column] == ' ' || body[column] == '\t'))
                ++column;
        }
        if (line.first == line.last && body.sliced(column).startsWith(line.words[index]))
            return column;
        fail(u"line %1 goes on on the next"_s.arg(line.first + 1));
        return -1;
    }

    TextLines m_lines;
    InterfacesText m_parts;
    size_t m_index;
    std::optional<Error> m_error;
};

/// Whether the stanza is there for its address alone.
bool isPlain(const Stanza &stanza)
{
    static const QByteArrayList plain{"address", "netmask",     "network",    "broadcast",
                                      "gateway", "metric",      "mtu",        "hwaddress",
                                      "scope",   "pointopoint", "dns-search", "dns-domain"};
    return std::all_of(stanza.options.begin(), stanza.options.end(), [](const InterfacesLine &option) {
        return plain.contains(option.words.value(0)) || option.words.value(0).startsWith("dns-nameserver");
    });
}

/// Takes out the stanza and, where no other is of this interface, its name from the auto lines.
QByteArray withoutStanza(StanzaText &text)
{
    const QByteArray device = text.stanza().head.words[1];
    const auto others = std::count_if(text.parts().stanzas.begin(), text.parts().stanzas.end(),
                                      [&device](const Stanza &one) { return one.head.words[1] == device; });
    QList<int> gone;
    for (int line = text.stanza().head.first; line <= text.stanza().lastLine(); ++line)
        gone.append(line);
    for (const InterfacesLine &line : text.parts().autos) {
        const qsizetype at = line.words.indexOf(device, 1);
        if (others > 1 || at < 0)
            continue;
        if (line.words.size() > 2)
            text.dropWord(line, at);
        else
            for (int one = line.first; one <= line.last; ++one)
                gone.append(one);
    }
    std::sort(gone.begin(), gone.end());
    for (auto line = gone.crbegin(); line != gone.crend(); ++line)
        text.lines().remove(*line);
    return text.lines().text();
}

} // namespace

Result<QByteArray> interfacesWithMac(const EntryText &entry, MacAddress mac)
{
    StanzaText text(entry);
    const InterfacesLine *option = text.isThere() ? text.option("hwaddress") : nullptr;
    if (!option || option->words.size() < 2)
        return unsafe(
            u"binds %1 by its name, and names no MAC that could be changed"_s.arg(entry.config.device));
    const qsizetype index = option->words[1] == "ether" && option->words.size() > 2 ? 2 : 1;
    text.setWord(*option, index, inTheLettersOf(option->words[index], mac));
    return text.result();
}

Result<QByteArray> interfacesWithAddress(const EntryText &entry, const AddressChange &change)
{
    StanzaText text(entry);
    const InterfacesLine *address = text.isThere() ? text.address(change.from) : nullptr;
    if (!address)
        return unsafe(u"%1 is written in a way that is not understood"_s.arg(change.from.toString()));
    const InterfacesLine *netmask = text.option("netmask");
    if (text.count("address") > 1 && netmask)
        return unsafe(u"has several addresses: which netmask is whose is not known"_s);
    const QByteArray bits = QByteArray::number(change.prefix);
    const QByteArray mask = maskOf(change.prefix).toString().toLatin1();
    const bool slash = address->words[1].contains('/');
    QByteArray to = change.to.toString().toLatin1();
    if (slash || !netmask)
        to += '/' + (address->words[1].count('.') > 3 ? mask : bits);
    text.setWord(*address, 1, to);
    if (netmask && netmask->words.size() > 1)
        text.setWord(*netmask, 1, netmask->words[1].contains('.') ? mask : bits);
    const Subnet net = Subnet::of(change.to, change.prefix);
    text.setIfThere("network", net.base.toString().toLatin1());
    text.setIfThere("broadcast", net.broadcast().toString().toLatin1());
    if (change.gateway) {
        const QByteArray gateway = change.gateway->toString().toLatin1();
        if (text.option("gateway")) {
            text.setIfThere("gateway", gateway);
        } else {
            const InterfacesLine &last = netmask && netmask->last > address->last ? *netmask : *address;
            text.lines().insert(last.last + 1, text.lines().indentOf(address->first) + "gateway " + gateway);
        }
    }
    return text.result();
}

Result<Remainder> interfacesWithoutAddress(const EntryText &entry, Ipv4 address, bool dropGateway)
{
    StanzaText text(entry);
    const InterfacesLine *option = text.isThere() ? text.address(address) : nullptr;
    if (!option)
        return unsafe(u"%1 is written in a way that is not understood"_s.arg(address.toString()));
    const bool last = text.count("address") == 1;
    if (last && isPlain(text.stanza()) && entry.config.method == AddressMethod::Static) {
        const QByteArray rest = withoutStanza(text);
        return text.result().map([&rest](const QByteArray &) {
            return Remainder{Remainder::Kind::WithoutEntry, rest};
        });
    }
    if (!last && text.option("netmask"))
        return unsafe(u"has several addresses: which netmask is whose is not known"_s);
    QByteArrayList goes;
    if (last)
        goes += {"address", "netmask", "network", "broadcast"};
    if (dropGateway)
        goes += "gateway";
    if (last && text.stanza().head.words.value(3) == "static")
        text.setWord(text.stanza().head, 3, "manual");
    for (auto one = text.stanza().options.rbegin(); one != text.stanza().options.rend(); ++one)
        if (goes.contains(one->words.value(0)) || &*one == option)
            for (int line = one->last; line >= one->first; --line)
                text.lines().remove(line);
    return text.result().map([](const QByteArray &edited) {
        return Remainder{Remainder::Kind::Edited, edited};
    });
}

} // namespace tropo
