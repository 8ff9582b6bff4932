#include "models/address/near_miss.h"
#include "models/fleet/subject.h"
#include "models/rules/float_facts.h"
#include "models/story/tellers.h"
#include "models/text/words.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String seed("nic-mac-unknown-inside");
/// What a file that is bound to no NIC brings about: the interface does not come up by it, so a float is not
/// up, and the NIC that it was meant for lies idle.
constexpr std::array broughtAbout{"nic-unconfigured-inside"_L1, "float-half-assigned"_L1,
                                  "float-not-live"_L1,          "float-not-persistent"_L1,
                                  "interface-mac-override"_L1,  "udev-name-other-mac"_L1};

/// The file that a finding of the seed speaks of.
const InterfaceConfig *fileOf(const VmView &vm, const Finding &finding)
{
    for (const InterfaceConfig &config : vm.domain->guest->configs)
        for (const Quote &quote : finding.evidence)
            if (config.hwaddr && config.hwaddr->source == quote.source)
                return &config;
    return nullptr;
}

QList<const Nic *> nicsOf(const VmView &vm)
{
    QList<const Nic *> nics;
    if (const DomainForm *form = vm.domain->current())
        for (const Nic &nic : form->nics)
            nics.append(&nic);
    return nics;
}

/// The NIC whose MAC the file was probably to name.
std::optional<NearMiss> meantBy(const VmView &vm, MacAddress written)
{
    QList<MacAddress> macs;
    for (const Nic *nic : nicsOf(vm))
        if (nic->mac)
            macs.append(*nic->mac);
    return nearestSlip(macs, written);
}

bool belongs(const Finding &finding, const Finding &first, const VmView &vm, const InterfaceConfig &config)
{
    if (!isOf(finding, broughtAbout))
        return false;
    if (finding.subject == first.subject)
        return true;
    if (finding.rule == QLatin1String("nic-unconfigured-inside")) {
        // The interface that lies idle has the MAC that was meant, or is the only one that does.
        const auto meant = meantBy(vm, config.hwaddr->value);
        for (const InsideUnit &unit : vm.units)
            if (finding.subject == subject::interface(vm.subject, unit.name) && unit.running &&
                unit.running->mac)
                return meant && meant->meant == *unit.running->mac;
        return false;
    }
    const auto ofFile = [&](const Quote &quote) { return quote.source.document == config.source.document; };
    return std::any_of(finding.evidence.begin(), finding.evidence.end(), ofFile);
}

void tellFile(Draft &draft, const VmView &vm, const InterfaceConfig &config, const Finding &first)
{
    QStringList macs;
    QList<Source> sources;
    for (const Nic *nic : nicsOf(vm)) {
        if (nic->mac)
            macs.append(nic->target.isEmpty()
                            ? nic->mac->toString()
                            : QStringLiteral("%1 (%2)").arg(nic->mac->toString(), nic->target));
        sources.append(nic->source);
    }
    draft.say(
        Chapter::Should,
        QStringLiteral("The NICs of %1 have the MACs %2; a file inside binds its interface to one of them.")
            .arg(vm.domain->name, listed(macs)),
        sources);
    draft.say(Chapter::Is,
              QStringLiteral("The file %1 is bound to %2, which none of them has.")
                  .arg(config.source.document.section(u'/', -1), config.hwaddr->value.toString()),
              {config.hwaddr->source}, {&first});
    if (const auto meant = meantBy(vm, config.hwaddr->value))
        draft.guess(QStringLiteral("Probably the file is a slip of the hand: %1 is %2 %3.")
                        .arg(config.hwaddr->value.toString(), meant->meant.toString(), meant->how));
    else
        draft.guess(QStringLiteral(
            "Probably the NIC was detached and attached anew with another MAC, or the file came "
            "from another VM; the file was not changed."));
    draft.say(Chapter::Consequence,
              QStringLiteral("The guest ignores the file, and its interface does not come up by it."));
}

} // namespace

QList<Draft> fileOfAnotherNic(const StoryInput &input)
{
    QList<Draft> drafts;
    for (const Finding *first : input.pool.of(seed)) {
        const VmView *vm = input.vms.value(subject::vmOf(first->subject));
        const InterfaceConfig *config = vm && vm->domain->guest ? fileOf(*vm, *first) : nullptr;
        if (!config)
            continue;
        Draft draft(
            "file-of-another-nic", first->subject,
            QStringLiteral("A file inside %1 is bound to a MAC that no NIC has").arg(vm->domain->name));
        draft.add(first);
        for (const Finding *finding : input.pool.at(vm->subject))
            if (belongs(*finding, *first, *vm, *config))
                draft.add(finding);
        tellFile(draft, *vm, *config, *first);
        drafts.append(draft);
    }
    return drafts;
}

} // namespace tropo
