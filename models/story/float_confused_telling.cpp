#include "models/address/near_miss.h"
#include "models/fleet/connection.h"
#include "models/story/float_confused.h"
#include "models/text/words.h"

#include <algorithm>

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

QString fileName(const QString &document)
{
    return document.section(u'/', -1);
}

/// "vnet1 at 0000:00:07.0"
QString nicText(const Nic &nic)
{
    const QString name = nic.target.isEmpty() ? nic.alias : nic.target;
    const QString place = nic.pci ? nic.pci->toString() : QString();
    return name.isEmpty() ? place : place.isEmpty() ? name : QStringLiteral("%1 at %2").arg(name, place);
}

QString nicName(const Nic &nic)
{
    return !nic.target.isEmpty() ? nic.target : !nic.alias.isEmpty() ? nic.alias : nicText(nic);
}

QList<Source> sourcesOf(const QList<const Nic *> &nics)
{
    QList<Source> sources;
    for (const Nic *nic : nics)
        sources.append(nic->source);
    return sources;
}

void sayWhatShouldBe(Draft &draft, const Confusion &confusion)
{
    QStringList floats;
    QList<Source> sources;
    for (const FloatFacts &facts : confusion.facts) {
        floats.append(QStringLiteral("%1 is %2 with MAC %3")
                          .arg(facts.floating->name, facts.floating->address.toString(),
                               facts.floating->mac.toString()));
        sources.append(facts.floating->source);
    }
    const QString network = confusion.policy.floatNetwork;
    draft.say(
        Chapter::Should,
        QStringLiteral("By the float table %1. Who holds a float has one NIC with its MAC%2, and inside one "
                       "interface with that MAC and the float's address.")
            .arg(listed(floats), network.isEmpty() ? QString() : QString(QLatin1String(" on ") + network)),
        sources);
}

/// "which is float2's", "which is no float's"
QString whose(const Confusion &confusion, MacAddress mac)
{
    const FloatPolicy *other = confusion.floatWith(mac);
    return other ? QStringLiteral("which is %1's").arg(other->name) : QStringLiteral("which is no float's");
}

void sayWhatIsInside(Draft &draft, const Confusion &confusion)
{
    for (const FloatFacts &facts : confusion.facts) {
        for (const MacClaim &claim : facts.mismatches) {
            const FloatPolicy &floating = *facts.floating;
            const QString mac = claim.mac.value.toString();
            QList<Source> sources{claim.mac.source};
            QString file;
            for (const InterfaceConfig *config : claim.unit->configs) {
                if (config->source.document == claim.mac.source.document)
                    file = fileName(config->source.document);
                for (const auto &address : config->addresses)
                    if (address.value.address == floating.address)
                        sources.append(address.source);
            }
            const QString vm = confusion.vm->domain->name;
            const QString address = floating.address.toString();
            const QString owner = whose(confusion, claim.mac.value);
            draft.say(
                Chapter::Is,
                file.isEmpty()
                    ? QStringLiteral("Inside %1, %2 runs with %3's address %4 and the MAC %5, %6.")
                          .arg(vm, claim.unit->name, floating.name, address, mac, owner)
                    : QStringLiteral("Inside %1, the file %2 gives %3 the address %4, %5's, but names the "
                                     "MAC %6, %7.")
                          .arg(vm, file, claim.unit->name, address, floating.name, mac, owner),
                sources, draft.of("float-mac-ip-mismatch"_L1));
        }
    }
}

void sayWhatIsOutside(Draft &draft, const Confusion &confusion, const FloatFacts &facts)
{
    const QList<const Nic *> &nics = facts.live.isEmpty() ? facts.persistent : facts.live;
    QStringList names;
    QStringList places;
    for (const Nic *nic : nics) {
        names.append(nicText(*nic));
        const QString place = connectionOf(*nic, *confusion.vm->hypervisor).text();
        if (!place.isEmpty() && !places.contains(place))
            places.append(place);
    }
    names.removeAll(QString());
    QString text = QStringLiteral("Outside, %1 has %2 %3 NICs with %4's MAC%5%6; a float has one.")
                       .arg(confusion.vm->domain->name, numberWord(nics.size()),
                            facts.live.isEmpty() ? QStringLiteral("persistent") : QStringLiteral("live"),
                            facts.floating->name,
                            places.isEmpty() ? QString() : QString(QLatin1String(" on ") + listed(places)),
                            names.isEmpty() ? QString() : QString(QLatin1String(": ") + listed(names)));
    if (!facts.live.isEmpty() && confusion.vm->domain->inactive)
        text += QStringLiteral(" The persistent form has %1.").arg(numberWord(facts.persistent.size()));
    draft.say(Chapter::Is, text, sourcesOf(facts.live) + sourcesOf(facts.persistent),
              draft.of("float-duplicate-nic"_L1));
}

