#include "models/fleet/subject.h"
#include "models/story/tellers.h"
#include "models/text/words.h"

#include <algorithm>

namespace tropo {

namespace {

constexpr QLatin1String rule("source-unreachable");

bool failed(const Hypervisor &hypervisor, QLatin1String source)
{
    return std::any_of(hypervisor.errors.begin(), hypervisor.errors.end(),
                       [source](const SourceError &error) { return error.source == source; });
}

/// Why a guest as a whole was not read; empty where only a part of it was not.
QString reasonOf(const Hypervisor &hypervisor, const QString &guest)
{
    for (const SourceError &error : hypervisor.errors)
        if (error.source == QLatin1String("guest ") + guest)
            return error.message.simplified().left(300);
    return {};
}

struct Guests
{
    QStringList names;
    QList<const Finding *> findings;
    QStringList reasons;
};

Guests guestsOf(const Hypervisor &hypervisor, const QList<const Finding *> &findings)
{
    Guests guests;
    for (const Finding *finding : findings) {
        const QString vm = subject::vmOf(finding->subject);
        if (vm.isEmpty())
            continue;
        const QString name = unescapedName(vm.section(u'/', 2, 2));
        const QString reason = reasonOf(hypervisor, name);
        if (reason.isEmpty())
            continue;
        guests.names.append(name);
        guests.findings.append(finding);
        if (!guests.reasons.contains(reason))
            guests.reasons.append(reason);
    }
    return guests;
}

void sayTheGuests(Draft &draft, const Guests &guests, bool itself)
{
    if (guests.names.isEmpty())
        return;
    QString why = listed(guests.reasons, 3);
    if (!why.endsWith(u'.'))
        why += u'.';
    draft.say(Chapter::Is,
              QStringLiteral("Inside %1 nothing could be read%2: %3")
                  .arg(listed(guests.names), itself ? QStringLiteral(" either") : QString(), why),
              {}, guests.findings);
}

void guessWhy(Draft &draft, const Hypervisor &hypervisor, bool itself)
{
    const bool libvirt = failed(hypervisor, QLatin1String("libvirt"));
    const bool host = failed(hypervisor, QLatin1String("host"));
    const QString name = hypervisor.name;
    if (libvirt && host)
        draft.guess(
            QStringLiteral("Probably %1 itself is down or cut off: neither its system nor its libvirt "
                           "answered, and its guests are reached through it.")
                .arg(name));
    else if (libvirt)
        draft.guess(QStringLiteral("Probably libvirt on %1 does not run: its system answered.").arg(name));
    else if (!itself)
        draft.guess(
            QStringLiteral("Probably one thing stands in the way of all of them: they are reached through "
                           "%1, which answered itself.")
                .arg(name));
}

void sayWhatIsNotKnown(Draft &draft, const Hypervisor &hypervisor)
{
    QStringList vms;
    for (const Domain &domain : hypervisor.domains.value_or(QList<Domain>()))
        vms.append(domain.name);
    draft.say(Chapter::Consequence,
              vms.isEmpty()
                  ? QStringLiteral("What runs on %1 is not known; that nothing is found there means nothing.")
                        .arg(hypervisor.name)
                  : QStringLiteral("What is said of %1 on %2 may be from an earlier reading; that nothing "
                                   "is found there means nothing.")
                        .arg(listed(vms), hypervisor.name));
}

Draft tellOf(const StoryInput &input, const Hypervisor &hypervisor, const QList<const Finding *> &findings)
{
    const QString subject = subject::hypervisor(hypervisor.name);
    const bool itself =
        failed(hypervisor, QLatin1String("libvirt")) || failed(hypervisor, QLatin1String("host"));
    const Guests guests = guestsOf(hypervisor, findings);
    Draft draft("hypervisor-unreachable", subject,
                itself ? QStringLiteral("%1 could not be read").arg(hypervisor.name)
                       : QStringLiteral("The guests of %1 could not be read").arg(hypervisor.name));
    const HypervisorPolicy *policy = input.policy.hypervisor(hypervisor.name);
    if (itself)
        draft.add(findings);
    else if (guests.reasons.size() == 1) // different reasons are different causes
        draft.add(guests.findings);
    if (draft.findings().size() < 2)
        return draft;
    if (policy)
        draft.say(Chapter::Should,
                  QStringLiteral("%1 is in the fleet file and should answer.").arg(hypervisor.name),
                  {policy->source});
    sayTheGuests(draft, guests, itself);
    guessWhy(draft, hypervisor, itself);
    sayWhatIsNotKnown(draft, hypervisor);
    draft.mend(
        {},
        QStringLiteral("Reach it by hand as the fleet file says (ssh %1), mend what the error names, and "
                       "refresh.")
            .arg(policy && !policy->ssh.isEmpty() ? policy->ssh : hypervisor.name),
        draft.findings());
    return draft;
}

} // namespace

QList<Draft> hypervisorUnreachable(const StoryInput &input)
{
    QMap<QString, QList<const Finding *>> byHost;
    for (const Finding *finding : input.pool.of(rule))
        byHost[subject::hypervisorOf(finding->subject)].append(finding);
    QList<Draft> drafts;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors)
        if (const auto own = byHost.constFind(subject::hypervisor(hypervisor.name)); own != byHost.constEnd())
            drafts.append(tellOf(input, hypervisor, *own));
    return drafts;
}

} // namespace tropo
