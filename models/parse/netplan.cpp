#include "models/parse/netplan.h"

#include "models/parse/config_values.h"
#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"
#include "models/parse/secrets.h"

#include <QHash>

#include <yaml-cpp/yaml.h>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype mostBytes = 1024 * 1024;
constexpr int mostValues = 20'000; ///< an alias counts as often as it is used
constexpr int mostLevels = 32;

QString textOf(const YAML::Node &node)
{
    return node.IsScalar() ? bounded(QString::fromStdString(node.Scalar())) : QString();
}

int lineOf(const YAML::Node &node)
{
    return qMax(node.Mark().line, 0) + 1;
}

class NetplanReader
{
public:
    explicit NetplanReader(const QString &document) : m_log(document) {}

    Parsed<QList<InterfaceConfig>> read(const QByteArray &text)
    {
        if (text.size() > mostBytes) {
            m_log.add(0, u"larger than 1 MiB: not read"_s);
            return {{}, m_log.take()};
        }
        try {
            readDocuments(YAML::LoadAll(text.toStdString()));
        } catch (const YAML::Exception &error) {
            const int line = error.mark.line >= 0 ? error.mark.line + 1 : 0;
            m_log.add(line, u"not YAML (%1), line %2"_s.arg(QString::fromStdString(error.msg)).arg(line));
        } catch (const std::exception &error) {
            m_log.add(0, u"not YAML (%1)"_s.arg(QString::fromLocal8Bit(error.what())));
        }
        for (InterfaceConfig &config : m_configs)
            if (const auto bridge = m_masters.constFind(config.settings.first().key);
                bridge != m_masters.cend())
                config.master = *bridge;
        for (InterfaceConfig &config : m_configs)
            config.settings.removeFirst(); // the id, needed up to here
        return {m_configs, m_log.take()};
    }

private:
    void readDocuments(const std::vector<YAML::Node> &documents)
    {
        if (documents.size() > 1)
            m_log.add(lineOf(documents[1]), u"a second YAML document: not read"_s);
        const YAML::Node root = documents.empty() ? YAML::Node() : documents.front();
        const YAML::Node network = root.IsMap() ? root["network"] : YAML::Node(YAML::NodeType::Undefined);
        if (!network || !network.IsMap()) {
            m_log.add(0, u"no “network:” mapping"_s);
            return;
        }
        for (const auto &kind : network) {
            const QString name = textOf(kind.first);
            if (name == u"version" || name == u"renderer" || name == u"openvswitch")
                continue;
            if (!kind.second.IsMap()) {
                if (!kind.second.IsNull())
                    m_log.notUnderstood(lineOf(kind.first), name);
                continue;
            }
            for (const auto &one : kind.second)
                readInterface(textOf(one.first), one.first, one.second);
        }
    }

    void readInterface(const QString &id, const YAML::Node &key, const YAML::Node &body)
    {
        InterfaceConfig config;
        config.format = ConfigFormat::Netplan;
        config.device = id;
        config.source = m_log.at(lineOf(key));
        config.settings.append({id, {}, config.source});
        if (body.IsMap()) {
            readMatch(config, body);
            takeSettings(config, {}, id, body, 0);
            readMethod(config, body);
            readRoutes(config, body["routes"]);
            for (const auto &port : sequence(body["interfaces"])) {
                config.bridgePorts.append({textOf(port), m_log.at(lineOf(port))});
                m_masters.insert(textOf(port), {id, m_log.at(lineOf(port))});
            }
        } else if (!body.IsNull()) {
            m_log.notUnderstood(lineOf(key), id);
        }
        m_configs.append(config);
    }

    void readMatch(InterfaceConfig &config, const YAML::Node &body)
    {
        config.macaddr = macOf(body["macaddress"]);
        const YAML::Node match = body["match"];
        if (match && match.IsMap()) {
            const YAML::Node name = match["name"];
            const QString matched = name ? textOf(name) : QString();
            config.hwaddr = macOf(match["macaddress"]);
            config.device =
                QStringView(matched).contains(u'*') || matched.contains(u'?') || matched.contains(u'[')
                    ? QString()
                    : matched;
        }
        if (const YAML::Node setName = body["set-name"])
            config.device = textOf(setName);
    }

    std::optional<Sourced<MacAddress>> macOf(const YAML::Node &node)
    {
        if (!node || node.IsNull())
            return {};
        if (const auto mac = MacAddress::fromString(textOf(node)))
            return Sourced<MacAddress>{*mac, m_log.at(lineOf(node))};
        // netplan also takes words: permanent, random.
        if (textOf(node).contains(u':') || !node.IsScalar())
            notA(u"a MAC address"_s, node);
        return {};
    }

