#include "models/rules/float_facts.h"

#include <algorithm>

namespace tropo {

namespace {

bool fileGives(const InterfaceConfig &config, Ipv4 address)
{
    return std::any_of(config.addresses.begin(), config.addresses.end(),
                       [&](const auto &a) { return a.value.address == address; });
}

bool runs(const Interface &interface, Ipv4 address)
{
    return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                       [&](const auto &a) { return a.address == address; });
}

} // namespace

std::optional<Sourced<MacAddress>> claimedMac(const InsideUnit &unit)
{
    const auto macs = unit.macs();
    if (macs.isEmpty())
        return {};
    return macs.front();
}

FloatFacts factsOf(const FloatPolicy &floating, const VmView &vm)
{
    FloatFacts facts{&floating, &vm, vm.liveNics(floating.mac), vm.persistentNics(floating.mac), {}, {}, {}};
    for (const InsideUnit &unit : vm.units) {
        if (std::any_of(unit.configs.begin(), unit.configs.end(),
                        [&](const auto *config) { return fileGives(*config, floating.address); }))
            facts.configured.append(&unit);
        if (unit.running && runs(*unit.running, floating.address))
            facts.running.append(&unit);
        const auto macs = unit.macs();
        if (std::any_of(macs.begin(), macs.end(), [&](const auto &mac) { return mac.value == floating.mac; }))
            facts.bound.append(&unit);
    }
    return facts;
}

bool FloatFacts::mismatched() const
{
    const auto differs = [this](const InsideUnit *unit) {
        const auto mac = claimedMac(*unit);
        return mac && mac->value != floating->mac && (vm->hasNic(mac->value) || !vm->nicsKnown());
    };
    return std::any_of(configured.begin(), configured.end(), differs) ||
           std::any_of(running.begin(), running.end(), differs);
}

bool FloatFacts::addressWithoutNic() const
{
    if (!hasAddress() || hasNic() || !vm->nicsKnown() || mismatched())
        return false;
    // A file that names a MAC which is nobody's is nic-mac-unknown-inside: there it is said with what was
    // probably meant.
    const auto names = [this](const InsideUnit *unit) {
        const auto mac = claimedMac(*unit);
        return !mac || mac->value == floating->mac;
    };
    return std::any_of(configured.begin(), configured.end(), names) ||
           std::any_of(running.begin(), running.end(), names);
}

bool FloatFacts::nicWithoutAddress() const
{
    if (live.isEmpty() || hasAddress() || !vm->addressesKnown() || !vm->configsKnown())
        return false;
    // A bound interface that carries anything else is a mismatch or somebody's choice, not a half.
    return std::none_of(bound.begin(), bound.end(),
                        [](const InsideUnit *unit) { return unit->isConfigured(); });
}

QString FloatFacts::missingAtRestart() const
{
    if (live.isEmpty() || running.isEmpty() || mismatched())
        return {};
    QStringList missing;
    const bool formKnown = vm->domain->inactive && !vm->domain->inactive->partial;
    if (vm->domain->persistent == false)
        missing.append(QStringLiteral("the domain itself is not persistent"));
    else if (formKnown && persistent.isEmpty())
        missing.append(
            QStringLiteral("the persistent domain has no NIC with %1").arg(floating->mac.toString()));
    if (vm->configsKnown() && configured.isEmpty())
        missing.append(QStringLiteral("no file inside configures %1").arg(floating->address.toString()));
    return missing.join(QLatin1String(" and "));
}

QString FloatFacts::missingNow() const
{
    if (!vm->domain->isRunning() || configured.isEmpty() || persistent.isEmpty() || mismatched())
        return {};
    QStringList missing;
    const bool formKnown = vm->domain->live && !vm->domain->live->partial;
    if (formKnown && live.isEmpty())
        missing.append(QStringLiteral("the running domain has no NIC with %1").arg(floating->mac.toString()));
    if (vm->addressesKnown() && running.isEmpty())
        missing.append(QStringLiteral("no interface inside has %1 now").arg(floating->address.toString()));
    return missing.join(QLatin1String(" and "));
}

QList<Source> FloatFacts::sources() const
{
    QList<Source> found;
    const auto add = [&found](const Source &source) {
        if (!source.isNull() && !found.contains(source))
            found.append(source);
    };
    for (const Nic *nic : live)
        add(nic->source);
    for (const Nic *nic : persistent)
        add(nic->source);
    for (const InsideUnit *unit : configured)
        for (const InterfaceConfig *config : unit->configs)
            for (const auto &address : config->addresses)
                if (address.value.address == floating->address)
                    add(address.source);
    for (const InsideUnit *unit : running)
        add(unit->running->source);
    return found;
}

} // namespace tropo
