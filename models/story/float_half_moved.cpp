#include "models/fleet/subject.h"
#include "models/rules/float_facts.h"
#include "models/story/tellers.h"
#include "models/text/words.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array ofTheFloat{"float-half-assigned"_L1, "float-wrong-network"_L1, "float-not-persistent"_L1,
                                "float-not-live"_L1};
constexpr std::array onTheFloat{"float-claimed-twice"_L1, "float-unreachable"_L1, "ip-duplicate"_L1};

struct Claimant
{
    const VmView *vm;
    FloatFacts facts;

    /// The next start of the VM brings it back, by the domain and by a file.
    bool isSettled() const { return !facts.persistent.isEmpty() && !facts.configured.isEmpty(); }
    /// It is there now, and nothing would bring it back.
    bool isFresh() const { return !facts.live.isEmpty() && !facts.missingAtRestart().isEmpty(); }
};

/// "a live NIC (vnet1), a persistent NIC, its address in ifcfg-ens7, its address running on ens7"
QString describe(const Claimant &claimant)
{
    QStringList parts;
    QStringList taps;
    for (const Nic *nic : claimant.facts.live)
        taps.append(nic->target);
    taps.removeAll(QString());
    const auto nics = [](qsizetype count, const char *kind) {
        return count == 1
                   ? QStringLiteral("a %1 NIC with its MAC").arg(QLatin1String(kind))
                   : QStringLiteral("%1 %2 NICs with its MAC").arg(numberWord(count), QLatin1String(kind));
    };
    if (!claimant.facts.live.isEmpty())
        parts.append(nics(claimant.facts.live.size(), "live") +
                     (taps.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(listed(taps))));
    if (!claimant.facts.persistent.isEmpty())
        parts.append(nics(claimant.facts.persistent.size(), "persistent"));
    for (const InsideUnit *unit : claimant.facts.configured)
        parts.append(QStringLiteral("its address in the file for %1").arg(unit->name));
    for (const InsideUnit *unit : claimant.facts.running)
        parts.append(QStringLiteral("its address running on %1").arg(unit->name));
    return listed(parts);
}

void sayWhoHasWhat(Draft &draft, const QList<Claimant> &claimants)
{
    QList<const Finding *> twice = draft.of("float-claimed-twice"_L1);
    for (const Claimant &claimant : claimants) {
        QList<const Finding *> told = twice;
        for (const Finding *finding : draft.findings())
            if (subject::isAt(finding->subject, claimant.vm->subject) && isOf(*finding, ofTheFloat))
                told.append(finding);
        QString text = QStringLiteral("%1 on %2 has %3.")
                           .arg(claimant.vm->domain->name, claimant.vm->hypervisor->name, describe(claimant));
        for (const Finding *finding : told)
            if (finding->rule != QLatin1String("float-claimed-twice"))
                text += u' ' + finding->message;
        draft.say(Chapter::Is, text, claimant.facts.sources(), told);
    }
}

void guessTheMove(Draft &draft, const FloatPolicy &floating, const QList<Claimant> &claimants)
{
    QStringList fresh;
    QStringList settled;
    for (const Claimant &claimant : claimants) {
        if (claimant.isFresh())
            fresh.append(claimant.vm->domain->name);
        else if (claimant.isSettled())
            settled.append(claimant.vm->domain->name);
    }
    if (fresh.size() == 1 && settled.size() == 1)
        draft.guess(QStringLiteral(
                        "Probably %1 was moved from %2, where it is set up for the next start, to %3, where "
                        "it is up now and not set up, and was not taken away from %2.")
                        .arg(floating.name, settled.front(), fresh.front()));
    else
        draft.guess(QStringLiteral(
                        "Probably %1 was moved from one of them to another, and the move was not finished: "
                        "no machine gave it up.")
                        .arg(floating.name));
}

} // namespace

QList<Draft> floatHalfMoved(const StoryInput &input)
{
    QList<Draft> drafts;
    QHash<QString, QList<const Finding *>> others; // by the float's subject
    for (const Finding *finding : input.pool.of(onTheFloat))
        others[finding->subject].append(finding);
    for (const Finding *twice : input.pool.of(onTheFloat.front())) {
        const FloatPolicy *floating = input.floatOf(twice->subject);
        if (!floating)
            continue;
        Draft draft("float-half-moved", twice->subject,
                    QStringLiteral("%1 was moved only half").arg(floating->name));
        draft.add(twice);
        QList<Claimant> claimants;
        for (const QString &machine : twice->related) {
            const VmView *vm = input.vms.value(machine);
            if (!vm)
                continue;
            claimants.append({vm, factsOf(*floating, *vm)});
            for (const Finding *finding : input.pool.at(machine))
                if (isOf(*finding, ofTheFloat) && finding->related.contains(twice->subject))
                    draft.add(finding);
        }
        for (const Finding *finding : others.value(twice->subject))
            draft.add(finding);
        draft.say(Chapter::Should,
                  QStringLiteral("By the float table %1 is %2 with MAC %3, and belongs to one machine.")
                      .arg(floating->name, floating->address.toString(), floating->mac.toString()),
                  {floating->source});
        sayWhoHasWhat(draft, claimants);
        guessTheMove(draft, *floating, claimants);
        draft.say(Chapter::Consequence, input.witnesses.whoIsBelieved(floating->address));
        draft.say(Chapter::Consequence, input.witnesses.whereLearned(floating->mac));
        draft.say(
            Chapter::Consequence,
            QStringLiteral("Whoever of them spoke last gets the packets; connections break at random."));
        draft.mend(
            QStringLiteral("float-reassign"),
            QStringLiteral("Choose which of %1 is to have %2 and reassign it there: it is released on the "
                           "others first.")
                .arg(twice->related.size() == 2
                         ? QStringLiteral("the two")
                         : QStringLiteral("the %1").arg(numberWord(twice->related.size())),
                     floating->name),
            draft.findings());
        drafts.append(draft);
    }
    return drafts;
}

} // namespace tropo
