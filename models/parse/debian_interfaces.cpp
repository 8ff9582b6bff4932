#include "models/parse/debian_interfaces.h"

#include "models/parse/config_values.h"
#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"
#include "models/parse/secrets.h"

#include <QSet>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

struct LogicalLine
{
    QString text;
    int first = 0;
    int last = 0;
};

/// Lines without comments and blank ones; `\` at a line's end joins it with the next.
std::vector<LogicalLine> logicalLines(QStringView text)
{
    std::vector<LogicalLine> logical;
    bool open = false;
    for (const NumberedLine &line : numberedLines(text)) {
        const QStringView trimmed = line.text.trimmed();
        if (!open && (trimmed.isEmpty() || trimmed.startsWith(u'#')))
            continue;
        const bool continues = trimmed.endsWith(u'\\');
        const QStringView body = continues ? trimmed.chopped(1).trimmed() : trimmed;
        if (open) {
            logical.back().text += u' ';
            logical.back().text += body;
            logical.back().last = line.number;
        } else {
            logical.push_back({body.toString(), line.number, line.number});
        }
        open = continues;
    }
    return logical;
}

class InterfacesReader
{
public:
    explicit InterfacesReader(const QString &document) : m_log(document) {}

    Parsed<QList<InterfaceConfig>> read(const QByteArray &text)
    {
        const QString decoded = decodedText(text);
        for (const LogicalLine &line : logicalLines(decoded))
            readLine(line);
        for (InterfaceConfig &config : m_configs) {
            if (m_auto.contains(config.device))
                config.onBoot = true;
            else if (!m_autoElsewhere)
                config.onBoot = false;
        }
        return {m_configs, m_log.take()};
    }

private:
    void readLine(const LogicalLine &line)
    {
        const std::vector<QStringView> words = wordsOf(line.text);
        if (words.empty())
            return;
        const QStringView first = words.front();
        if (first == u"iface") {
            startInterface(line, words);
        } else if (first == u"auto" || first.startsWith(u"allow-")) {
            m_place = Place::Outside;
            noteAuto(words);
        } else if (first == u"mapping") {
            m_place = Place::Skipped;
            notFollowed(line);
        } else if (first == u"source" || first == u"source-directory" || first == u"source-dir") {
            m_place = Place::Outside;
            m_autoElsewhere = true;
            notFollowed(line);
        } else if (first == u"no-auto-down" || first == u"no-scripts" || first == u"rename") {
            m_place = Place::Outside;
        } else if (m_place == Place::Interface) {
            readOption(line, words);
        } else if (m_place == Place::Outside) {
            m_log.notUnderstood(line.first, line.text);
        }
    }

    void notFollowed(const LogicalLine &line)
    {
        m_log.add(line.first, u"%1: not followed, line %2"_s.arg(quoted(line.text)).arg(line.first));
    }

    void noteAuto(const std::vector<QStringView> &words)
    {
        for (std::size_t i = 1; i < words.size(); ++i) {
            // ifupdown's patterns: /eth*, =name; what they match only the machine knows.
            if (words[i].contains(u'*') || words[i].startsWith(u'/') || words[i].startsWith(u'='))
                m_autoElsewhere = true;
            m_auto.insert(words[i].toString());
        }
    }

    void startInterface(const LogicalLine &line, const std::vector<QStringView> &words)
    {
        if (words.size() < 2) {
            m_place = Place::Skipped;
            m_log.notUnderstood(line.first, line.text);
            return;
        }
        m_place = Place::Interface;
        m_family = words.size() > 2 ? words[2].toString() : QString();
        InterfaceConfig config;
        config.format = ConfigFormat::DebianInterfaces;
        config.device = bounded(words[1], 256);
        config.source = m_log.at(line.first, line.last);
        const QStringView rest = QStringView(line.text).sliced(5).trimmed();
        config.settings.append({u"iface"_s, bounded(rest), config.source});
        readMethod(config, line, words);
        m_configs.append(config);
    }

    void readMethod(InterfaceConfig &config, const LogicalLine &line, const std::vector<QStringView> &words)
    {
        if (m_family == u"inherits")
            m_family.clear();
        if (std::find(words.begin() + 2, words.end(), u"inherits"_s) != words.end())
            m_log.add(
                line.first,
                u"%1: what it inherits is not followed, line %2"_s.arg(quoted(line.text)).arg(line.first));
        if (words.size() < 4 || m_family != u"inet")
            return;
        const QStringView method = words[3];
        if (method == u"static")
            config.method = AddressMethod::Static;
        else if (method == u"dhcp" || method == u"bootp")
            config.method = AddressMethod::Dhcp;
        else if (method == u"manual")
            config.method = AddressMethod::None;
    }

