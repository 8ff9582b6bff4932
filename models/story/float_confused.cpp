#include "models/story/float_confused.h"

#include "models/address/near_miss.h"
#include "models/fleet/connection.h"
#include "models/fleet/subject.h"
#include "models/text/words.h"

#include <algorithm>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *cause = "float-confused";

/// Rules that speak of one float on one VM.
constexpr std::array onTheVm{"float-mac-ip-mismatch"_L1, "float-duplicate-nic"_L1,  "float-half-assigned"_L1,
                             "float-wrong-network"_L1,   "float-not-persistent"_L1, "float-not-live"_L1};
/// Rules that may speak of one of the float's NICs, or of the interface that has its address.
constexpr std::array onItsParts{"nic-unconfigured-inside"_L1, "nic-mac-unknown-inside"_L1,
                                "nic-config-drift"_L1, "nic-tap-mismatch"_L1};
/// Rules about the float or its MAC as such.
constexpr std::array onTheFloat{"float-claimed-twice"_L1, "float-unreachable"_L1, "ip-duplicate"_L1};

} // namespace

QList<MacAddress> Confusion::macs() const
{
    QList<MacAddress> found;
    for (const FloatFacts &one : facts) {
        found.append(one.floating->mac);
        for (const MacClaim &claim : one.mismatches)
            if (!found.contains(claim.mac.value))
                found.append(claim.mac.value);
    }
    return found;
}

const FloatFacts *Confusion::duplicated() const
{
    const auto it =
        std::find_if(facts.begin(), facts.end(), [](const auto &one) { return one.duplicated(); });
    return it == facts.end() ? nullptr : &*it;
}

const FloatFacts *Confusion::mismatched() const
{
    const auto it =
        std::find_if(facts.begin(), facts.end(), [](const auto &one) { return one.mismatched(); });
    return it == facts.end() ? nullptr : &*it;
}

namespace {

/// The places where the confused NICs and interfaces stand, to tell which findings are about them.
QSet<QString> subjectsOf(const Confusion &confusion)
{
    QSet<QString> subjects;
    const VmView &vm = *confusion.vm;
    const QList<MacAddress> macs = confusion.macs();
    for (const auto *form : {&vm.domain->live, &vm.domain->inactive}) {
        if (!*form)
            continue;
        for (const Nic &nic : (*form)->nics)
            if (nic.mac && macs.contains(*nic.mac))
                subjects.insert(subject::nic(vm.subject, **form, nic));
    }
    for (const InsideUnit &unit : vm.units) {
        const auto own = unit.macs();
        const bool hasMac =
            std::any_of(own.begin(), own.end(), [&](const auto &mac) { return macs.contains(mac.value); });
        const bool hasAddress =
            std::any_of(confusion.facts.begin(), confusion.facts.end(),
                        [&](const FloatFacts &facts) { return unit.carries(facts.floating->address); });
        if (hasMac || hasAddress)
            subjects.insert(subject::interface(vm.subject, unit.name));
    }
    return subjects;
}

/// A finding about the VM as a whole stands on the lines of NICs.
bool standsOn(const Finding &finding, const Confusion &confusion)
{
    const QList<MacAddress> macs = confusion.macs();
    const auto isOurs = [&](const Quote &quote) {
        for (MacAddress mac : macs)
            for (const auto &nics : {confusion.vm->liveNics(mac), confusion.vm->persistentNics(mac)})
                for (const Nic *nic : nics)
                    if (nic->source == quote.source)
                        return true;
        return false;
    };
    return !finding.evidence.isEmpty() &&
           std::all_of(finding.evidence.begin(), finding.evidence.end(), isOurs);
}

void gather(Draft &draft, const StoryInput &input, const Confusion &confusion)
{
    QSet<QString> floats;
    for (const FloatFacts &facts : confusion.facts)
        floats.insert(subject::floating(facts.floating->name));
    const auto namesOurs = [&floats](const Finding &finding) {
        return std::any_of(finding.related.begin(), finding.related.end(),
                           [&floats](const QString &subject) { return floats.contains(subject); });
    };
    const QSet<QString> parts = subjectsOf(confusion);
    for (const Finding *finding : input.pool.at(confusion.vm->subject)) {
        const bool ofFloat = isOf(*finding, onTheVm) && namesOurs(*finding);
        const bool ofPart =
            isOf(*finding, onItsParts) && (parts.contains(finding->subject) || standsOn(*finding, confusion));
        if (ofFloat || ofPart)
            draft.add(finding);
    }
    for (const Finding *finding : input.pool.concerning(confusion.vm->subject))
        if (isOf(*finding, onTheFloat) && floats.contains(finding->subject))
            draft.add(finding);
}

QString titleOf(const Confusion &confusion)
{
    const QString vm = confusion.vm->domain->name;
    const FloatFacts *copies = confusion.duplicated();
    const auto count = copies ? qMax(copies->live.size(), copies->persistent.size()) : 0;
    if (const FloatFacts *mixed = confusion.mismatched()) {
        const FloatPolicy *other = confusion.floatWith(mixed->mismatches.front().mac.value);
        return QStringLiteral("%1 has %2's address with %3 MAC%4")
            .arg(vm, mixed->floating->name,
                 other ? QString(other->name + QLatin1String("'s")) : QStringLiteral("another"),
                 copies ? QStringLiteral(", on %1 NICs").arg(numberWord(count)) : QString());
    }
    return QStringLiteral("%1 has %2's NIC %3").arg(vm, copies->floating->name, timesWord(count));
}

/// The floats that findings about a VM name.
QList<FloatFacts> factsOf(const StoryInput &input, const VmView &vm, const QList<const Finding *> &findings)
{
    QList<FloatFacts> all;
    for (const Finding *finding : findings)
        for (const QString &related : finding->related) {
            const FloatPolicy *floating = input.floatOf(related);
            const auto isIt = [floating](const FloatFacts &facts) { return facts.floating == floating; };
            if (floating && std::none_of(all.begin(), all.end(), isIt))
                all.append(tropo::factsOf(*floating, vm));
        }
    // The one whose address it is comes first: it is what was probably meant.
    std::stable_sort(all.begin(), all.end(), [](const FloatFacts &a, const FloatFacts &b) {
        return a.hasAddress() > b.hasAddress();
    });
    return all;
}

} // namespace

QList<Draft> floatConfused(const StoryInput &input)
{
    QMap<QString, QList<const Finding *>> triggers;
    for (const Finding *finding : input.pool.of(RuleSet(onTheVm).first(2)))
        triggers[subject::vmOf(finding->subject)].append(finding);
    QList<Draft> drafts;
    for (auto it = triggers.cbegin(); it != triggers.cend(); ++it) {
        const VmView *vm = input.vms.value(it.key());
        if (!vm)
            continue;
        const Confusion confusion{input.policy, vm, factsOf(input, *vm, *it)};
        if (!confusion.duplicated() && !confusion.mismatched())
            continue;
        Draft draft(cause, it.key(), titleOf(confusion));
        gather(draft, input, confusion);
        tell(draft, input, confusion);
        drafts.append(draft);
    }
    return drafts;
}

} // namespace tropo
