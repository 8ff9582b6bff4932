#include "models/rules/config_checks.h"

#include "models/evidence/evidence.h"
#include "models/rules/known_keys.h"

#include <algorithm>

namespace tropo {

QString fileNameOf(const InterfaceConfig &config)
{
    const QString &document = config.source.document;
    if (config.format != ConfigFormat::DebianInterfaces)
        return unescapedName(document.section(u'/', -1));
    return document.contains(QLatin1String("/declared/")) ? QStringLiteral("the declared interfaces")
                                                          : QStringLiteral("/etc/network/interfaces");
}

namespace {

const Setting *settingOf(const InterfaceConfig &config, QStringView key)
{
    const auto found = std::find_if(config.settings.begin(), config.settings.end(),
                                    [key](const Setting &setting) { return setting.key == key; });
    return found == config.settings.end() ? nullptr : &*found;
}

/// "NETWORK=10.0.0.0" or "network 10.0.0.0", bounded: a file may hold anything.
QString asWritten(ConfigFormat format, const Setting &setting)
{
    const QChar between = format == ConfigFormat::DebianInterfaces ? u' ' : u'=';
    return setting.key + between + setting.value.left(100);
}

/// An address that does not belong where the interface is explains a gateway or network that does:
/// nic-ip-out-of-range, or a float's rule, says so.
bool explainedByAddress(const InterfaceConfig &config, const ConfigPlace &place, Ipv4 value)
{
    return place.home && place.home->contains(value) &&
           std::any_of(config.addresses.begin(), config.addresses.end(),
                       [&](const auto &a) { return !place.home->contains(a.value.address); });
}

} // namespace

QList<ConfigFault> unknownKeyFaults(const InterfaceConfig &config, const ConfigPlace &place)
{
    QList<ConfigFault> faults;
    for (const UnknownKey &unknown : unknownKeys(config)) {
        QString sentence =
            QStringLiteral("%1 sets %2, a key that nothing reads").arg(place.file, unknown.setting->key);
        if (!unknown.nearest.isEmpty())
            sentence += QStringLiteral("; the nearest known one is %1%2")
                            .arg(unknown.nearest, settingOf(config, unknown.nearest)
                                                      ? QStringLiteral(", which it sets too")
                                                      : QString());
        faults.append({sentence + u'.', {unknown.setting->source}});
    }
    return faults;
}

namespace {

/// The subnets of an interface. Nothing where a mask is not known, or where an address stands alone (/32) and
/// so reaches its gateway in another way.
std::optional<QList<Subnet>> subnetsOf(const ConfigPlace &place)
{
    QList<Subnet> subnets;
    const auto add = [&subnets](const InterfaceAddress &address) {
        if (address.prefix)
            subnets.append(Subnet::of(address.address, *address.prefix));
        return address.prefix && *address.prefix < 32;
    };
    bool known = true;
    for (const InterfaceConfig *config : place.siblings)
        for (const auto &address : config->addresses)
            known = add(address.value) && known;
    // What the kernel has besides, by DHCP or by hand.
    const auto isInFile = [&place](Ipv4 address) {
        return std::any_of(place.siblings.begin(), place.siblings.end(), [address](const auto *config) {
            return std::any_of(config->addresses.begin(), config->addresses.end(),
                               [address](const auto &a) { return a.value.address == address; });
        });
    };
    if (place.running)
        for (const InterfaceAddress &address : place.running->addresses)
            if (address.prefix && *address.prefix < 32 && !isInFile(address.address))
                add(address);
    return known ? std::optional(subnets) : std::nullopt;
}

bool isReachedOnLink(const InterfaceConfig &config)
{
    return std::any_of(config.settings.begin(), config.settings.end(), [](const Setting &setting) {
        const QString key = setting.key.toLower();
        const QString value = setting.value.toLower();
        return key == QLatin1String("pointopoint") || key == QLatin1String("gatewaydev") ||
               (key.endsWith(QLatin1String("on-link")) && value == QLatin1String("true")) ||
               (key.endsWith(QLatin1String("_options")) && value.contains(QLatin1String("onlink=true")));
    });
}

const FloatPolicy *floatOf(const InterfaceConfig &config, const Policy &policy)
{
    for (const auto &address : config.addresses)
        if (const FloatPolicy *floating = policy.floatWith(address.value.address))
            return floating;
    return nullptr;
}

} // namespace

QList<ConfigFault> gatewayFaults(const InterfaceConfig &config, const ConfigPlace &place,
                                 const Policy &policy)
{
    const auto subnets = subnetsOf(place);
    if (!config.gateway || config.addresses.isEmpty() || !subnets || isReachedOnLink(config))
        return {};
    const Ipv4 gateway = config.gateway->value;
    QStringList texts;
    for (const Subnet &subnet : *subnets) {
        if (subnet.contains(gateway)) {
            texts.clear();
            break;
        }
        if (!texts.contains(subnet.toString()))
            texts.append(subnet.toString());
    }
    QList<Source> sources{config.gateway->source};
    for (const auto &address : config.addresses)
        sources.append(address.source);
    if (!texts.isEmpty() && !explainedByAddress(config, place, gateway))
        return {{QStringLiteral(
                     "%1 gives the gateway %2, which lies outside its subnet %3: it cannot be reached.")
                     .arg(place.file, gateway.toString(), texts.join(QLatin1String(" and "))),
                 sources}};
    const FloatPolicy *floating = floatOf(config, policy);
    if (texts.isEmpty() && floating && policy.floatGateway && gateway != *policy.floatGateway) {
        sources.append(floating->source);
        return {{QStringLiteral("%1 gives %2's address with the gateway %3; the floats' gateway is %4.")
                     .arg(place.file, floating->name, gateway.toString(), policy.floatGateway->toString()),
                 sources}};
    }
    return {};
}

namespace {

/// What NETWORK or BROADCAST should be by the file's addresses; empty where a mask is not known.
QList<Ipv4> valuesFor(const InterfaceConfig &config, bool broadcast)
{
    QList<Ipv4> values;
    for (const auto &address : config.addresses) {
        // The last two lengths have no broadcast address.
        if (!address.value.prefix || *address.value.prefix > 30)
            return {};
        const Subnet subnet = Subnet::of(address.value.address, *address.value.prefix);
        values.append(broadcast ? subnet.broadcast() : subnet.base);
    }
    return values;
}

bool isKey(const Setting &setting, QLatin1String key, ConfigFormat format)
{
    if (format == ConfigFormat::DebianInterfaces)
        return setting.key == key;
    if (format != ConfigFormat::Ifcfg || !setting.key.startsWith(key, Qt::CaseInsensitive) ||
        setting.key != setting.key.toUpper())
        return false;
    return std::all_of(setting.key.begin() + key.size(), setting.key.end(),
                       [](QChar c) { return c.isDigit(); });
}

} // namespace

QList<ConfigFault> networkFaults(const InterfaceConfig &config, const ConfigPlace &place)
{
    QList<ConfigFault> faults;
    for (const Setting &setting : config.settings) {
        const bool broadcast = isKey(setting, QLatin1String("broadcast"), config.format);
        if (!broadcast && !isKey(setting, QLatin1String("network"), config.format))
            continue;
        const QList<Ipv4> values = valuesFor(config, broadcast);
        // ifupdown takes + and - for all ones and all zeroes.
        if (values.isEmpty() || setting.value.isEmpty() || setting.value == u'+' || setting.value == u'-')
            continue;
        const auto written = Ipv4::fromString(setting.value);
        if (written && (values.contains(*written) || explainedByAddress(config, place, *written)))
            continue;
        QList<Source> sources{setting.source};
        QStringList expected;
        for (qsizetype i = 0; i < values.size(); ++i) {
            expected.append(QStringLiteral("%1 makes %2")
                                .arg(config.addresses[i].value.address.toString() + u'/' +
                                         QString::number(*config.addresses[i].value.prefix),
                                     values[i].toString()));
            sources.append(config.addresses[i].source);
        }
        faults.append(
            {QStringLiteral("%1 gives %2, which does not follow from its address: %3.")
                 .arg(place.file, asWritten(config.format, setting), expected.join(QLatin1String(", "))),
             sources});
    }
    return faults;
}

namespace {

struct BootSetting
{
    QString text; ///< as the file has it
    Source source;
};

/// What keeps an interface down at boot; nothing where nothing does, or where it is not known.
std::optional<BootSetting> keptDown(const InterfaceConfig &config)
{
    if (const Setting *mode = settingOf(config, u"activation-mode"))
        return BootSetting{asWritten(config.format, *mode), mode->source};
    if (config.onBoot != false)
        return {};
    for (const QStringView key : {u"ONBOOT", u"connection.autoconnect"})
        if (const Setting *setting = settingOf(config, key))
            return BootSetting{asWritten(config.format, *setting), setting->source};
    return BootSetting{QStringLiteral("no auto or allow-hotplug line"), config.source};
}

} // namespace

QList<ConfigFault> onBootFaults(const InterfaceConfig &config, const ConfigPlace &place, const Policy &policy)
{
    const FloatPolicy *floating = floatOf(config, policy);
    const auto kept = floating ? keptDown(config) : std::nullopt;
    if (!kept)
        return {};
    return {{QStringLiteral("%1 gives %2's address with %3: it does not come up at a restart.")
                 .arg(place.file, floating->name, kept->text),
             {kept->source, floating->source}}};
}

} // namespace tropo
