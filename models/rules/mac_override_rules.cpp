#include "models/rules/mac_override_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/config_checks.h"
#include "models/rules/float_facts.h"

#include <QHash>

#include <algorithm>

namespace tropo {

namespace {

/// float-mac-ip-mismatch says it where a float's address stands with the MAC that the file sets.
bool explainedByFloat(const RuleInput &input, const VmView &vm, const InsideUnit &unit, MacAddress mac)
{
    return std::any_of(input.policy.floats.begin(), input.policy.floats.end(), [&](const auto &floating) {
        if (!unit.carries(floating.address))
            return false;
        const FloatFacts facts = factsOf(floating, vm);
        return std::any_of(facts.mismatches.begin(), facts.mismatches.end(), [&](const MacClaim &claim) {
            return claim.unit == &unit && claim.mac.value == mac;
        });
    });
}

/// In an ifcfg file HWADDR is what the device must have, and MACADDR takes it away. NetworkManager's keyfiles
/// and netplan tell the burnt-in MAC from the one to be set, so that both may stand there.
QString bothSet(const InterfaceConfig &config, const QString &file)
{
    if (config.format != ConfigFormat::Ifcfg || !config.hwaddr ||
        config.hwaddr->value == config.macaddr->value)
        return {};
    return QStringLiteral("%1 binds itself to HWADDR %2 and sets MACADDR %3: once that is set, the device "
                          "no longer has the MAC that the file asks for.")
        .arg(file, config.hwaddr->value.toString(), config.macaddr->value.toString());
}

QString notInForce(const InterfaceConfig &config, const InsideUnit &unit, const QString &file)
{
    // A file that is not brought up by itself, or an interface that is down, has not had its turn. Of several
    // profiles NetworkManager has one in force.
    const bool oneOfSeveral = config.format == ConfigFormat::Keyfile && unit.configs.size() > 1;
    if (!unit.running || !unit.running->mac || unit.running->up == false || config.onBoot == false ||
        oneOfSeveral || *unit.running->mac == config.macaddr->value)
        return {};
    return QStringLiteral("%1 sets the MAC %2, but %3 has %4 now.")
        .arg(file, config.macaddr->value.toString(), unit.name, unit.running->mac->toString());
}

} // namespace

QList<Finding> interfaceMacOverride(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms())
        for (const InsideUnit &unit : vm.units)
            for (const InterfaceConfig *config : unit.configs) {
                if (!config->macaddr || config->macaddr->value.isMulticast() ||
                    config->macaddr->value.isNull() ||
                    explainedByFloat(input, vm, unit, config->macaddr->value))
                    continue;
                const QString file = QStringLiteral("%1 in %2").arg(fileNameOf(*config), vm.domain->name);
                QStringList sentences{bothSet(*config, file), notInForce(*config, unit, file)};
                sentences.removeAll(QString());
                if (sentences.isEmpty())
                    continue;
                QList<Source> sources{config->macaddr->source};
                if (config->hwaddr)
                    sources.prepend(config->hwaddr->source);
                if (unit.running)
                    sources.append(unit.running->source);
                findings.append(
                    about(subject::interface(vm.subject, unit.name), sentences.join(u' '), sources));
            }
    return findings;
}

namespace {

/// A bond or team gives its members its own MAC, and a file may set another than the card's.
bool bearsAnothersMac(const InterfaceList &list, const Interface &interface)
{
    return std::any_of(list.items.begin(), list.items.end(), [&](const Interface &other) {
        const bool bond = other.kind == QLatin1String("bond") || other.kind == QLatin1String("team") ||
                          other.name.startsWith(QLatin1String("bond")) ||
                          other.name.startsWith(QLatin1String("team"));
        return bond && other.mac == interface.mac;
    });
}

bool isSetByFile(const QList<InterfaceConfig> &configs, MacAddress mac)
{
    return std::any_of(configs.begin(), configs.end(), [mac](const InterfaceConfig &config) {
        return config.macaddr && config.macaddr->value == mac;
    });
}

struct NamedMachine
{
    QString subject;
    QString name;
    const Machine *machine;
    QList<InterfaceConfig> configs;
};

QString whoHas(const InterfaceList &list, MacAddress mac)
{
    for (const Interface &interface : list.items)
        if (interface.mac == mac && hasDeviceBehind(interface))
            return QStringLiteral("which %1 has").arg(interface.name);
    return list.elided ? QString() : QStringLiteral("which no interface has");
}

void addMachine(const NamedMachine &place, QList<Finding> &findings)
{
    if (!place.machine->persistentNames || !place.machine->interfaces)
        return;
    const InterfaceList &list = *place.machine->interfaces;
    QHash<QString, QList<const PersistentName *>> kept;
    for (const PersistentName &one : *place.machine->persistentNames)
        kept[one.name].append(&one);
    for (const Interface &interface : list.items) {
        const auto names = kept.value(interface.name);
        const bool fits = std::any_of(names.begin(), names.end(),
                                      [&](const auto *one) { return one->mac == interface.mac; });
        if (names.isEmpty() || fits || !interface.mac || bearsAnothersMac(list, interface) ||
            isSetByFile(place.configs, *interface.mac))
            continue;
        const PersistentName &first = *names.front();
        const QString owner = whoHas(list, first.mac);
        findings.append(about(subject::interface(place.subject, interface.name),
                              QStringLiteral("udev on %1 keeps the name %2 for the MAC %3%4, but %2 has %5.")
                                  .arg(place.name, interface.name, first.mac.toString(),
                                       owner.isEmpty() ? QString() : QString(QLatin1String(", ") + owner),
                                       interface.mac->toString()),
                              {first.source, interface.source}));
    }
}

} // namespace

QList<Finding> udevNameOtherMac(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms())
        if (vm.domain->guest)
            addMachine({vm.subject, vm.domain->name, &vm.domain->guest->system, vm.domain->guest->configs},
                       findings);
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        addMachine({subject::hypervisor(hypervisor.name), hypervisor.name, &hypervisor.host,
                    hypervisor.interfacesFile.value_or(QList<InterfaceConfig>())},
                   findings);
    return findings;
}

} // namespace tropo
