#include "models/rules/nic_rules.h"

#include "models/address/near_miss.h"
#include "models/fleet/connection.h"
#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/float_facts.h"
#include "models/rules/nic_facts.h"

#include <QMap>

#include <algorithm>

namespace tropo {

namespace {

struct Bearer
{
    const VmView *vm;
    const DomainForm *form;
    const Nic *nic;
};

void addBearers(QMap<MacAddress, QList<Bearer>> &bearers, const VmView &vm,
                const std::optional<DomainForm> &form)
{
    if (form)
        for (const Nic &nic : form->nics)
            if (nic.mac)
                bearers[*nic.mac].append({&vm, &*form, &nic});
}

/// Every NIC of the fleet once. The two forms of a domain describe the same NICs at different times, so for
/// one MAC the form that has more of them counts; that they differ is nic-config-drift.
QMap<MacAddress, QList<Bearer>> bearersByMac(const RuleInput &input)
{
    QMap<MacAddress, QList<Bearer>> bearers;
    for (const VmView &vm : input.index.vms()) {
        QMap<MacAddress, QList<Bearer>> live;
        QMap<MacAddress, QList<Bearer>> persistent;
        addBearers(live, vm, vm.domain->live);
        addBearers(persistent, vm, vm.domain->inactive);
        for (auto it = persistent.cbegin(); it != persistent.cend(); ++it)
            if (live.value(it.key()).size() < it->size())
                live[it.key()] = *it;
        for (auto it = live.cbegin(); it != live.cend(); ++it)
            bearers[it.key()].append(*it);
    }
    return bearers;
}

bool sameDomain(const VmView &a, const VmView &b)
{
    const bool sameUuid = !a.domain->uuid.isEmpty() && a.domain->uuid == b.domain->uuid;
    return a.hypervisor != b.hypervisor && (sameUuid || a.domain->name == b.domain->name);
}

/// A domain that is defined on two hypervisors has its NICs on both: domain-duplicate says so.
QList<Bearer> eachDomainOnce(QList<Bearer> bearers)
{
    // By subject, so that which one counts does not depend on the order of the hypervisors.
    std::stable_sort(bearers.begin(), bearers.end(),
                     [](const Bearer &a, const Bearer &b) { return a.vm->subject < b.vm->subject; });
    QList<Bearer> once;
    for (const Bearer &bearer : bearers)
        if (std::none_of(once.begin(), once.end(),
                         [&](const Bearer &other) { return sameDomain(*bearer.vm, *other.vm); }))
            once.append(bearer);
    return once;
}

} // namespace

QList<Finding> nicMacDuplicate(const RuleInput &input)
{
    QList<Finding> findings;
    auto bearers = bearersByMac(input);
    for (QList<Bearer> &same : bearers)
        if (same.size() > 1)
            same = eachDomainOnce(same);
    for (auto it = bearers.cbegin(); it != bearers.cend(); ++it) {
        // A float's MAC, and one that no NIC can have, have rules of their own.
        if (it->size() < 2 || input.policy.floatWith(it.key()) || it.key().isNull() || it.key().isMulticast())
            continue;
        QStringList places;
        QStringList related;
        QList<Source> sources;
        for (const Bearer &bearer : *it) {
            const QString place = bearer.nic->target.isEmpty() ? bearer.nic->alias : bearer.nic->target;
            places.append(
                place.isEmpty()
                    ? QStringLiteral("%1 on %2").arg(bearer.vm->domain->name, bearer.vm->hypervisor->name)
                    : QStringLiteral("%1 on %2 (%3)")
                          .arg(bearer.vm->domain->name, bearer.vm->hypervisor->name, place));
            related.append(subject::nic(bearer.vm->subject, *bearer.form, *bearer.nic));
            sources.append(bearer.nic->source);
        }
        // The subject must not depend on the order in which libvirt lists them: the MAC at the first VM by
        // name.
        const auto first = std::min_element(it->begin(), it->end(), [](const Bearer &a, const Bearer &b) {
            return a.vm->subject < b.vm->subject;
        });
        const QString place = first->vm->subject + QLatin1String("/nic/") + it.key().toString();
        related.removeAll(place);
        QString message =
            QStringLiteral("%1 NICs have the MAC %2: %3.")
                .arg(QString::number(it->size()), it.key().toString(), places.join(QLatin1String(", ")));
        append(message, sources, input.witnesses.whereLearned(it.key()));
        findings.append(about(place, message, sources, related));
    }
    return findings;
}

namespace {

/// Whether a float's rule says already that the two forms differ about a NIC.
bool explainedByFloat(const RuleInput &input, const VmView &vm, const Nic &nic)
{
    const FloatPolicy *floating = nic.mac ? input.policy.floatWith(*nic.mac) : nullptr;
    if (!floating)
        return false;
    const FloatFacts facts = factsOf(*floating, vm);
    if (!facts.missingAtRestart().isEmpty() || !facts.missingNow().isEmpty())
        return true;
    if (facts.duplicated() && !facts.live.isEmpty() && !facts.persistent.isEmpty())
        return true;
    const auto elsewhere = [&](const Nic *one) { return hangsElsewhere(*one, *vm.hypervisor, input.policy); };
    return !facts.live.isEmpty() && !facts.persistent.isEmpty() &&
           (std::any_of(facts.live.begin(), facts.live.end(), elsewhere) ||
            std::any_of(facts.persistent.begin(), facts.persistent.end(), elsewhere));
}

QString described(const Nic &nic, const Hypervisor &hypervisor)
{
    const QString place = connectionOf(nic, hypervisor).text();
    const QString mac = nic.mac ? nic.mac->toString() : QStringLiteral("no MAC");
    return place.isEmpty() ? mac : QStringLiteral("%1 on %2").arg(mac, place);
}

} // namespace

QList<Finding> nicConfigDrift(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        const Domain &domain = *vm.domain;
        if (!domain.live || !domain.inactive || domain.live->partial || domain.inactive->partial)
            continue;
        QStringList onlyLive;
        QStringList onlyPersistent;
        QList<Source> sources;
        for (const NicPair &pair : pairNics(domain, *vm.hypervisor)) {
            if (pair.live >= 0 && pair.persistent >= 0)
                continue;
            const Nic &nic =
                pair.live >= 0 ? domain.live->nics[pair.live] : domain.inactive->nics[pair.persistent];
            if (explainedByFloat(input, vm, nic))
                continue;
            (pair.live >= 0 ? onlyLive : onlyPersistent).append(described(nic, *vm.hypervisor));
            sources.append(nic.source);
        }
        QStringList sentences;
        if (!onlyLive.isEmpty())
            sentences.append(QStringLiteral("%1 gone after the next start (%2)")
                                 .arg(onlyLive.size() == 1
                                          ? QStringLiteral("one live NIC will be")
                                          : QStringLiteral("%1 live NICs will be").arg(onlyLive.size()),
                                      onlyLive.join(QLatin1String(", "))));
        if (!onlyPersistent.isEmpty())
            sentences.append(QStringLiteral("%1 appear after the next start (%2)")
                                 .arg(onlyPersistent.size() == 1
                                          ? QStringLiteral("one NIC will")
                                          : QStringLiteral("%1 NICs will").arg(onlyPersistent.size()),
                                      onlyPersistent.join(QLatin1String(", "))));
        if (!sentences.isEmpty())
            findings.append(about(vm.subject,
                                  QStringLiteral("The live and the persistent NICs of %1 differ: %2.")
                                      .arg(domain.name, sentences.join(QLatin1String("; "))),
                                  sources));
    }
    return findings;
}