/// The interfaces inside that show a MAC, by whether anything uses them.
struct Bearers
{
    QList<const InsideUnit *> used;
    QList<const InsideUnit *> idle;
    const InsideUnit *unlisted =
        nullptr; ///< a file binds it to the MAC, but the kernel's list does not have it
};

Bearers bearersOf(const VmView &vm, MacAddress mac)
{
    Bearers bearers;
    for (const InsideUnit &unit : vm.units) {
        if (unit.running && unit.running->mac == mac && hasDeviceBehind(*unit.running))
            (unit.isConfigured() ? bearers.used : bearers.idle).append(&unit);
        const auto macs = unit.macs();
        if (!unit.running &&
            std::any_of(macs.begin(), macs.end(), [mac](const auto &own) { return own.value == mac; }))
            bearers.unlisted = &unit;
    }
    return bearers;
}

/// "eth2 (vnet2)" where its NIC is certain, else "eth2".
QStringList unitNames(const VmView &vm, const QList<const InsideUnit *> &units)
{
    QStringList names;
    for (const InsideUnit *unit : units) {
        const Nic *nic = vm.outsideOf(*unit);
        names.append(nic ? QStringLiteral("%1 (%2)").arg(unit->name, nicName(*nic)) : unit->name);
    }
    return names;
}

QString idleText(const VmView &vm, const Bearers &bearers)
{
    if (bearers.idle.isEmpty())
        return {};
    const bool known = vm.configsKnown() && vm.addressesKnown();
    QStringList linkLocal;
    for (const InsideUnit *unit : bearers.idle)
        if (!unit->running->addresses6.isEmpty())
            linkLocal.append(unit->name);
    return QStringLiteral(" %1 %2 that MAC too, with no file and no address%3%4.")
        .arg(listed(unitNames(vm, bearers.idle)),
             bearers.idle.size() == 1 ? QStringLiteral("has") : QStringLiteral("have"),
             known ? QString() : QStringLiteral(" in what was read"),
             linkLocal.isEmpty() ? QString()
                                 : QStringLiteral(" (%1 but a link-local one)").arg(listed(linkLocal)));
}

/// What cannot be told: which NIC an interface is that the kernel's list leaves out.
QString unlistedText(const Bearers &bearers, qsizetype nics)
{
    if (!bearers.unlisted)
        return {};
    const qsizetype shown = bearers.used.size() + bearers.idle.size();
    const QString name = bearers.unlisted->name;
    if (shown + 1 != nics)
        return QStringLiteral(
                   " %1, which the file configures, is not in the list of interfaces that was read.")
            .arg(name);
    return QStringLiteral(
               " %1, which the file configures, is not in the list of interfaces that was read: it is "
               "probably the %2. Which of the NICs outside it is cannot be told, since all their MACs "
               "are equal and the PCI addresses inside were not read.")
        .arg(name, ordinalWord(nics));
}

