#include "models/rules/config_conflicts.h"

#include "models/evidence/evidence.h"

#include <algorithm>

namespace tropo {

namespace {

/// Editors' and package managers' copies, which network scripts and NetworkManager pass over.
bool isCopy(const QString &document)
{
    const QString file = unescapedName(document.section(u'/', -1));
    static const QStringList endings{
        QStringLiteral("~"),       QStringLiteral(".bak"),     QStringLiteral(".orig"),
        QStringLiteral(".old"),    QStringLiteral(".rej"),     QStringLiteral(".save"),
        QStringLiteral(".rpmnew"), QStringLiteral(".rpmsave"), QStringLiteral(".rpmorig"),
        QStringLiteral(".augnew"), QStringLiteral(".augtmp")};
    return std::any_of(endings.begin(), endings.end(), [&](const QString &ending) {
        return file.endsWith(ending) ||
               file.endsWith(ending + QLatin1String(".nmconnection")); // the name that the probe gives
    });
}

QString valueOf(const InterfaceConfig &config, std::initializer_list<QStringView> keys)
{
    for (const Setting &setting : config.settings)
        for (const QStringView key : keys)
            if (setting.key == key)
                return setting.value;
    return {};
}

/// VLANs, aliases, bridges and bonds name the MAC of the device below them.
bool standsAbove(const InterfaceConfig &config)
{
    static const QStringList kinds{QStringLiteral("vlan"), QStringLiteral("bridge"), QStringLiteral("bond"),
                                   QStringLiteral("team"), QStringLiteral("macvlan")};
    const QString kind = valueOf(config, {u"TYPE", u"connection.type"}).toLower();
    return config.device.contains(u':') || config.device.contains(u'.') || !config.bridgePorts.isEmpty() ||
           kinds.contains(kind) || valueOf(config, {u"VLAN"}).compare(u"yes", Qt::CaseInsensitive) == 0;
}

bool counts(const VmView &vm, const InterfaceConfig &config)
{
    return config.onBoot != false && config.format != ConfigFormat::DebianInterfaces &&
           !isCopy(config.source.document) && !vm.namesUnknownMac(config);
}

/// Whether NetworkManager or whoever else reads them has a way to choose, or joins the two.
bool isSettled(const InterfaceConfig &a, const InterfaceConfig &b)
{
    const bool bothNetplan = a.format == ConfigFormat::Netplan && b.format == ConfigFormat::Netplan;
    if (bothNetplan && a.device == b.device)
        return a.source.document != b.source.document; // one name in two files is merged
    if (!bothNetplan && a.source.document == b.source.document)
        return true;
    const auto priority = [](const InterfaceConfig &config) {
        return valueOf(config, {u"AUTOCONNECT_PRIORITY", u"connection.autoconnect-priority"}).toInt();
    };
    return priority(a) != priority(b);
}

/// How many NICs or interfaces bear a MAC: several files are right then.
qsizetype bearersOf(const VmView &vm, MacAddress mac)
{
    const auto shown = std::count_if(vm.units.begin(), vm.units.end(), [&](const InsideUnit &unit) {
        return unit.running && unit.running->mac == mac && hasDeviceBehind(*unit.running);
    });
    return std::max({vm.liveNics(mac).size(), vm.persistentNics(mac).size(), qsizetype(shown)});
}

QString conflictAbout(const VmView &vm, const InterfaceConfig &a, const InterfaceConfig &b)
{
    if (!a.device.isEmpty() && a.device == b.device)
        return a.device;
    if (!a.hwaddr || !b.hwaddr || a.hwaddr->value != b.hwaddr->value || standsAbove(a) || standsAbove(b) ||
        bearersOf(vm, a.hwaddr->value) > 1)
        return {};
    return QStringLiteral("the MAC %1").arg(a.hwaddr->value.toString());
}

} // namespace

QList<ConfigConflict> configConflicts(const VmView &vm)
{
    QList<const InterfaceConfig *> configs;
    for (const InterfaceConfig &config : vm.domain->guest->configs)
        if (counts(vm, config))
            configs.append(&config);
    std::stable_sort(configs.begin(), configs.end(), [](const auto *a, const auto *b) {
        return std::tie(a->source.document, a->source.first) < std::tie(b->source.document, b->source.first);
    });
    constexpr qsizetype most = 200; // pairs grow with the square of what a machine shows
    if (configs.size() > most)
        configs.resize(most);
    QList<ConfigConflict> conflicts;
    for (qsizetype second = 1; second < configs.size(); ++second)
        for (qsizetype first = 0; first < second; ++first) {
            const QString about = conflictAbout(vm, *configs[first], *configs[second]);
            if (!about.isEmpty() && !isSettled(*configs[first], *configs[second]))
                conflicts.append({configs[first], configs[second], about});
        }
    return conflicts;
}

} // namespace tropo
