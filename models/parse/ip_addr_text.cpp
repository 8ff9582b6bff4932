#include "models/parse/elision.h"
#include "models/parse/ip_addr.h"
#include "models/parse/line_cursor.h"
#include "models/parse/problem_log.h"

#include <array>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

using Words = std::vector<QStringView>;

QStringView after(const Words &words, QLatin1StringView key)
{
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if (words[i] == key)
            return words[i + 1];
    return {};
}

/// "2: eth0@if16: <BROADCAST,UP> …"
bool isHeader(const Words &words)
{
    if (words.size() < 3 || !words[0].endsWith(u':') || !words[1].endsWith(u':') || words[1].size() < 2)
        return false;
    bool isNumber = false;
    const int index = words[0].chopped(1).toInt(&isNumber);
    return isNumber && index > 0 && words[2].startsWith(u'<') && words[2].endsWith(u'>');
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
            else if (isHeader(words))
                open(words, at.indent());
            else if (m_open && at.indent() > m_indent)
                detail(words);
            else
                lose(at.trimmed());
        }
        if (m_lost && !m_list.items.isEmpty())
            m_list.elided = true;
        return std::move(m_list);
    }

private:
    void open(const Words &words, qsizetype indent)
    {
        m_open = true;
        m_indent = indent;
        m_linkLine = 0;
        Interface interface;
        const QStringView name = words[1].chopped(1);
        const qsizetype peer = name.lastIndexOf(u'@');
        interface.name = (peer > 0 ? name.first(peer) : name).toString();
        const QString flags = u',' + words[2].sliced(1).chopped(1).toString() + u',';
        interface.up = flags.contains(",UP,"_L1);
        interface.carrier = flags.contains(",LOWER_UP,"_L1);
        interface.mtu = mtu(after(words, "mtu"_L1));
        interface.master = after(words, "master"_L1).toString();
        interface.source = m_problems.at(m_line);
        m_list.items.append(std::move(interface));
    }

    std::optional<int> mtu(QStringView word)
    {
        bool isNumber = false;
        const int value = word.toInt(&isNumber);
        if (isNumber && value >= 0)
            return value;
        if (!word.isEmpty())
            m_problems.notUnderstood(m_line, QString(u"mtu " + word));
        return {};
    }

    void detail(const Words &words)
    {
        Interface &interface = m_list.items.last();
        interface.source.last = m_line;
        const QStringView first = words.front();
        if (first == "inet"_L1 && words.size() > 1)
            address(words, interface);
        else if (first == "inet6"_L1 && words.size() > 1)
            address6(words, interface);
        else if (first.startsWith("link/"_L1))
            link(words, interface);
        else if (m_linkLine == m_line - 1 && !first.endsWith("_slave"_L1) && isKind(first))
            interface.kind = first.toString();
        else if (first == "bond_slave"_L1 || first == "team_slave"_L1 || first == "vrf_slave"_L1)
            interface.master.clear(); // a master that is no bridge
    }

    static bool isKind(QStringView word)
    {
        static constexpr std::array others{"altname"_L1, "alias"_L1, "valid_lft"_L1, "vf"_L1,
                                           "RX:"_L1,     "TX:"_L1,   "inet"_L1,      "inet6"_L1};
        return std::find(others.begin(), others.end(), word) == others.end();
    }

    void link(const Words &words, Interface &interface)
    {
        m_linkLine = m_line;
        if (words[0] != "link/ether"_L1)
            return;
        interface.mac = MacAddress::fromString(words.size() > 1 ? words[1] : QStringView());
        if (!interface.mac)
            m_problems.add(m_line, u"not a MAC address, line %1"_s.arg(m_line));
    }

    std::optional<int> prefix(QStringView digits, int largest)
    {
        bool isNumber = false;
        const int value = digits.toInt(&isNumber);
        if (isNumber && value >= 0 && value <= largest)
            return value;
        m_problems.notUnderstood(m_line, QString(u"/" + digits));
        return {};
    }

    /// "10.0.0.1/24", or "10.0.0.1 peer 10.0.0.2/32": then the length stands with the peer.
    void address(const Words &words, Interface &interface)
    {
        const auto [text, digits] = parts(words);
        if (const auto address = Ipv4::fromString(text))
            interface.addresses.append({*address, prefix(digits, 32)});
        else
            m_problems.notUnderstood(m_line, QString(u"inet " + words[1]));
    }

    void address6(const Words &words, Interface &interface)
    {
        const auto [text, digits] = parts(words);
        if (const auto address = Ipv6::fromString(text))
            interface.addresses6.append({*address, prefix(digits, 128)});
        else
            m_problems.notUnderstood(m_line, QString(u"inet6 " + words[1]));
    }

    static std::pair<QStringView, QStringView> parts(const Words &words)
    {
        const qsizetype slash = words[1].indexOf(u'/');
        if (slash >= 0)
            return {words[1].first(slash), words[1].sliced(slash + 1)};
        const QStringView peer = after(words, "peer"_L1);
        return {words[1], peer.sliced(peer.indexOf(u'/') + 1)};
    }

    /// What is not indented below a header belongs to none: its lines must not be taken for the interface
    /// before it.
    void lose(QStringView line)
    {
        m_problems.notUnderstood(m_line, line);
        m_lost = true;
        m_open = false;
    }

    ProblemLog &m_problems;
    InterfaceList m_list;
    qsizetype m_indent = 0;
    int m_line = 0;
    int m_linkLine = 0;
    bool m_open = false;
    bool m_lost = false;
};

} // namespace

Parsed<InterfaceList> parseIpAddrText(const QByteArray &text, const QString &document)
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