void sayWhichIsWhich(Draft &draft, const Confusion &confusion, const FloatFacts &facts)
{
    const VmView &vm = *confusion.vm;
    const Bearers bearers = bearersOf(vm, facts.floating->mac);
    QString text;
    if (!bearers.used.isEmpty())
        text = QStringLiteral(" Of these, %1 %2 in use inside.")
                   .arg(listed(unitNames(vm, bearers.used)),
                        bearers.used.size() == 1 ? QStringLiteral("is") : QStringLiteral("are"));
    text += idleText(vm, bearers) + unlistedText(bearers, facts.live.size());
    if (text.isEmpty())
        return;
    QList<Source> sources;
    for (const InsideUnit *unit : bearers.used + bearers.idle) {
        sources.append(unit->running->source);
        if (unit->running->pci)
            sources.append(unit->running->pci->source);
    }
    QList<const Finding *> told = draft.of("float-duplicate-nic"_L1);
    for (const Finding *finding : draft.of("nic-unconfigured-inside"_L1))
        for (const InsideUnit *unit : bearers.idle)
            if (finding->subject.endsWith(QLatin1String("/if/") + unit->name))
                told.append(finding);
    draft.say(Chapter::Is, text.trimmed(), sources, told);
}

/// Whether the NICs sit in slots one after another, as those of one command typed again and again do.
bool inARow(const QList<const Nic *> &nics)
{
    for (qsizetype i = 0; i < nics.size(); ++i) {
        if (!nics[i]->pci)
            return false;
        if (i > 0 &&
            (nics[i]->pci->bus != nics[i - 1]->pci->bus || nics[i]->pci->slot != nics[i - 1]->pci->slot + 1))
            return false;
    }
    return true;
}

void guessTheCopies(Draft &draft, const FloatFacts &facts, bool afterwards)
{
    const qsizetype count = qMax(facts.live.size(), facts.persistent.size());
    QString text =
        QStringLiteral("%1 attach-interface was typed %2 with %3, without looking at what was there "
                       "already")
            .arg(afterwards ? QStringLiteral("Then, probably,") : QStringLiteral("Probably"),
                 timesWord(count), facts.floating->mac.toString());
    if (facts.live.size() == facts.persistent.size())
        text += QStringLiteral(", each time with --live and --config");
    if (inARow(facts.live.isEmpty() ? facts.persistent : facts.live))
        text += QStringLiteral("; the NICs sit in PCI slots one after another");
    draft.guess(text + u'.');
}

/// What the two MACs of a mismatch have in common.
void guessTheMismatch(Draft &draft, const Confusion &confusion, const FloatFacts &facts)
{
    const MacAddress written = facts.mismatches.front().mac.value;
    const FloatPolicy *other = confusion.floatWith(written);
    const auto slip = slipBetween(facts.floating->mac, written);
    if (!other && !slip)
        return;
    QString text =
        other ? QStringLiteral("Probably the address and the MAC were taken from two lines of the float "
                               "table")
              : QStringLiteral("Probably the MAC is a slip of the hand");
    if (slip)
        text += QStringLiteral(": %1 is %2's %3 %4")
                    .arg(written.toString(), facts.floating->name, facts.floating->mac.toString(), *slip);
    text += QStringLiteral(". Which of the two was meant, the address or the MAC, no document says.");
    draft.guess(text, other ? QList<Source>{other->source, facts.floating->source} : QList<Source>{});
}

/// What the copies and the mixed pair lead to, as far as bridges and neighbours tell; and what else hangs on
/// it.
void sayWhatItLeadsTo(Draft &draft, const StoryInput &input, const Confusion &confusion)
{
    for (const FloatFacts &facts : confusion.facts)
        if (facts.hasAddress())
            draft.say(Chapter::Consequence, input.witnesses.whoIsBelieved(facts.floating->address));
    for (MacAddress mac : confusion.macs())
        draft.say(Chapter::Consequence, input.witnesses.whereLearned(mac));
    if (const FloatFacts *copies = confusion.duplicated()) {
        const QString bridge = copies->live.isEmpty()
                                   ? QString()
                                   : connectionOf(*copies->live.front(), *confusion.vm->hypervisor).bridge;
        draft.say(
            Chapter::Consequence,
            QStringLiteral("%1 sends what is for %2 to whichever of these NICs spoke last; at the others "
                           "nobody listens.")
                .arg(bridge.isEmpty() ? QStringLiteral("The bridge") : bridge,
                     copies->floating->mac.toString()));
    }
    for (const FloatFacts &facts : confusion.facts) {
        if (!facts.mismatched())
            continue;
        const FloatPolicy *other = confusion.floatWith(facts.mismatches.front().mac.value);
        if (other && !draft.has("float-claimed-twice"_L1))
            draft.say(Chapter::Consequence,
                      QStringLiteral("Neighbours learn %1 at %2's MAC. When %2 is given to another VM, both "
                                     "addresses stop answering by turns.")
                          .arg(facts.floating->address.toString(), other->name),
                      {}, draft.of("float-mac-ip-mismatch"_L1));
    }
}