namespace {

/// What a slip of the hand was probably meant to be, and whose that is.
QString probablyMeant(const RuleInput &input, const VmView &vm, MacAddress written)
{
    if (const auto meant = meantNic(vm, written)) {
        const FloatPolicy *floating = input.policy.floatWith(meant->meant);
        return QStringLiteral(" It is %1, %2which a NIC has, %3.")
            .arg(meant->meant.toString(),
                 floating ? QString(floating->name + QLatin1String("'s, ")) : QString(), meant->how);
    }
    QList<MacAddress> floats;
    for (const FloatPolicy &floating : input.policy.floats)
        floats.append(floating.mac);
    if (const auto meant = nearestSlip(floats, written))
        return QStringLiteral(" It is %1's %2 %3.")
            .arg(input.policy.floatWith(meant->meant)->name, meant->meant.toString(), meant->how);
    return {};
}

} // namespace

QList<Finding> nicMacUnknownInside(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest)
            continue;
        for (const InterfaceConfig &config : vm.domain->guest->configs) {
            if (!vm.namesUnknownMac(config))
                continue;
            // With the float's own MAC it is half a float, and said there.
            const FloatPolicy *floating = input.policy.floatWith(config.hwaddr->value);
            if (floating && factsOf(*floating, vm).addressWithoutNic())
                continue;
            const QString name =
                config.device.isEmpty() ? config.source.document.section(u'/', -1) : config.device;
            QList<Source> sources{config.hwaddr->source};
            for (const Nic &nic : vm.domain->current()->nics)
                sources.append(nic.source);
            const QString message = QStringLiteral("The file for %1 in %2 names the MAC %3, which none of "
                                                   "its NICs has; the interface will not come up by it.")
                                        .arg(name, vm.domain->name, config.hwaddr->value.toString()) +
                                    probablyMeant(input, vm, config.hwaddr->value);
            findings.append(about(subject::interface(vm.subject, name), message, sources));
        }
    }
    return findings;
}