    void readMethod(InterfaceConfig &config, const YAML::Node &body)
    {
        for (const auto &one : sequence(body["addresses"])) {
            // An address with options is a mapping of one key: {"192.0.2.1/24": {label: …}}.
            const YAML::Node node =
                one.IsMap() && one.size() > 0 ? YAML::Node(one.begin()->first) : YAML::Node(one);
            if (const auto address = interfaceAddress(textOf(node)))
                config.addresses.append({*address, m_log.at(lineOf(node))});
            else if (!textOf(node).contains(u':'))
                notA(u"an address"_s, node);
        }
        if (const YAML::Node gateway = body["gateway4"])
            takeGateway(config, gateway);
        const YAML::Node dhcp = body["dhcp4"];
        const auto automatic = dhcp ? yesOrNo(textOf(dhcp)) : std::nullopt;
        if (dhcp && !automatic)
            notA(u"true or false"_s, dhcp);
        if (automatic == true)
            config.method = AddressMethod::Dhcp;
        else if (!config.addresses.isEmpty())
            config.method = AddressMethod::Static;
        else if (automatic == false)
            config.method = AddressMethod::None;
    }

    void readRoutes(InterfaceConfig &config, const YAML::Node &routes)
    {
        for (const auto &route : sequence(routes)) {
            if (!route.IsMap())
                continue;
            const YAML::Node to = route["to"];
            const YAML::Node via = route["via"];
            const QString target = to ? textOf(to) : QString();
            const bool isDefault = target == u"default" || target == u"0.0.0.0/0" || target == u"0/0";
            if (isDefault && via && !textOf(via).contains(u':'))
                takeGateway(config, via);
        }
    }

    void takeGateway(InterfaceConfig &config, const YAML::Node &node)
    {
        if (const auto gateway = Ipv4::fromString(textOf(node)))
            config.gateway = Sourced<Ipv4>{*gateway, m_log.at(lineOf(node))};
        else
            notA(u"an IPv4 address"_s, node);
    }

    /// Every scalar below `node` as a setting named by its path.
    void takeSettings(InterfaceConfig &config, const QString &path, const QString &key,
                      const YAML::Node &node, int level)
    {
        if (--m_values < 0 || level > mostLevels) {
            if (!std::exchange(m_cut, true))
                m_log.add(lineOf(node), u"too many or too deep values: the settings are cut short here"_s);
            return;
        }
        const int line = lineOf(node);
        if (line > config.source.last)
            config.source.last = line;
        if (node.IsMap()) {
            for (const auto &one : node) {
                const QString name = one.first.IsScalar() ? textOf(one.first) : u"?"_s;
                if (name == u"<<")
                    m_log.add(lineOf(one.first),
                              u"a merge key (<<) is not followed, line %1"_s.arg(lineOf(one.first)));
                const QString below = path.isEmpty() ? name : QString(path % u'.' % name);
                takeSettings(config, bounded(below, 512), name, one.second, level + 1);
            }
        } else if (node.IsSequence()) {
            for (const auto &one : node)
                takeSettings(config, path, key, one, level + 1);
        } else {
            config.settings.append({path, shownValue(key, textOf(node)), m_log.at(line)});
        }
    }

    /// The items of a sequence; nothing, with a problem, where it is something else.
    std::vector<YAML::Node> sequence(const YAML::Node &node)
    {
        std::vector<YAML::Node> items;
        if (node && node.IsSequence()) {
            for (const YAML::Node &item : node) {
                if (--m_items < 0)
                    break; // the settings, which see the same values, have told it
                items.push_back(item);
            }
        } else if (node && !node.IsNull()) {
            notA(u"a list"_s, node);
        }
        return items;
    }

    void notA(const QString &what, const YAML::Node &node)
    {
        m_log.add(lineOf(node), u"%1 is not %2, line %3"_s.arg(quoted(textOf(node)), what).arg(lineOf(node)));
    }

    ProblemLog m_log;
    QList<InterfaceConfig> m_configs;
    QHash<QString, Sourced<QString>> m_masters; ///< id of a port to the bridge that takes it
    int m_values = mostValues;
    int m_items = mostValues;
    bool m_cut = false;
};

} // namespace

Parsed<QList<InterfaceConfig>> parseNetplan(const QByteArray &text, const QString &document)
{
    return NetplanReader(document).read(text);
}

} // namespace tropo
