#include "models/parse/ifconfig.h"

#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What follows `key` in a word or the word after it: "addr:1.2.3.4", "addr: fe80::1/64", "mtu 1500".
QString valueOf(const std::vector<QStringView> &words, QStringView key)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == key)
            return i + 1 < words.size() ? words[i + 1].toString() : QString();
        if (key.endsWith(u':') && words[i].startsWith(key))
            return words[i].sliced(key.size()).toString();
    }
    return {};
}

/// A mask as dotted or, on some systems, hex text.
std::optional<int> maskPrefix(const QString &text)
{
    if (const auto mask = Ipv4::fromString(text))
        return prefixOf(*mask);
    bool isNumber = false;
    const uint bits = text.startsWith("0x"_L1) ? text.sliced(2).toUInt(&isNumber, 16) : 0;
    return isNumber ? prefixOf(Ipv4(bits)) : std::nullopt;
}

class IfconfigReader
{
public:
    explicit IfconfigReader(const QString &document) : m_problems(document) {}

    Parsed<InterfaceList> read(const QByteArray &text)
    {
        const QString decoded = decodedText(text);
        for (const NumberedLine &line : numberedLines(decoded))
            take(line);
        close();
        if (m_list.items.isEmpty() && !text.trimmed().isEmpty() && !m_list.elided)
            m_problems.add(1, u"is not what ifconfig prints, line 1"_s);
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
            m_cut = true;
        } else if (words.size() > 1 && words[1] == u"Link" && line.text.contains("encap:"_L1)) {
            open(line, words[0]);
            oldHeader(words);
        } else if (words.size() > 1 && words[0].endsWith(u':') && words[1].startsWith(u"flags=")) {
            open(line, words[0].chopped(1));
            newHeader(words);
        } else if (m_isOpen) {
            m_current.source.last = line.number;
            detail(line, words);
        } else {
            m_problems.notUnderstood(line.number, trimmed);
        }
    }

    void open(const NumberedLine &line, QStringView name)
    {
        close();
        m_isOpen = true;
        m_cut = false;
        m_isOld = false;
        m_current = Interface{};
        m_current.name = bounded(name, 64);
        m_current.source = m_problems.at(line.number);
    }

    void oldHeader(const std::vector<QStringView> &words)
    {
        m_isOld = true;
        m_current.mac = MacAddress::fromString(valueOf(words, u"HWaddr"));
    }

    void newHeader(const std::vector<QStringView> &words)
    {
        const QString flags = words[1].toString().section(u'<', 1).section(u'>', 0, 0);
        m_current.up = flags.split(u',').contains(u"UP"_s);
        m_current.carrier = flags.split(u',').contains(u"RUNNING"_s);
        setMtu(valueOf(words, u"mtu"));
    }

    void setMtu(const QString &text)
    {
        bool isNumber = false;
        const int mtu = text.toInt(&isNumber);
        if (isNumber)
            m_current.mtu = mtu;
    }

    void detail(const NumberedLine &line, const std::vector<QStringView> &words)
    {
        if (words[0] == u"inet") {
            const QString old = valueOf(words, u"addr:");
            const QString text = old.isEmpty() ? words.size() > 1 ? words[1].toString() : QString() : old;
            const QString mask = old.isEmpty() ? valueOf(words, u"netmask") : valueOf(words, u"Mask:");
            if (const auto address = Ipv4::fromString(text))
                m_current.addresses.append({*address, maskPrefix(mask)});
            else
                m_problems.notUnderstood(line.number, line.text.trimmed());
        } else if (words[0] == u"inet6") {
            addAddress6(line, words);
        } else if (words[0] == u"ether" && words.size() > 1) {
            m_current.mac = MacAddress::fromString(words[1]);
        } else if (m_isOld && line.text.contains("MTU:"_L1)) {
            // "UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1"
            m_flagsSeen = true;
            m_current.up = words[0] == u"UP";
            m_current.carrier = std::find(words.begin(), words.end(), u"RUNNING") != words.end();
            setMtu(valueOf(words, u"MTU:"));
        }
    }

    void addAddress6(const NumberedLine &line, const std::vector<QStringView> &words)
    {
        // "inet6 addr: fe80::1/64 Scope:Link" or "inet6 fe80::1  prefixlen 64  scopeid 0x20<link>"
        const bool isOld = words.size() > 2 && words[1] == u"addr:";
        const QString text = (isOld ? words[2] : words.size() > 1 ? words[1] : QStringView()).toString();
        const auto address = Ipv6::fromString(text.section(u'/', 0, 0));
        bool isNumber = false;
        const int prefix = (isOld ? text.section(u'/', 1) : valueOf(words, u"prefixlen")).toInt(&isNumber);
        if (address)
            m_current.addresses6.append({*address, isNumber ? std::optional(prefix) : std::nullopt});
        else
            m_problems.notUnderstood(line.number, line.text.trimmed());
    }

    void close()
    {
        // In the old form flags stand on a line of their own: a whole entry without it is a closed interface.
        if (m_isOpen && m_isOld && !m_flagsSeen && !m_cut)
            m_current.up = m_current.up.value_or(false);
        if (m_isOpen)
            m_list.items.append(m_current);
        m_isOpen = false;
        m_flagsSeen = false;
    }

    ProblemLog m_problems;
    InterfaceList m_list;
    Interface m_current;
    bool m_isOpen = false;
    bool m_isOld = false;
    bool m_cut = false; ///< the entry was shortened by hand
    bool m_flagsSeen = false;
};

} // namespace

Parsed<InterfaceList> parseIfconfig(const QByteArray &text, const QString &document)
{
    return IfconfigReader(document).read(text);
}

} // namespace tropo
