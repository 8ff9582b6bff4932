#include "models/fixes/files/format_edit.h"
#include "models/fixes/files/text_lines.h"
#include "models/parse/config_values.h"
#include "models/parse/shell_assignments.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Keys of an interface that is there for its address alone: the file goes with it.
constexpr const char16_t *plainKeys[] = {
    u"NAME",
    u"DEVICE",
    u"UUID",
    u"ONBOOT",
    u"BOOTPROTO",
    u"HWADDR",
    u"MACADDR",
    u"HOTPLUG",
    u"USERCTL",
    u"NM_CONTROLLED",
    u"ZONE",
    u"MTU",
    u"METRIC",
    u"SRCADDR",
    u"ARPCHECK",
    u"ARPUPDATE",
    u"DOMAIN",
    u"SEARCH",
    u"PEERDNS",
    u"DEFROUTE",
    u"PROXY_METHOD",
    u"BROWSER_ONLY",
    u"IPV4INIT",
    u"IPV4_FAILURE_FATAL",
    u"IPV6INIT",
    u"IPV6_AUTOCONF",
    u"IPV6_DEFROUTE",
    u"IPV6_FAILURE_FATAL",
    u"IPV6_ADDR_GEN_MODE",
    u"IPV6_PEERDNS",
    u"IPV6_PRIVACY",
    u"AUTOCONNECT_PRIORITY",
    u"ETHTOOL_OPTS",
};

/// The file as assignments that can be set and dropped. The first thing that cannot be done is kept.
class IfcfgText
{
public:
    explicit IfcfgText(const QByteArray &text) : m_lines(text)
    {
        for (const Problem &problem : read())
            if (!isEvaluation(problem.line))
                fail(problem.message);
    }

    const ShellAssignment *find(const QString &key) const
    {
        const ShellAssignment *last = nullptr;
        for (const ShellAssignment &one : m_all)
            if (one.key == key)
                last = &one;
        return last;
    }

    QString value(const QString &key) const
    {
        const ShellAssignment *one = find(key);
        return one ? one->value : QString();
    }

    const QList<ShellAssignment> &all() const { return m_all; }

    QByteArray written(const ShellAssignment &one) const
    {
        return m_lines.at(one.line - 1).sliced(one.column, one.length);
    }

    /// The last assignment of the key gets the value, in the quotes that it has; else a new one is put after
    /// the first of `after` that there is.
    void set(const QString &key, const QByteArray &value, const QStringList &after)
    {
        if (const ShellAssignment *one = find(key)) {
            if (one->evaluated)
                fail(u"%1: what $ or ` stands for is not known, line %2"_s.arg(key).arg(one->line));
            const QByteArray old = written(*one);
            const bool quoted = old.size() >= 2 && (old[0] == '"' || old[0] == '\'') && old.back() == old[0];
            m_lines.replace(one->line - 1, one->column, one->length,
                            quoted ? QByteArray(old.first(1) + value + old.first(1)) : value);
        } else {
            int place = m_lines.count();
            QByteArray indent;
            for (const QString &other : after) {
                if (const ShellAssignment *anchor = find(other)) {
                    place = anchor->line;
                    indent = m_lines.indentOf(place - 1);
                    break;
                }
            }
            m_lines.insert(place, indent + key.toLatin1() + '=' + value);
        }
        read();
    }

    void setIfThere(const QString &key, const QByteArray &value)
    {
        if (find(key) && !find(key)->value.isEmpty())
            set(key, value, {});
    }