    void readOption(const LogicalLine &line, const std::vector<QStringView> &words)
    {
        InterfaceConfig &config = m_configs.last();
        const Source source = m_log.at(line.first, line.last);
        config.source.last = line.last;
        const QStringView rest = QStringView(line.text).sliced(words.front().size()).trimmed();
        const QString key = bounded(words.front(), 256);
        config.settings.append({key, bounded(shownValue(key, rest)), source});
        if (rest.isEmpty()) {
            m_log.add(line.first, u"%1 has no value, line %2"_s.arg(quoted(key)).arg(line.first));
            return;
        }
        if (key == u"hwaddress")
            readHardwareAddress(config, words, source);
        else if (key == u"bridge_ports" || key == u"bridge-ports")
            readBridgePorts(config, words, source);
        else if (m_family.isEmpty() || m_family == u"inet")
            readInetOption(config, key, rest, source);
    }

    void readInetOption(InterfaceConfig &config, const QString &key, QStringView value, const Source &source)
    {
        if (key == u"address") {
            if (const auto address = interfaceAddress(value))
                addAddress(config, *address, source);
            else if (!m_family.isEmpty() || !Ipv6::fromString(value.first(withoutPrefix(value))))
                notA(u"an IPv4 address"_s, key, value, source);
        } else if (key == u"netmask") {
            const auto prefix = prefixLength(value);
            m_prefix = prefix;
            m_prefixOf = m_configs.size();
            if (!prefix)
                notA(u"a netmask"_s, key, value, source);
            else if (!config.addresses.isEmpty() && !config.addresses.last().value.prefix)
                config.addresses.last().value.prefix = prefix;
        } else if (key == u"gateway") {
            if (const auto gateway = Ipv4::fromString(value))
                config.gateway = Sourced<Ipv4>{*gateway, source};
            else if (!m_family.isEmpty() || !Ipv6::fromString(value))
                notA(u"an IPv4 address"_s, key, value, source);
        }
    }

    static qsizetype withoutPrefix(QStringView value)
    {
        const qsizetype slash = value.indexOf(u'/');
        return slash < 0 ? value.size() : slash;
    }

    void addAddress(InterfaceConfig &config, InterfaceAddress address, const Source &source)
    {
        if (!address.prefix && m_prefixOf == m_configs.size())
            address.prefix = m_prefix;
        config.addresses.append({address, source});
        if (config.method == AddressMethod::Unknown && m_family.isEmpty())
            config.method = AddressMethod::Static;
    }

    void readHardwareAddress(InterfaceConfig &config, const std::vector<QStringView> &words,
                             const Source &source)
    {
        const QStringView value = words[1] == u"ether" && words.size() > 2 ? words[2] : words[1];
        if (const auto mac = MacAddress::fromString(value))
            config.macaddr = Sourced<MacAddress>{*mac, source};
        else if (value != u"random")
            notA(u"a MAC address"_s, u"hwaddress"_s, value, source);
    }

    void readBridgePorts(InterfaceConfig &config, const std::vector<QStringView> &words, const Source &source)
    {
        for (std::size_t i = 1; i < words.size(); ++i) {
            const QStringView word = words[i];
            if (word == u"regex" || word == u"noregex" || word == u"all") {
                m_log.add(source.first,
                          u"bridge_ports %1: which ports it takes is not known, line %2"_s.arg(quoted(word))
                              .arg(source.first));
                if (word != u"all")
                    ++i;
            } else if (word != u"none") {
                config.bridgePorts.append({bounded(word, 256), source});
            }
        }
    }

    void notA(const QString &what, const QString &key, QStringView value, const Source &source)
    {
        m_log.add(source.first,
                  u"%1 %2 is not %3, line %4"_s.arg(key, quoted(value), what).arg(source.first));
    }

    enum class Place { Outside, Interface, Skipped };

    ProblemLog m_log;
    QList<InterfaceConfig> m_configs;
    QSet<QString> m_auto;
    bool m_autoElsewhere = false;
    Place m_place = Place::Outside;
    QString m_family;
    std::optional<int> m_prefix; ///< of the stanza whose number (from 1) is m_prefixOf
    qsizetype m_prefixOf = 0;
};

} // namespace

Parsed<QList<InterfaceConfig>> parseDebianInterfaces(const QByteArray &text, const QString &document)
{
    return InterfacesReader(document).read(text);
}

} // namespace tropo
