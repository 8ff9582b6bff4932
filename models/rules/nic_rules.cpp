#include "models/rules/nic_rules.h"

#include "models/address/near_miss.h"
#include "models/fleet/connection.h"
#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/float_facts.h"

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

/// Every NIC of the fleet once: a live one and the persistent one that stands for it count together.
QMap<MacAddress, QList<Bearer>> bearersByMac(const RuleInput &input)
{
    QMap<MacAddress, QList<Bearer>> bearers;
    for (const VmView &vm : input.index.vms()) {
        for (const NicPair &pair : pairNics(*vm.domain, *vm.hypervisor)) {
            const DomainForm &form = pair.live >= 0 ? *vm.domain->live : *vm.domain->inactive;
            const Nic &nic = form.nics[pair.live >= 0 ? pair.live : pair.persistent];
            if (nic.mac)
                bearers[*nic.mac].append({&vm, &form, &nic});
        }
    }
    return bearers;
}

} // namespace

QList<Finding> nicMacDuplicate(const RuleInput &input)
{
    QList<Finding> findings;
    const auto bearers = bearersByMac(input);
    for (auto it = bearers.cbegin(); it != bearers.cend(); ++it) {
        // A float's MAC has rules of its own.
        if (it->size() < 2 || input.policy.floatWith(it.key()))
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
        // The subject must not depend on which of them is looked at: the MAC at the first VM.
        const QString place = it->front().vm->subject + QLatin1String("/nic/") + it.key().toString();
        related.removeAll(place);
        findings.append(about(place,
                              QStringLiteral("%1 NICs have the MAC %2: %3.")
                                  .arg(it->size())
                                  .arg(it.key().toString(), places.join(QLatin1String(", "))),
                              sources, related));
    }
    return findings;
}

namespace {

bool explainedByFloat(const RuleInput &input, const VmView &vm, const Nic &nic)
{
    const FloatPolicy *floating = nic.mac ? input.policy.floatWith(*nic.mac) : nullptr;
    if (!floating)
        return false;
    const FloatFacts facts = factsOf(*floating, vm);
    return !facts.missingAtRestart().isEmpty() || !facts.missingNow().isEmpty();
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

/// MACs that a slip of the hand may have been meant to be, with whose they are.
QString probablyMeant(const RuleInput &input, const VmView &vm, MacAddress written)
{
    for (const auto *form : {&vm.domain->live, &vm.domain->inactive}) {
        if (!*form)
            continue;
        for (const Nic &nic : (*form)->nics) {
            const auto slip = nic.mac ? slipBetween(*nic.mac, written) : std::nullopt;
            const FloatPolicy *floating = nic.mac ? input.policy.floatWith(*nic.mac) : nullptr;
            if (slip)
                return QStringLiteral(" It is %1, %2, %3.")
                    .arg(nic.mac->toString(),
                         floating ? QString(floating->name + QLatin1String("'s, which a NIC has"))
                                  : QStringLiteral("which a NIC has"),
                         *slip);
        }
    }
    for (const FloatPolicy &floating : input.policy.floats)
        if (const auto slip = slipBetween(floating.mac, written))
            return QStringLiteral(" It is %1's %2 %3.").arg(floating.name, floating.mac.toString(), *slip);
    return {};
}

bool shownInside(const Guest &guest, MacAddress mac)
{
    const auto &interfaces = guest.system.interfaces;
    return interfaces && std::any_of(interfaces->items.begin(), interfaces->items.end(),
                                     [mac](const Interface &i) { return i.mac == mac; });
}

} // namespace

QList<Finding> nicMacUnknownInside(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.domain->guest || !vm.nicsKnown())
            continue;
        for (const InterfaceConfig &config : vm.domain->guest->configs) {
            if (!config.hwaddr || vm.hasNic(config.hwaddr->value) ||
                shownInside(*vm.domain->guest, config.hwaddr->value))
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

/// float-half-assigned says it where the one NIC of a float stands unconfigured.
bool isHalfAFloat(const RuleInput &input, const VmView &vm, const InsideUnit &unit)
{
    const FloatPolicy *floating = unit.running->mac ? input.policy.floatWith(*unit.running->mac) : nullptr;
    return floating && factsOf(*floating, vm).nicWithoutAddress();
}

} // namespace

QList<Finding> nicUnconfiguredInside(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        if (!vm.configsKnown())
            continue;
        for (const InsideUnit &unit : vm.units) {
            if (!unit.running || unit.matches.isEmpty() || unit.isConfigured() ||
                isHalfAFloat(input, vm, unit))
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