namespace {

/// The float's rules say it where a float's NIC is one of several, or its other half is missing or misnamed.
bool explainedByFloat(const RuleInput &input, const VmView &vm, MacAddress mac)
{
    const FloatPolicy *floating = input.policy.floatWith(mac);
    if (!floating)
        return false;
    const FloatFacts facts = factsOf(*floating, vm);
    return facts.duplicated() || facts.nicWithoutAddress() || facts.misnamed();
}

/// nic-mac-unknown-inside says it where a file was probably meant for this MAC.
bool explainedBySlip(const VmView &vm, MacAddress mac)
{
    const auto &configs = vm.domain->guest->configs;
    return std::any_of(configs.begin(), configs.end(), [&](const InterfaceConfig &config) {
        const auto meant = vm.namesUnknownMac(config) ? meantNic(vm, config.hwaddr->value) : std::nullopt;
        return meant && meant->meant == mac;
    });
}

/// nic-mac-duplicate names every NIC of a VM that has another's MAC.
bool explainedByCopies(const VmView &vm, MacAddress mac)
{
    return vm.liveNics(mac).size() > 1;
}

/// A file that names neither device nor MAC may be for any interface.
bool hasFileForAny(const Guest &guest)
{
    return std::any_of(guest.configs.begin(), guest.configs.end(), [](const InterfaceConfig &config) {
        return config.device.isEmpty() && !config.hwaddr && !config.macaddr;
    });
}

bool isUnconfigured(const RuleInput &input, const VmView &vm, const InsideUnit &unit)
{
    if (!unit.running || unit.matches.isEmpty() || unit.isConfigured() || isUsedFromAbove(vm, unit))
        return false;
    const auto mac = unit.running->mac;
    return !mac ||
           (!explainedByFloat(input, vm, *mac) && !explainedBySlip(vm, *mac) && !explainedByCopies(vm, *mac));
}

} // namespace

QList<Finding> nicUnconfiguredInside(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        // A listing with lines left out may lack the very address.
        if (!vm.configsKnown() || !vm.addressesKnown() || hasFileForAny(*vm.domain->guest))
            continue;
        for (const InsideUnit &unit : vm.units) {
            if (!isUnconfigured(input, vm, unit))
                continue;
            const bool certain = unit.matches.front().how != InsideMatch::How::Ambiguous;
            QStringList outside;
            QList<Source> sources{unit.running->source};
            for (const InsideMatch &match : unit.matches) {
                const Nic &nic = vm.domain->live->nics[match.nic];
                outside.append(nic.target.isEmpty() ? nic.alias : nic.target);
                sources.append(nic.source);
            }
            const QString nics =
                certain ? QStringLiteral("it is %1 outside").arg(outside.join(QString()))
                        : QStringLiteral("it is one of %1 outside").arg(outside.join(QLatin1String(", ")));
            findings.append(about(
                subject::interface(vm.subject, unit.name),
                QStringLiteral("%1 in %2 (MAC %3) has neither a configuration file nor an address; %4.")
                    .arg(unit.name, vm.domain->name,
                         unit.running->mac ? unit.running->mac->toString() : QStringLiteral("not shown"),
                         nics),
                sources));
        }
    }
    return findings;
}

} // namespace tropo
