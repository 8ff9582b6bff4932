#include "models/parse/ifcfg.h"

#include "models/evidence/evidence.h"
#include "models/parse/config_values.h"
#include "models/parse/secrets.h"
#include "models/parse/shell_assignments.h"

#include <QHash>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// "ens5" of ".../ifcfg/ifcfg-ens5".
QString nameOfFile(const QString &document)
{
    const QString file = unescapedName(QStringView(document).sliced(document.lastIndexOf(u'/') + 1));
    return file.startsWith("ifcfg-"_L1) ? file.sliced(6) : QString();
}

/// The effective assignments of a file: of two with one key, the later.
class Ifcfg
{
public:
    Ifcfg(const QByteArray &text, const QString &document) : m_log(document)
    {
        m_all = shellAssignments(text, m_log);
        for (qsizetype i = 0; i < m_all.size(); ++i) {
            const auto earlier = m_last.constFind(m_all[i].key);
            if (earlier != m_last.cend())
                m_log.add(m_all[*earlier].line,
                          u"%1 is set again on line %2, which wins"_s.arg(m_all[i].key).arg(m_all[i].line));
            m_last[m_all[i].key] = i;
        }
    }

    Parsed<InterfaceConfig> read()
    {
        m_config.format = ConfigFormat::Ifcfg;
        for (const ShellAssignment &one : m_all)
            m_config.settings.append({one.key, shownValue(one.key, one.value), m_log.at(one.line)});
        m_config.source = m_all.isEmpty() ? Source{m_log.document(), 0, 0}
                                          : m_log.at(m_all.first().line, m_all.last().line);
        readBinding();
        readAddresses();
        readGateway();
        readMethod();
        return {m_config, m_log.take()};
    }

private:
    const ShellAssignment *find(const QString &key) const
    {
        const auto at = m_last.constFind(key);
        return at == m_last.cend() || m_all[*at].value.isEmpty() ? nullptr : &m_all[*at];
    }

    std::optional<Sourced<MacAddress>> macOf(const QString &key)
    {
        const ShellAssignment *one = find(key);
        if (!one)
            return {};
        if (const auto mac = MacAddress::fromString(one->value))
            return Sourced<MacAddress>{*mac, m_log.at(one->line)};
        // NetworkManager's MACADDR may also be a word: permanent, preserve, random, stable.
        if (key == "HWADDR"_L1 || one->value.contains(u':'))
            m_log.add(one->line,
                      u"%1=%2 is not a MAC address, line %3"_s.arg(key, quoted(one->value)).arg(one->line));
        return {};
    }

    void readBinding()
    {
        m_config.hwaddr = macOf(u"HWADDR"_s);
        m_config.macaddr = macOf(u"MACADDR"_s);
        if (const ShellAssignment *device = find(u"DEVICE"_s))
            m_config.device = device->value;
        else if (!find(u"HWADDR"_s))
            m_config.device = nameOfFile(m_log.document());
        if (const ShellAssignment *bridge = find(u"BRIDGE"_s))
            m_config.master = Sourced<QString>{bridge->value, m_log.at(bridge->line)};
        if (const ShellAssignment *onBoot = find(u"ONBOOT"_s)) {
            m_config.onBoot = yesOrNo(onBoot->value);
            if (!m_config.onBoot)
                m_log.add(onBoot->line,
                          u"ONBOOT=%1 is neither yes nor no, line %2"_s.arg(quoted(onBoot->value))
                              .arg(onBoot->line));
        }
    }

    std::optional<int> prefixFor(const QString &suffix)
    {
        for (const char16_t *base : {u"PREFIX", u"NETMASK"}) {
            const QString key = QString::fromUtf16(base) % suffix;
            const ShellAssignment *one = find(key);
            if (!one)
                continue;
            if (const auto prefix = prefixLength(one->value))
                return prefix;
            m_log.add(one->line,
                      u"%1=%2 is not a netmask, line %3"_s.arg(key, quoted(one->value)).arg(one->line));
        }
        return {};
    }

    void readAddresses()
    {
        for (qsizetype i = 0; i < m_all.size(); ++i) {
            const ShellAssignment &one = m_all[i];
            if (!one.key.startsWith("IPADDR"_L1) || m_last.value(one.key) != i || one.value.isEmpty())
                continue;
            const QString suffix = one.key.sliced(6);
            if (!suffix.isEmpty() && !plainNumber(suffix))
                continue;
            auto address = interfaceAddress(one.value);
            if (!address) {
                m_log.add(
                    one.line,
                    u"%1=%2 is not an IPv4 address, line %3"_s.arg(one.key, quoted(one.value)).arg(one.line));
                continue;
            }
            if (!address->prefix)
                address->prefix = prefixFor(suffix);
            m_config.addresses.append({*address, m_log.at(one.line)});
        }
    }

    void readGateway()
    {
        for (const char16_t *name : {u"GATEWAY", u"GATEWAY0"}) {
            const ShellAssignment *one = find(QString::fromUtf16(name));
            if (!one || m_config.gateway)
                continue;
            if (const auto gateway = Ipv4::fromString(one->value))
                m_config.gateway = Sourced<Ipv4>{*gateway, m_log.at(one->line)};
            else
                m_log.add(one->line,
                          u"%1=%2 is not an IPv4 address, line %3"_s.arg(one->key, quoted(one->value))
                              .arg(one->line));
        }
    }

    void readMethod()
    {
        const ShellAssignment *one = find(u"BOOTPROTO"_s);
        const auto is = [one](QLatin1StringView word) {
            return one && one->value.compare(word, Qt::CaseInsensitive) == 0;
        };
        if (is("dhcp"_L1) || is("bootp"_L1))
            m_config.method = AddressMethod::Dhcp;
        else if (is("static"_L1) || ((!one || is("none"_L1)) && !m_config.addresses.isEmpty()))
            m_config.method = AddressMethod::Static;
        else if (is("none"_L1))
            m_config.method = AddressMethod::None;
        else if (one)
            m_log.add(one->line,
                      u"BOOTPROTO=%1: not understood, line %2"_s.arg(quoted(one->value)).arg(one->line));
    }

    ProblemLog m_log;
    QList<ShellAssignment> m_all;
    QHash<QString, qsizetype> m_last; ///< key to its last place in m_all
    InterfaceConfig m_config;
};

} // namespace

Parsed<InterfaceConfig> parseIfcfg(const QByteArray &text, const QString &document)
{
    return Ifcfg(text, document).read();
}

} // namespace tropo