/// The containers that the float's address carries.
void sayWhatHangsOnIt(Draft &draft, const Confusion &confusion)
{
    const auto &guest = confusion.vm->domain->guest;
    if (!guest || !guest->engine.containers)
        return;
    QStringList names;
    QList<Source> sources;
    for (const Container &container : *guest->engine.containers) {
        QStringList ports;
        for (const PortMapping &port : container.ports)
            if (port.hostPort && !ports.contains(QString::number(*port.hostPort)))
                ports.append(QString::number(*port.hostPort));
        if (ports.isEmpty() || container.state != ContainerState::Running)
            continue;
        names.append(QStringLiteral("%1 (%2 %3)")
                         .arg(container.name,
                              ports.size() == 1 ? QStringLiteral("port") : QStringLiteral("ports"),
                              listed(ports)));
        sources.append(container.source);
    }
    if (!names.isEmpty())
        draft.say(Chapter::Consequence,
                  QStringLiteral("On %1 these publish a port and may be cut off: %2.")
                      .arg(confusion.vm->domain->name, listed(names)),
                  sources);
}

void mendTheCopies(Draft &draft, const Confusion &confusion, const FloatFacts &facts)
{
    const Bearers bearers = bearersOf(*confusion.vm, facts.floating->mac);
    const Nic *kept = bearers.used.size() == 1 ? confusion.vm->outsideOf(*bearers.used.front()) : nullptr;
    const qsizetype rest = qMax(facts.live.size(), facts.persistent.size()) - 1;
    const QString what =
        rest == 1 ? QStringLiteral("the other") : QStringLiteral("the other %1").arg(numberWord(rest));
    const QString text =
        kept ? QStringLiteral(
                   "Keep %1, which the guest uses as %2, and detach %3, live and persistent, each by its "
                   "PCI address.")
                   .arg(nicText(*kept), bearers.used.front()->name, what)
             : QStringLiteral(
                   "Keep the one NIC that the guest uses and detach %1, live and persistent, each by its "
                   "PCI address. Which one it uses must be read first: the PCI address of the interface "
                   "inside.")
                   .arg(what);
    draft.mend(QStringLiteral("nic-remove-duplicates"), text,
               draft.of("float-duplicate-nic"_L1) + draft.of("nic-unconfigured-inside"_L1));
}

void mendTheMismatch(Draft &draft, const Confusion &confusion, const FloatFacts &facts)
{
    const FloatPolicy *other = confusion.floatWith(facts.mismatches.front().mac.value);
    QString text = QStringLiteral("Say which is right. If it is the address, NIC and file get %1's MAC %2.")
                       .arg(facts.floating->name, facts.floating->mac.toString());
    if (other)
        text += QStringLiteral(" If it is the MAC, the file gets %1's address %2.")
                    .arg(other->name, other->address.toString());
    draft.mend(QStringLiteral("float-repair"), text, draft.of("float-mac-ip-mismatch"_L1));
}

} // namespace

void tell(Draft &draft, const StoryInput &input, const Confusion &confusion)
{
    sayWhatShouldBe(draft, confusion);
    sayWhatIsInside(draft, confusion);
    const FloatFacts *copies = confusion.duplicated();
    const FloatFacts *mixed = confusion.mismatched();
    if (copies) {
        sayWhatIsOutside(draft, confusion, *copies);
        sayWhichIsWhich(draft, confusion, *copies);
        mendTheCopies(draft, confusion, *copies);
    }
    if (mixed) {
        guessTheMismatch(draft, confusion, *mixed);
        mendTheMismatch(draft, confusion, *mixed);
    }
    if (copies)
        guessTheCopies(draft, *copies, mixed);
    sayWhatItLeadsTo(draft, input, confusion);
    sayWhatHangsOnIt(draft, confusion);
}

} // namespace tropo
