#include "models/rules/float_rules.h"

#include "models/fleet/connection.h"
#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/float_facts.h"

namespace tropo {

namespace {

/// The address and MAC as the float table has them.
QString says(const FloatPolicy &floating)
{
    return QStringLiteral("%1 is %2 with MAC %3")
        .arg(floating.name, floating.address.toString(), floating.mac.toString());
}

Finding mismatch(const RuleInput &input, const FloatFacts &facts, const InsideUnit &unit,
                 const Sourced<MacAddress> &mac)
{
    const FloatPolicy *other = input.policy.floatWith(mac.value);
    const QString whose =
        other ? QStringLiteral("which is %1's").arg(other->name) : QStringLiteral("which is no float's");
    QString message =
        QStringLiteral("%1 of %2 carries %3's address %4 with MAC %5, %6: %7.")
            .arg(unit.name, facts.vm->domain->name, facts.floating->name, facts.floating->address.toString(),
                 mac.value.toString(), whose, says(*facts.floating));
    QList<Source> sources;
    for (const InterfaceConfig *config : unit.configs) {
        for (const auto &address : config->addresses)
            if (address.value.address == facts.floating->address)
                sources.append(address.source);
        if (config->hwaddr)
            sources.append(config->hwaddr->source);
    }
    if (unit.running)
        sources.append(unit.running->source);
    if (const Nic *nic = facts.vm->outsideOf(unit)) {
        // Of several NICs with one MAC, this is the one that matters.
        if (unit.running && unit.running->pci)
            sources.append(unit.running->pci->source);
        sources.append(nic->source);
        if (!nic->target.isEmpty())
            message += QStringLiteral(" Outside it is %1, %2.")
                           .arg(nic->target, unit.matches.front().how == InsideMatch::How::Pci
                                                 ? QStringLiteral("by its PCI address")
                                                 : QStringLiteral("by its MAC"));
    } else {
        for (const Nic *any : facts.vm->liveNics(mac.value))
            sources.append(any->source);
    }
    append(message, sources, input.witnesses.whoIsBelieved(facts.floating->address));
    sources.append(facts.floating->source);
    QStringList related{subject::floating(facts.floating->name)};
    if (other) {
        sources.append(other->source);
        related.append(subject::floating(other->name));
    }
    return about(subject::interface(facts.vm->subject, unit.name), message, sources, related);
}

} // namespace

QList<Finding> floatMacIpMismatch(const RuleInput &input)
{
    QList<Finding> findings;
    for (const FloatFacts &facts : floatClaims(input.policy, input.index)) {
        for (const MacClaim &claim : facts.mismatches)
            findings.append(mismatch(input, facts, *claim.unit, claim.mac));
    }
    return findings;
}

QList<Finding> floatDuplicateNic(const RuleInput &input)
{
    QList<Finding> findings;
    for (const VmView &vm : input.index.vms()) {
        QStringList sentences;
        QStringList related;
        QList<Source> sources;
        QList<Statement> learned;
        for (const FloatPolicy &floating : input.policy.floats) {
            const FloatFacts facts = factsOf(floating, vm);
            if (!facts.duplicated())
                continue;
            learned += input.witnesses.whereLearned(floating.mac);
            QStringList taps;
            for (const Nic *nic : facts.live)
                if (!nic->target.isEmpty())
                    taps.append(nic->target);
            QStringList forms;
            if (!facts.live.isEmpty())
                forms.append(
                    counted(facts.live.size(), QStringLiteral("live NIC"), QStringLiteral("live NICs")) +
                    (taps.isEmpty() ? QString()
                                    : QString(QLatin1String(" (") + taps.join(QLatin1String(", ")) + u')')));
            if (!facts.persistent.isEmpty())
                forms.append(counted(facts.persistent.size(), QStringLiteral("persistent NIC"),
                                     QStringLiteral("persistent NICs")));
            // What each of them is inside belongs to the same fault.
            QStringList inside;
            for (const InsideUnit *unit : facts.bound) {
                if (!unit->running || unit->running->mac != floating.mac || !hasDeviceBehind(*unit->running))
                    continue;
                const Nic *nic = vm.outsideOf(*unit);
                inside.append(nic && !nic->target.isEmpty()
                                  ? QStringLiteral("%1 (%2)").arg(unit->name, nic->target)
                                  : unit->name);
                sources.append(unit->running->source);
            }
            sentences.append(
                QStringLiteral("%1 with %2's MAC %3%4")
                    .arg(forms.join(QLatin1String(" and ")), floating.name, floating.mac.toString(),
                         inside.isEmpty()
                             ? QString()
                             : QStringLiteral(", inside as %1").arg(inside.join(QLatin1String(", ")))));
            related.append(subject::floating(floating.name));
            for (const Nic *nic : facts.live)
                sources.append(nic->source);
            for (const Nic *nic : facts.persistent)
                sources.append(nic->source);
            sources.append(floating.source);
        }
        if (sentences.isEmpty())
            continue;
        QString message =
            QStringLiteral("%1 has %2; a float has one. Probably attach-interface was typed more than once.")
                .arg(vm.domain->name, sentences.join(QLatin1String("; ")));
        append(message, sources, learned);
        findings.append(about(vm.subject, message, sources, related));
    }
    return findings;
}

namespace {

/// Hypervisors whose own system has the float's address.
QList<const Interface *> hostClaims(const Hypervisor &hypervisor, const FloatPolicy &floating)
{
    QList<const Interface *> found;
    if (hypervisor.host.interfaces)
        for (const Interface &interface : hypervisor.host.interfaces->items)
            for (const InterfaceAddress &address : interface.addresses)
                if (address.address == floating.address)
                    found.append(&interface);
    return found;
}

} // namespace

QList<Finding> floatClaimedTwice(const RuleInput &input)
{
    QList<Finding> findings;
    for (const FloatPolicy &floating : input.policy.floats) {
        QStringList claimants; // each machine once, however often it has the address
        QStringList sentences;
        QList<Source> sources;
        for (const VmView &vm : input.index.vms()) {
            const FloatFacts facts = factsOf(floating, vm);
            if (!facts.claims())
                continue;
            claimants.append(vm.subject);
            const QString what = facts.hasNic() && facts.hasAddress() ? QStringLiteral("its MAC and address")
                                 : facts.hasNic()                     ? QStringLiteral("a NIC with its MAC")
                                                                      : QStringLiteral("its address");
            sentences.append(
                QStringLiteral("%1 on %2 has %3").arg(vm.domain->name, vm.hypervisor->name, what));
            sources.append(facts.sources());
        }
        for (const Hypervisor &hypervisor : input.fleet.hypervisors) {
            QStringList names;
            for (const Interface *interface : hostClaims(hypervisor, floating)) {
                names.append(interface->name);
                sources.append(interface->source);
            }
            if (names.isEmpty())
                continue;
            claimants.append(subject::hypervisor(hypervisor.name));
            sentences.append(QStringLiteral("%1 itself has its address on %2")
                                 .arg(hypervisor.name, names.join(QLatin1String(" and "))));
        }
        if (claimants.size() < 2)
            continue;
        QString message =
            QStringLiteral("%1 stands in %2 places: %3.")
                .arg(says(floating), QString::number(claimants.size()), sentences.join(QLatin1String("; ")));
        append(message, sources, input.witnesses.whoIsBelieved(floating.address));
        append(message, sources, input.witnesses.whereLearned(floating.mac));
        sources.append(floating.source);
        findings.append(about(subject::floating(floating.name), message, sources, claimants));
    }
    return findings;
}

QList<Finding> floatHalfAssigned(const RuleInput &input)
{
    QList<Finding> findings;
    for (const FloatFacts &facts : floatClaims(input.policy, input.index)) {
        QString message;
        if (facts.addressWithoutNic())
            message = QStringLiteral("%1 has %2's address %3 inside, but no NIC outside has its MAC %4.")
                          .arg(facts.vm->domain->name, facts.floating->name,
                               facts.floating->address.toString(), facts.floating->mac.toString());
        else if (facts.nicWithoutAddress())
            message = QStringLiteral("%1 has %2 with %3's MAC %4, but nothing inside configures %5.")
                          .arg(facts.vm->domain->name,
                               counted(facts.live.size(), QStringLiteral("NIC"), QStringLiteral("NICs")),
                               facts.floating->name, facts.floating->mac.toString(),
                               facts.floating->address.toString());
        else
            continue;
        // The subject is the half that is there.
        QString place = facts.vm->subject;
        if (facts.hasAddress())
            place = subject::interface(
                place, (facts.configured.isEmpty() ? facts.running : facts.configured).front()->name);
        else if (facts.live.size() == 1)
            place = subject::nic(place, *facts.vm->domain->live, *facts.live.front());
        QList<Source> sources = facts.sources();
        sources.append(facts.floating->source);
        findings.append(about(place, message, sources, {subject::floating(facts.floating->name)}));
    }
    return findings;
}

QList<Finding> floatWrongNetwork(const RuleInput &input)
{
    QList<Finding> findings;
    for (const FloatFacts &facts : floatClaims(input.policy, input.index)) {
        QStringList places;
        QList<Source> sources;
        for (const auto *nics : {&facts.live, &facts.persistent}) {
            for (const Nic *nic : *nics) {
                if (!hangsElsewhere(*nic, *facts.vm->hypervisor, input.policy))
                    continue;
                const QString place =
                    QStringLiteral("%1 in its %2 form")
                        .arg(connectionOf(*nic, *facts.vm->hypervisor).text(),
                             nics == &facts.live ? QStringLiteral("live") : QStringLiteral("persistent"));
                if (!places.contains(place))
                    places.append(place);
                sources.append(nic->source);
            }
        }
        if (places.isEmpty())
            continue;
        sources.append(facts.floating->source);
        findings.append(
            about(facts.vm->subject + QLatin1String("/nic/") + facts.floating->mac.toString(),
                  QStringLiteral("The NIC of %1 with %2's MAC %3 hangs on %4; floats belong on %5.")
                      .arg(facts.vm->domain->name, facts.floating->name, facts.floating->mac.toString(),
                           places.join(QLatin1String(" and ")), input.policy.floatNetwork),
                  sources, {subject::floating(facts.floating->name)}));
    }
    return findings;
}

QList<Finding> floatNotPersistent(const RuleInput &input)
{
    QList<Finding> findings;
    for (const FloatFacts &facts : floatClaims(input.policy, input.index)) {
        const QString missing = facts.missingAtRestart();
        if (missing.isEmpty())
            continue;
        QList<Source> sources = facts.sources();
        if (facts.vm->domain->inactive)
            sources.append(Source{facts.vm->domain->inactive->source.document, 0, 0});
        findings.append(about(subject::interface(facts.vm->subject, facts.running.front()->name),
                              QStringLiteral("%1 works on %2 now, but would be lost at the next restart: %3.")
                                  .arg(facts.floating->name, facts.vm->domain->name, missing),
                              sources, {subject::floating(facts.floating->name)}));
    }
    return findings;
}

QList<Finding> floatNotLive(const RuleInput &input)
{
    QList<Finding> findings;
    for (const FloatFacts &facts : floatClaims(input.policy, input.index)) {
        const QString missing = facts.missingNow();
        if (missing.isEmpty())
            continue;
        findings.append(
            about(subject::interface(facts.vm->subject, facts.configured.front()->name),
                  QStringLiteral("%1 is set up on %2 for the next restart, but is not up now: %3.")
                      .arg(facts.floating->name, facts.vm->domain->name, missing),
                  facts.sources(), {subject::floating(facts.floating->name)}));
    }
    return findings;
}

QList<Finding> floatUnreachable(const RuleInput &input)
{
    QList<Finding> findings;
    for (const Reachability &probe : input.fleet.reachability) {
        const FloatPolicy *floating = input.policy.floatWith(probe.address);
        if (!floating || probe.answered)
            continue;
        QStringList holders;
        for (const VmView &vm : input.index.vms())
            if (const FloatFacts facts = factsOf(*floating, vm); facts.hasNic() && facts.hasAddress())
                holders.append(vm.subject);
        if (holders.isEmpty())
            continue;
        findings.append(about(subject::floating(floating->name),
                              QStringLiteral("%1 is assigned, but %2 did not answer: %3.")
                                  .arg(floating->name, probe.address.toString(), probe.tried),
                              {probe.source, floating->source}, holders));
    }
    return findings;
}

namespace {

/// Whether every NIC of the fleet was read, so that "nobody" can be said.
bool allNicsKnown(const RuleInput &input)
{
    for (const HypervisorPolicy &expected : input.policy.hypervisors)
        if (!input.fleet.hypervisor(expected.name))
            return false;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        if (!hypervisor.domains)
            return false;
    for (const VmView &vm : input.index.vms())
        if (!vm.nicsKnown())
            return false;
    return !input.fleet.hypervisors.isEmpty();
}

} // namespace

QList<Finding> floatUnassigned(const RuleInput &input)
{
    QList<Finding> findings;
    if (!allNicsKnown(input))
        return findings;
    for (const FloatPolicy &floating : input.policy.floats) {
        bool held = false;
        for (const VmView &vm : input.index.vms())
            held = held || factsOf(floating, vm).claims();
        for (const Hypervisor &hypervisor : input.fleet.hypervisors)
            held = held || !hostClaims(hypervisor, floating).isEmpty();
        if (!held)
            findings.append(about(subject::floating(floating.name),
                                  QStringLiteral("Nobody holds %1: %2.").arg(floating.name, says(floating)),
                                  {floating.source}));
    }
    return findings;
}

} // namespace tropo
