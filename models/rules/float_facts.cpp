#include "models/rules/float_facts.h"

#include "models/fleet/connection.h"

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

/// The other MAC that a file gives with the address. A file that names none takes the interface's own.
std::optional<Sourced<MacAddress>> otherMacOfFile(const InsideUnit &unit, const InterfaceConfig &config,
                                                  const FloatPolicy &floating, const VmView &vm)
{
    auto mac = config.hwaddr ? config.hwaddr : config.macaddr;
    if (!mac && unit.running && unit.running->mac)
        mac = Sourced<MacAddress>{*unit.running->mac, unit.running->source};
    if (!mac || mac->value == floating.mac || vm.namesUnknownMac(config))
        return {};
    const bool isDevice = !unit.running || hasDeviceBehind(*unit.running);
    return vm.hasNic(mac->value) || isDevice ? mac : std::nullopt;
}

/// The other MAC that the kernel shows with the address. Bridges and the like may have MACs of their own.
std::optional<Sourced<MacAddress>> otherMacOfKernel(const InsideUnit &unit, const FloatPolicy &floating,
                                                    const VmView &vm)
{
    const Interface &shown = *unit.running;
    if (!shown.mac || *shown.mac == floating.mac)
        return {};
    if (!hasDeviceBehind(shown) && !vm.hasNic(*shown.mac))
        return {};
    return Sourced<MacAddress>{*shown.mac, shown.source};
}

QList<MacClaim> mismatchesOf(const InsideUnit &unit, const FloatPolicy &floating, const VmView &vm)
{
    QList<MacClaim> found;
    const auto add = [&](const std::optional<Sourced<MacAddress>> &mac) {
        if (mac && std::none_of(found.begin(), found.end(),
                                [&](const MacClaim &claim) { return claim.mac.value == mac->value; }))
            found.append({&unit, *mac});
    };
    for (const InterfaceConfig *config : unit.configs)
        if (fileGives(*config, floating.address))
            add(otherMacOfFile(unit, *config, floating, vm));
    if (unit.running && runs(*unit.running, floating.address))
        add(otherMacOfKernel(unit, floating, vm));
    return found;
}

bool isBridge(const QString &name, const Hypervisor &hypervisor)
{
    const auto has = [&](const Network &network) {
        return network.known() && network.known()->bridge == name;
    };
    return std::any_of(hypervisor.networks->begin(), hypervisor.networks->end(), has) ||
           (hypervisor.host.interfaces && hypervisor.host.interfaces->find(name));
}

} // namespace

bool hangsElsewhere(const Nic &nic, const Hypervisor &hypervisor, const Policy &policy)
{
    if (policy.floatNetwork.isEmpty())
        return false;
    const Connection connection = connectionOf(nic, hypervisor);
    if (connection.network == policy.floatNetwork || connection.bridge == policy.floatNetwork)
        return false;
    // What is not known to be elsewhere may well be right: a bare bridge where no networks were read.
    if (!hypervisor.networks)
        return !connection.network.isEmpty() && !connection.bridge.isEmpty();
    if (const Network *network = hypervisor.network(policy.floatNetwork)) {
        const NetworkForm *form = network->known();
        return sameConnection(connection, {network->name, form ? form->bridge : QString()}) == false;
    }
    return isBridge(policy.floatNetwork, hypervisor) ? !connection.bridge.isEmpty()
                                                     : !connection.network.isEmpty();
}

FloatFacts factsOf(const FloatPolicy &floating, const VmView &vm)
{
    // Asked for every float and VM: most have nothing of each other.
    if (!vm.macs.contains(floating.mac) && !vm.addresses.contains(floating.address))
        return {&floating, &vm, {}, {}, {}, {}, {}, {}};
    FloatFacts facts{&floating, &vm, vm.liveNics(floating.mac), vm.persistentNics(floating.mac), {}, {},
                     {},        {}};
    for (const InsideUnit &unit : vm.units) {
        if (std::any_of(unit.configs.begin(), unit.configs.end(),
                        [&](const auto *config) { return fileGives(*config, floating.address); }))
            facts.configured.append(&unit);
        if (unit.running && runs(*unit.running, floating.address))
            facts.running.append(&unit);
        const auto macs = unit.macs();
        if (std::any_of(macs.begin(), macs.end(), [&](const auto &mac) { return mac.value == floating.mac; }))
            facts.bound.append(&unit);
        facts.mismatches.append(mismatchesOf(unit, floating, vm));
    }
    return facts;
}

namespace {

/// Floats by MAC and by address, to find those of a VM without asking for each.
class FloatTable
{
public:
    explicit FloatTable(const Policy &policy)
    {
        for (qsizetype i = 0; i < policy.floats.size(); ++i) {
            m_byMac.insert(policy.floats[i].mac, i);
            m_byAddress.insert(policy.floats[i].address, i);
        }
    }

    /// Places in the policy's list of all floats that a VM may have something of.
    QSet<qsizetype> of(const VmView &vm) const
    {
        QSet<qsizetype> found;
        for (const auto *form : {&vm.domain->live, &vm.domain->inactive})
            if (*form)
                for (const Nic &nic : (*form)->nics)
                    if (nic.mac)
                        add(found, m_byMac.values(*nic.mac));
        for (const InsideUnit &unit : vm.units) {
            if (unit.running)
                for (const InterfaceAddress &address : unit.running->addresses)
                    add(found, m_byAddress.values(address.address));
            for (const InterfaceConfig *config : unit.configs)
                for (const auto &address : config->addresses)
                    add(found, m_byAddress.values(address.value.address));
        }
        return found;
    }

private:
    static void add(QSet<qsizetype> &found, const QList<qsizetype> &places)
    {
        found.unite({places.begin(), places.end()});
    }

    QMultiHash<MacAddress, qsizetype> m_byMac;
    QMultiHash<Ipv4, qsizetype> m_byAddress;
};

} // namespace

QList<FloatFacts> floatClaims(const Policy &policy, const VmIndex &index)
{
    const FloatTable table(policy);
    QList<QList<FloatFacts>> byFloat(policy.floats.size());
    for (const VmView &vm : index.vms())
        for (const qsizetype place : table.of(vm))
            if (const FloatFacts facts = factsOf(policy.floats[place], vm); facts.claims())
                byFloat[place].append(facts);
    QList<FloatFacts> all;
    for (const QList<FloatFacts> &one : byFloat)
        all += one;
    return all;
}

bool FloatFacts::misnamed() const
{
    return std::any_of(configured.begin(), configured.end(), [this](const InsideUnit *unit) {
        return std::any_of(unit->configs.begin(), unit->configs.end(), [this](const auto *config) {
            return fileGives(*config, floating->address) && vm->namesUnknownMac(*config) &&
                   config->hwaddr->value != floating->mac;
        });
    });
}

bool FloatFacts::addressWithoutNic() const
{
    return hasAddress() && !hasNic() && vm->nicsKnown() && !mismatched() && !misnamed();
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
    if (!vm->domain->isRunning() || configured.isEmpty() || persistent.isEmpty() || mismatched() ||
        misnamed())
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
