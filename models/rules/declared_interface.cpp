#include "models/rules/declared_interface.h"

#include <algorithm>

namespace tropo {

QList<InterfaceAddress> DeclaredInterface::addresses() const
{
    QList<InterfaceAddress> all;
    for (const InterfaceConfig *stanza : stanzas)
        for (const auto &address : stanza->addresses)
            all.append(address.value);
    return all;
}

QList<InterfaceAddress> DeclaredInterface::addressesAtBoot() const
{
    QList<InterfaceAddress> all;
    for (const InterfaceConfig *stanza : stanzas)
        if (stanza->onBoot != false)
            for (const auto &address : stanza->addresses)
                all.append(address.value);
    return all;
}

std::optional<Ipv4> DeclaredInterface::gateway() const
{
    for (const InterfaceConfig *stanza : stanzas)
        if (stanza->gateway)
            return stanza->gateway->value;
    return {};
}

QStringList DeclaredInterface::ports() const
{
    QStringList names;
    for (const InterfaceConfig *stanza : stanzas)
        for (const auto &port : stanza->bridgePorts)
            names.append(port.value);
    names.sort();
    return names;
}

bool DeclaredInterface::isMeantUp() const
{
    return std::any_of(stanzas.begin(), stanzas.end(), [this](const InterfaceConfig *stanza) {
        return stanza->device == name && stanza->onBoot != false;
    });
}

bool DeclaredInterface::isWhole() const
{
    const bool elsewhere = hasMethod(AddressMethod::Dhcp) || sets(QLatin1String("up")) ||
                           sets(QLatin1String("pre-up")) || sets(QLatin1String("post-up"));
    return !elsewhere && (hasMethod(AddressMethod::Static) || hasMethod(AddressMethod::None));
}

bool DeclaredInterface::namesItsPorts() const
{
    const auto isPattern = [](const QString &word) {
        return word == QLatin1String("all") || word == QLatin1String("regex");
    };
    bool names = !ports().isEmpty();
    for (const InterfaceConfig *stanza : stanzas) {
        for (const Setting &setting : stanza->settings) {
            if (setting.key != QLatin1String("bridge_ports") && setting.key != QLatin1String("bridge-ports"))
                continue;
            const QStringList words = setting.value.split(u' ', Qt::SkipEmptyParts);
            if (std::any_of(words.begin(), words.end(), isPattern))
                return false;
            names = true;
        }
    }
    return names;
}

bool DeclaredInterface::sets(QLatin1String key) const
{
    return std::any_of(stanzas.begin(), stanzas.end(), [&](const InterfaceConfig *stanza) {
        return std::any_of(stanza->settings.begin(), stanza->settings.end(),
                           [&](const Setting &setting) { return setting.key == key; });
    });
}

bool DeclaredInterface::hasMethod(AddressMethod method) const
{
    return std::any_of(stanzas.begin(), stanzas.end(),
                       [method](const InterfaceConfig *stanza) { return stanza->method == method; });
}

QMap<QString, DeclaredInterface> declaredOf(const QList<InterfaceConfig> &configs)
{
    QMap<QString, DeclaredInterface> all;
    for (const InterfaceConfig &config : configs) {
        const QString name = config.device.section(u':', 0, 0);
        if (name.isEmpty() || name == QLatin1String("lo"))
            continue;
        DeclaredInterface &one = all[name];
        one.name = name;
        one.stanzas.append(&config);
    }
    return all;
}

} // namespace tropo
