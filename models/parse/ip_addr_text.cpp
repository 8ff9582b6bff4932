#include "models/parse/ip_addr.h"
#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringView wordAfter(const std::vector<QStringView> &words, QStringView key)
{
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if (words[i] == key)
            return words[i + 1];
    return {};
}

class IpAddrReader
{
public:
    explicit IpAddrReader(const QString &document) : m_problems(document) {}

    Parsed<InterfaceList> read(const QByteArray &text)
    {
        const QString decoded = decodedText(text);
        for (const NumberedLine &line : numberedLines(decoded))
            take(line);
        close();
        if (m_list.items.isEmpty() && !text.trimmed().isEmpty() && !m_list.elided)
            m_problems.add(1, u"is not what ip addr prints, line 1"_s);
        return {m_list, m_problems.take()};
    }

private:
    void take(const NumberedLine &line)
    {
        const QStringView trimmed = line.text.trimmed();
        const auto words = wordsOf(line.text);
        if (words.empty())
            return;
        if (trimmed == u"...." || trimmed == u"...") {
            m_list.elided = true;
        } else if (isHeader(words)) {
            close();
            open(line, words);
        } else if (m_isOpen) {
            m_current.source.last = line.number;
            detail(line, words);
        } else {
            m_problems.notUnderstood(line.number, trimmed);
        }
    }

    /// "4: eth0@if5: <BROADCAST,UP> mtu 1500 …"
    static bool isHeader(const std::vector<QStringView> &words)
    {
        bool isNumber = false;
        const QStringView index = words[0];
        if (words.size() < 3 || !index.endsWith(u':') || !words[1].endsWith(u':') ||
            !words[2].startsWith(u'<'))
            return false;
        (void)index.chopped(1).toUInt(&isNumber);
        return isNumber;
    }

    void open(const NumberedLine &line, const std::vector<QStringView> &words)
    {
        m_isOpen = true;
        m_current = Interface{};
        m_current.source = m_problems.at(line.number);
        const QString name = words[1].chopped(1).toString();
        m_current.name = bounded(name.section(u'@', 0, 0), 64);
        const QStringList flags = words[2].toString().remove(u'<').remove(u'>').split(u',');
        m_current.up = flags.contains(u"UP"_s);
        m_current.carrier = flags.contains(u"LOWER_UP"_s);
        bool isNumber = false;
        const int mtu = wordAfter(words, u"mtu").toInt(&isNumber);
        if (isNumber)
            m_current.mtu = mtu;
        m_current.master = bounded(wordAfter(words, u"master"), 64);
    }

    void detail(const NumberedLine &line, const std::vector<QStringView> &words)
    {
        if (words[0].startsWith(u"link/") && words.size() > 1) {
            if (words[0] != u"link/loopback")
                m_current.mac = MacAddress::fromString(words[1]);
        } else if (words[0] == u"inet" && words.size() > 1) {
            addAddress(line, words[1]);
        } else if (words[0] == u"inet6" && words.size() > 1) {
            addAddress6(line, words[1]);
        } else if (m_current.kind.isEmpty() && isKind(words[0])) {
            m_current.kind = words[0].toString();
        }
    }

    /// -d prints the kind of a device at the start of a line of its details.
    static bool isKind(QStringView word)
    {
        static const QList<QStringView> kinds{u"bridge", u"tun",     u"veth",    u"vlan",  u"bond",
                                              u"dummy",  u"macvlan", u"macvtap", u"vxlan", u"ipvlan"};
        return kinds.contains(word);
    }

    void addAddress(const NumberedLine &line, QStringView text)
    {
        const qsizetype slash = text.indexOf(u'/');
        const auto address = Ipv4::fromString(slash < 0 ? text : text.first(slash));
        const int prefix = slash < 0 ? 32 : text.sliced(slash + 1).toInt();
        if (address && prefix >= 0 && prefix <= 32)
            m_current.addresses.append({*address, prefix});
        else
            m_problems.notUnderstood(line.number, line.text.trimmed());
    }

    void addAddress6(const NumberedLine &line, QStringView text)
    {
        const qsizetype slash = text.indexOf(u'/');
        const auto address = Ipv6::fromString(slash < 0 ? text : text.first(slash));
        const int prefix = slash < 0 ? 128 : text.sliced(slash + 1).toInt();
        if (address && prefix >= 0 && prefix <= 128)
            m_current.addresses6.append({*address, prefix});
        else
            m_problems.notUnderstood(line.number, line.text.trimmed());
    }

    void close()
    {
        if (m_isOpen)
            m_list.items.append(m_current);
        m_isOpen = false;
    }

    ProblemLog m_problems;
    InterfaceList m_list;
    Interface m_current;
    bool m_isOpen = false;
};

} // namespace

Parsed<InterfaceList> parseIpAddrText(const QByteArray &text, const QString &document)
{
    return IpAddrReader(document).read(text);
}

} // namespace tropo
