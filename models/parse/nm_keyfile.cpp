#include "models/parse/nm_keyfile.h"

#include "models/parse/config_values.h"
#include "models/parse/numbered_lines.h"
#include "models/parse/problem_log.h"
#include "models/parse/secrets.h"

#include <QHash>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// GKeyFile's escapes: \s \t \n \r \\; of any other the backslash goes ("\;" in a list).
QString unescaped(QStringView value)
{
    if (!value.contains(u'\\'))
        return value.toString();
    QString plain;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] != u'\\' || i + 1 == value.size()) {
            plain += value[i];
            continue;
        }
        switch (value[++i].unicode()) {
        case u's':
            plain += u' ';
            break;
        case u't':
            plain += u'\t';
            break;
        case u'n':
            plain += u'\n';
            break;
        case u'r':
            plain += u'\r';
            break;
        default:
            plain += value[i];
        }
    }
    return plain;
}

class KeyfileReader
{
public:
    explicit KeyfileReader(const QString &document) : m_log(document)
    {
        m_config.format = ConfigFormat::Keyfile;
    }

    Parsed<InterfaceConfig> read(const QByteArray &text)
    {
        const QString decoded = decodedText(text);
        int last = 0;
        for (const NumberedLine &line : numberedLines(decoded)) {
            const QStringView trimmed = line.text.trimmed();
            if (trimmed.isEmpty() || trimmed.startsWith(u'#') || trimmed.startsWith(u';'))
                continue;
            last = line.number;
            readLine(line.number, trimmed);
        }
        m_config.source = last ? m_log.at(1, last) : Source{m_log.document(), 0, 0};
        if (m_config.method == AddressMethod::Unknown && !m_config.addresses.isEmpty())
            m_config.method = AddressMethod::Static;
        return {m_config, m_log.take()};
    }

private:
    void readLine(int number, QStringView line)
    {
        if (line.startsWith(u'[') && line.endsWith(u']')) {
            m_section = bounded(line.sliced(1, line.size() - 2), 256);
            return;
        }
        const qsizetype equals = line.indexOf(u'=');
        if (equals <= 0 || m_section.isEmpty()) {
            m_log.notUnderstood(number, line);
            return;
        }
        const QString key = bounded(line.first(equals).trimmed(), 256);
        const QString value = bounded(unescaped(line.sliced(equals + 1).trimmed()));
        const QString name = m_section % u'.' % key;
        if (const int earlier = std::exchange(m_lines[name], number))
            m_log.add(earlier, u"%1 is set again on line %2, which wins"_s.arg(quoted(name)).arg(number));
        m_config.settings.append({name, shownValue(key, value, m_section), m_log.at(number)});
        if (!value.isEmpty())
            take(key, value, number);
    }

    void take(const QString &key, const QString &value, int number)
    {
        if (m_section == u"connection")
            takeConnection(key, value, number);
        else if (m_section == u"ipv4")
            takeIpv4(key, value, number);
        else if (key == u"mac-address" && m_section != u"bridge")
            takeMac(m_config.hwaddr, key, value, number);
        else if (key == u"cloned-mac-address" || key == u"mac-address")
            takeMac(m_config.macaddr, key, value, number);
        else if (key == u"interface-name" && m_config.device.isEmpty())
            m_config.device = value; // where versions before 1.0 kept it
    }

    void takeConnection(const QString &key, const QString &value, int number)
    {
        if (key == u"interface-name") {
            m_config.device = value;
        } else if (key == u"autoconnect") {
            m_config.onBoot = yesOrNo(value);
            if (!m_config.onBoot)
                notA(u"true or false"_s, key, value, number);
        } else if (key == u"master" || key == u"controller") {
            m_config.master = Sourced<QString>{value, m_log.at(number)};
        }
    }

    void takeMac(std::optional<Sourced<MacAddress>> &into, const QString &key, const QString &value,
                 int number)
    {
        into.reset();
        if (const auto mac = MacAddress::fromString(value))
            into = Sourced<MacAddress>{*mac, m_log.at(number)};
        else if (key == u"mac-address" || value.contains(u':')) // else permanent, preserve, random, stable, …
            notA(u"a MAC address"_s, key, value, number);
    }

    void takeIpv4(const QString &key, const QString &value, int number)
    {
        QStringView digits(key);
        if (key == u"method") {
            m_config.method = value == u"auto"       ? AddressMethod::Dhcp
                              : value == u"manual"   ? AddressMethod::Static
                              : value == u"disabled" ? AddressMethod::None
                                                     : AddressMethod::Unknown;
        } else if (key == u"gateway") {
            takeGateway(key, value, number);
        } else if (key.startsWith("address"_L1)) {
            digits = digits.sliced(key.startsWith("addresses"_L1) ? 9 : 7);
            if (digits.isEmpty() || plainNumber(digits))
                takeAddresses(key, value, number);
        }
    }

    /// "IP/PREFIX,GATEWAY", several parted by ";"; the old form is "IP;PREFIX;GATEWAY;".
    void takeAddresses(const QString &key, const QString &value, int number)
    {
        const QStringView text(value);
        if (!text.contains(u'/') && text.contains(u';')) {
            const QList<QStringView> parts = text.split(u';', Qt::SkipEmptyParts);
            takeAddress(key, parts[0] % u'/' % (parts.size() > 1 ? parts[1] : QStringView()), number);
            if (parts.size() > 2)
                takeGateway(key, parts[2], number);
            return;
        }
        for (const QStringView one : text.split(u';', Qt::SkipEmptyParts)) {
            const qsizetype comma = one.indexOf(u',');
            takeAddress(key, (comma < 0 ? one : one.first(comma)).trimmed().toString(), number);
            if (comma >= 0)
                takeGateway(key, one.sliced(comma + 1).trimmed(), number);
        }
    }

    void takeAddress(const QString &key, const QString &text, int number)
    {
        if (const auto address = interfaceAddress(text))
            m_config.addresses.append({*address, m_log.at(number)});
        else
            notA(u"an IPv4 address"_s, key, text, number);
    }

    void takeGateway(const QString &key, QStringView text, int number)
    {
        const auto gateway = Ipv4::fromString(text);
        if (!gateway)
            notA(u"an IPv4 address"_s, key, text, number);
        else if (gateway->bits() != 0) // 0.0.0.0 stands for none
            m_config.gateway = Sourced<Ipv4>{*gateway, m_log.at(number)};
    }

    void notA(const QString &what, const QString &key, QStringView value, int number)
    {
        m_log.add(number,
                  u"%1.%2=%3 is not %4, line %5"_s.arg(m_section, key, quoted(value), what).arg(number));
    }

    ProblemLog m_log;
    InterfaceConfig m_config;
    QString m_section;
    QHash<QString, int> m_lines; ///< where SECTION.KEY was last set
};

} // namespace

Parsed<InterfaceConfig> parseKeyfile(const QByteArray &text, const QString &document)
{
    return KeyfileReader(document).read(text);
}

} // namespace tropo
