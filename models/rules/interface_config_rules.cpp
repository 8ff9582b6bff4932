#include "models/rules/interface_config_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/config_checks.h"
#include "models/rules/config_conflicts.h"
#include "models/rules/range_facts.h"

#include <QHash>
#include <QSet>

namespace tropo {

namespace {

constexpr qsizetype mostSiblings = 100; ///< files for one interface, of a machine that may show any number

QList<ConfigFault> faultsOf(const InterfaceConfig &config, const ConfigPlace &place, const Policy &policy)
{
    return unknownKeyFaults(config, place) + gatewayFaults(config, place, policy) +
           networkFaults(config, place) + onBootFaults(config, place, policy);
}

using UnitOf = QHash<const InterfaceConfig *, const InsideUnit *>;

/// The interface that each file is for; of several that bear its MAC the first.
UnitOf unitsByConfig(const VmView &vm)
{
    UnitOf units;
    for (const InsideUnit &unit : vm.units)
        for (const InterfaceConfig *config : unit.configs)
            if (!units.contains(config))
                units.insert(config, &unit);
    return units;
}

void addGuest(const RuleInput &input, const VmView &vm, QList<Finding> &findings)
{
    const UnitOf units = unitsByConfig(vm);
    for (const InterfaceConfig &config : vm.domain->guest->configs) {
        const InsideUnit *unit = units.value(&config);
        if (!unit)
            continue;
        const ConfigPlace place{QStringLiteral("%1 in %2").arg(fileNameOf(config), vm.domain->name),
                                unit->configs.first(qMin(unit->configs.size(), mostSiblings)), unit->running,
                                homeSubnet(vm, *unit, input.policy)};
        for (const ConfigFault &fault : faultsOf(config, place, input.policy))
            findings.append(about(subject::interface(vm.subject, unit->name), fault.sentence, fault.sources));
    }
    for (const ConfigConflict &conflict : configConflicts(vm)) {
        const InsideUnit *unit = units.value(conflict.first);
        if (!unit)
            continue;
        findings.append(about(subject::interface(vm.subject, unit->name),
                              QStringLiteral("%1 and %2 in %3 are both for %4; which one counts is chance.")
                                  .arg(fileNameOf(*conflict.first), fileNameOf(*conflict.second),
                                       vm.domain->name, conflict.about),
                              {conflict.first->source, conflict.second->source}));
    }
}

QString hostSubject(const Hypervisor &hypervisor, const InterfaceConfig &config)
{
    const Interface *running =
        hypervisor.host.interfaces ? hypervisor.host.interfaces->find(config.device) : nullptr;
    const bool isBridge =
        !config.bridgePorts.isEmpty() || (running && running->kind == QLatin1String("bridge"));
    return isBridge ? subject::bridge(hypervisor.name, config.device)
                    : subject::interface(subject::hypervisor(hypervisor.name), config.device);
}

/// What the declared file has in common with the host's own is said once.
void addHost(const RuleInput &input, const Hypervisor &hypervisor, QList<Finding> &findings)
{
    QSet<QString> said;
    for (const auto *file : {&hypervisor.interfacesFile, &hypervisor.declaredInterfaces}) {
        if (!*file)
            continue;
        QHash<QString, QList<const InterfaceConfig *>> byDevice;
        for (const InterfaceConfig &config : **file)
            if (QList<const InterfaceConfig *> &one = byDevice[config.device]; one.size() < mostSiblings)
                one.append(&config);
        for (const InterfaceConfig &config : **file) {
            if (config.device == QLatin1String("lo"))
                continue;
            const ConfigPlace place{QStringLiteral("%1 of %2").arg(fileNameOf(config), hypervisor.name),
                                    byDevice.value(config.device),
                                    nullptr,
                                    {}};
            for (const ConfigFault &fault : faultsOf(config, place, input.policy)) {
                const QString key = config.device + fault.sentence.sliced(place.file.size());
                if (said.contains(key))
                    continue;
                said.insert(key);
                findings.append(about(hostSubject(hypervisor, config), fault.sentence, fault.sources));
            }
        }
    }
}

} // namespace

QList<Finding> interfaceConfigInvalid(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms())
        if (vm.domain->guest)
            addGuest(input, vm, findings);
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        addHost(input, hypervisor, findings);
    return findings;
}

} // namespace tropo
