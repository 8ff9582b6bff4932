#include "models/parse/ifconfig.h"

#include "models/parse/elision.h"
#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

using Words = std::vector<QStringView>;

/// The word behind `key`, either glued to it ("addr:10.0.0.1") or the next one ("netmask 255.0.0.0").
QStringView after(const Words &words, QLatin1StringView key)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (key.endsWith(':'_L1) && words[i].startsWith(key) && words[i].size() > key.size())
            return words[i].sliced(key.size());
        if (words[i] == key && i + 1 < words.size())
            return words[i + 1];
    }
    return {};
}

bool has(const Words &words, QLatin1StringView word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

class Reader
{
public:
    explicit Reader(ProblemLog &problems) : m_problems(problems) {}

    InterfaceList read(QStringView text)
    {
        for (LineCursor at(text); at.next();) {
            const Words words = wordsOf(at.trimmed().first(qMin(at.trimmed().size(), qsizetype(4096))));
            m_line = at.number();
            if (isElision(at.trimmed()))
                m_list.elided = true;
            else if (words.size() > 1 && words[1] == "Link"_L1 && after(words, "encap:"_L1).size() > 0)
                openOld(words, at.indent());
            else if (words.size() > 1 && words[0].endsWith(u':') && words[1].startsWith("flags="_L1))
                openNew(words, at.indent());
            else if (m_current >= 0 && at.indent() > m_indent)
                detail(words);
            else
                lose(at.trimmed());
        }
        if (m_lost && !m_list.items.isEmpty())
            m_list.elided = true;
        return std::move(m_list);
    }

private:
    Interface &current() { return m_list.items[m_current]; }

    void openOld(const Words &words, qsizetype indent)
    {
        open(words[0], indent);
        if (after(words, "encap:"_L1) == "Ethernet"_L1)
            readMac(after(words, "HWaddr"_L1));
    }

    void openNew(const Words &words, qsizetype indent)
    {
        open(words[0].chopped(1), indent);
        const qsizetype begin = words[1].indexOf(u'<');
        const QString flags = u',' + words[1].sliced(begin + 1).toString().replace(u'>', u',');
        if (begin >= 0 && words[1].endsWith(u'>')) {
            current().up = flags.contains(",UP,"_L1);
            current().carrier = flags.contains(",RUNNING,"_L1);
        } else {
            m_problems.notUnderstood(m_line, words[1]);
        }
        readMtu(after(words, "mtu"_L1));
    }

    void open(QStringView label, qsizetype indent)
    {
        m_indent = indent;
        const qsizetype colon = label.indexOf(u':');
        const QString name = (colon > 0 ? label.first(colon) : label).toString();
        // An alias comes right after its interface, or after another alias of it.
        const bool known = colon > 0 && !m_list.items.isEmpty() && m_list.items.last().name == name;
        if (!known) {
            Interface interface;
            interface.name = name;
            interface.source = m_problems.at(m_line);
            m_list.items.append(std::move(interface));
        }
        m_current = m_list.items.size() - 1;
        current().source.last = m_line;
    }

    void detail(const Words &words)
    {
        current().source.last = m_line;
        if (words[0] == "inet"_L1)
            readAddress(words);
        else if (words[0] == "inet6"_L1)
            readAddress6(words);
        else if (words[0] == "ether"_L1 && words.size() > 1)
            readMac(words[1]);
        else if (!after(words, "MTU:"_L1).isEmpty())
            readStateLine(words);
    }

    /// "UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1", the old form's flags.
    void readStateLine(const Words &words)
    {
        current().up = has(words, "UP"_L1);
        current().carrier = has(words, "RUNNING"_L1);
        readMtu(after(words, "MTU:"_L1));
    }

    /// "inet addr:10.0.0.1  Bcast:10.0.0.255  Mask:255.255.255.0" or "inet 10.0.0.1  netmask 255.255.255.0"
    void readAddress(const Words &words)
    {
        const QStringView glued = after(words, "addr:"_L1);
        const QStringView text = !glued.isEmpty() ? glued : words.size() > 1 ? words[1] : QStringView();
        const auto address = Ipv4::fromString(text);
        if (!address)
            return m_problems.notUnderstood(m_line, QString(u"inet " + text));
        const QStringView mask = glued.isEmpty() ? after(words, "netmask"_L1) : after(words, "Mask:"_L1);
        current().addresses.append({*address, prefixOfMask(mask)});
    }

    /// "inet6 addr: fe80::1/64 Scope:Link" or "inet6 fe80::1  prefixlen 64  scopeid 0x20<link>"
    void readAddress6(const Words &words)
    {
        const QStringView glued = after(words, "addr:"_L1);
        QStringView text = !glued.isEmpty() ? glued : words.size() > 1 ? words[1] : QStringView();
        QStringView bits = after(words, "prefixlen"_L1);
        if (const qsizetype slash = text.indexOf(u'/'); slash >= 0) {
            bits = text.sliced(slash + 1);
            text = text.first(slash);
        }
        const auto address = Ipv6::fromString(text);
        if (!address)
            return m_problems.notUnderstood(m_line, QString(u"inet6 " + text));
        bool isNumber = false;
        const int prefix = bits.toInt(&isNumber);
        const bool good = isNumber && prefix >= 0 && prefix <= 128;
        if (!good && !bits.isEmpty())
            m_problems.notUnderstood(m_line, QString(u"inet6 …/" + bits));
        current().addresses6.append({*address, good ? std::optional(prefix) : std::nullopt});
    }

    std::optional<int> prefixOfMask(QStringView text)
    {
        if (text.isEmpty())
            return {};
        bool isNumber = false;
        auto mask = Ipv4::fromString(text);
        if (text.startsWith("0x"_L1)) {
            const uint bits = text.sliced(2).toUInt(&isNumber, 16);
            mask = isNumber ? std::optional(Ipv4(bits)) : std::nullopt;
        }
        const auto prefix = mask ? prefixOf(*mask) : std::nullopt;
        if (!prefix)
            m_problems.add(m_line, u"%1: not a network mask, line %2"_s.arg(quoted(text)).arg(m_line));
        return prefix;
    }

    void readMac(QStringView text)
    {
        const auto mac = MacAddress::fromString(text);
        if (mac)
            current().mac = mac;
        else
            m_problems.add(m_line, u"%1: not a MAC address, line %2"_s.arg(quoted(text)).arg(m_line));
    }

    void readMtu(QStringView text)
    {
        bool isNumber = false;
        const int mtu = text.toInt(&isNumber);
        if (isNumber && mtu >= 0)
            current().mtu = mtu;
        else if (!text.isEmpty())
            m_problems.notUnderstood(m_line, QString(u"mtu " + text));
    }

    /// What is not indented below a header belongs to none: its lines must not be taken for the interface
    /// before it.
    void lose(QStringView line)
    {
        m_problems.notUnderstood(m_line, line);
        m_lost = true;
        m_current = -1;
    }

    ProblemLog &m_problems;
    InterfaceList m_list;
    qsizetype m_current = -1;
    qsizetype m_indent = 0;
    int m_line = 0;
    bool m_lost = false;
};

} // namespace

Parsed<InterfaceList> parseIfconfig(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    InterfaceList list = Reader(problems).read(decodedText(text));
    if (list.items.isEmpty()) {
        problems.add(0, u"no interfaces in it"_s);
        list.elided = false;
    }
    return {std::move(list), problems.take()};
}

} // namespace tropo