    /// All assignments of the key, with their lines.
    void drop(const QString &key)
    {
        for (qsizetype i = m_all.size() - 1; i >= 0; --i) {
            if (m_all[i].key != key)
                continue;
            const int line = m_all[i].line;
            const auto onLine =
                std::count_if(m_all.cbegin(), m_all.cend(),
                              [line](const ShellAssignment &one) { return one.line == line; });
            if (onLine > 1)
                fail(u"%1 shares line %2 with other assignments"_s.arg(key).arg(line));
            else
                m_lines.remove(line - 1);
        }
        read();
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
    QList<Problem> read()
    {
        ProblemLog problems{QString()};
        m_all = shellAssignments(byteWise(m_lines.text()), problems);
        return problems.take();
    }

    bool isEvaluation(int line) const
    {
        return std::any_of(m_all.cbegin(), m_all.cend(),
                           [line](const ShellAssignment &one) { return one.line == line && one.evaluated; });
    }

    TextLines m_lines;
    QList<ShellAssignment> m_all;
    std::optional<Error> m_error;
};

/// "" of IPADDR, "1" of IPADDR1; nothing for other keys.
std::optional<QString> addressSuffix(const QString &key)
{
    if (!key.startsWith("IPADDR"_L1))
        return {};
    const QString suffix = key.sliced(6);
    return suffix.isEmpty() || plainNumber(suffix) ? std::optional(suffix) : std::nullopt;
}

/// The suffix of the keys that configure an address.
std::optional<QString> suffixOf(const IfcfgText &text, Ipv4 address)
{
    for (const ShellAssignment &one : text.all()) {
        const auto suffix = addressSuffix(one.key);
        if (!suffix || text.find(one.key) != &one)
            continue;
        const auto found = interfaceAddress(one.value);
        if (found && found->address == address)
            return suffix;
    }
    return {};
}

QByteArray latin1(const QString &text)
{
    return text.toLatin1();
}

bool isPlain(const IfcfgText &text)
{
    for (const ShellAssignment &one : text.all()) {
        QString base = one.key;
        while (!base.isEmpty() && base.back().isDigit())
            base.chop(1);
        const bool ofAddress = base == "IPADDR"_L1 || base == "NETMASK"_L1 || base == "PREFIX"_L1 ||
                               base == "NETWORK"_L1 || base == "BROADCAST"_L1 || base == "GATEWAY"_L1;
        const bool plain =
            ofAddress || base == "DNS"_L1 ||
            (one.key == "TYPE"_L1 && one.value.compare("Ethernet"_L1, Qt::CaseInsensitive) == 0) ||
            std::any_of(std::begin(plainKeys), std::end(plainKeys),
                        [&one](const char16_t *key) { return one.key == QStringView(key); });
        if (!plain && !one.value.isEmpty())
            return false;
    }
    return true;
}

/// IPADDR, IPADDR0 and IPADDR1 may be missing; a gap after those hides what follows.
void refuseGap(IfcfgText &text, const QString &suffix)
{
    const auto number = plainNumber(suffix);
    if (number && *number >= 2 && text.find(u"IPADDR%1"_s.arg(*number + 1)))
        text.fail(u"without IPADDR%1 the system would not read IPADDR%2"_s.arg(*number).arg(*number + 1));
}

} // namespace

Result<QByteArray> ifcfgWithMac(const EntryText &entry, MacAddress mac)
{
    IfcfgText text(entry.text);
    const QString key = u"HWADDR"_s;
    text.set(key, inTheLettersOf(latin1(text.value(key)), mac), {u"DEVICE"_s, u"NAME"_s});
    return text.result();
}

Result<QByteArray> ifcfgWithAddress(const EntryText &entry, const AddressChange &change)
{
    IfcfgText text(entry.text);
    const auto suffix = suffixOf(text, change.from);
    if (!suffix)
        return text.result();
    const QString address = u"IPADDR"_s + *suffix;
    const QString prefix = u"PREFIX"_s + *suffix;
    const QString netmask = u"NETMASK"_s + *suffix;
    const QByteArray bits = QByteArray::number(change.prefix);
    const QByteArray mask = latin1(maskOf(change.prefix).toString());
    const Subnet net = Subnet::of(change.to, change.prefix);
    const QString old = text.value(address);
    QByteArray value = latin1(change.to.toString());
    if (const qsizetype slash = old.indexOf(u'/'); slash >= 0)
        value += '/' + (old.indexOf(u'.', slash) < 0 ? bits : mask);
    else if (text.value(prefix).isEmpty() && text.value(netmask).isEmpty())
        text.set(prefix, bits, {address});
    text.set(address, value, {});
    text.setIfThere(prefix, bits);
    text.setIfThere(netmask, mask);
    text.setIfThere(u"NETWORK"_s + *suffix, latin1(net.base.toString()));
    text.setIfThere(u"BROADCAST"_s + *suffix, latin1(net.broadcast().toString()));
    if (change.gateway) {
        const bool numbered = text.value(u"GATEWAY"_s).isEmpty() && !text.value(u"GATEWAY0"_s).isEmpty();
        text.set(numbered ? u"GATEWAY0"_s : u"GATEWAY"_s, latin1(change.gateway->toString()),
                 {netmask, prefix, address});
    }
    return text.result();
}

Result<Remainder> ifcfgWithoutAddress(const EntryText &entry, Ipv4 address, bool dropGateway)
{
    IfcfgText text(entry.text);
    const auto suffix = suffixOf(text, address);
    const bool last = entry.config.addresses.size() == 1 && entry.config.method != AddressMethod::Dhcp;
    if (last && isPlain(text) && text.result())
        return Remainder{Remainder::Kind::Nothing, {}};
    if (suffix) {
        refuseGap(text, *suffix);
        for (const char16_t *key : {u"IPADDR", u"NETMASK", u"PREFIX", u"NETWORK", u"BROADCAST"})
            text.drop(QString::fromUtf16(key) % *suffix);
    }
    if (dropGateway) {
        text.drop(u"GATEWAY"_s);
        text.drop(u"GATEWAY0"_s);
    }
    if (last && text.value(u"BOOTPROTO"_s).compare("static"_L1, Qt::CaseInsensitive) == 0)
        text.set(u"BOOTPROTO"_s, "none", {});
    return text.result().map([](const QByteArray &edited) {
        return Remainder{Remainder::Kind::Edited, edited};
    });
}

} // namespace tropo
