#include "models/fleet/subject.h"
#include "models/story/tellers.h"
#include "models/text/words.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array rules{"bridge-port-missing"_L1, "bridge-port-down"_L1, "bridge-mac-mismatch"_L1,
                           "interfaces-drift"_L1, "network-bridge-missing"_L1};

/// The bridge that a finding speaks of.
QString bridgeOf(const Finding &finding)
{
    for (const QString &subject : QStringList{finding.subject} + finding.related)
        if (subject.section(u'/', 1, 1) == QLatin1String("bridge"))
            return subject.section(u'/', 0, 2);
    return {};
}

QStringList vmsOn(const StoryInput &input, const QString &hypervisor, const QString &bridge)
{
    QStringList names;
    for (const VmView &vm : input.index.vms())
        if (vm.domain->live && subject::hypervisor(vm.hypervisor->name) == hypervisor)
            for (const Nic &nic : vm.domain->live->nics)
                if (nic.bridge == bridge && !names.contains(vm.domain->name))
                    names.append(vm.domain->name);
    return names;
}

} // namespace

QList<Draft> bridgeBroken(const StoryInput &input)
{
    QMap<QString, QList<const Finding *>> byBridge;
    for (const Finding *finding : input.pool.of(rules))
        if (const QString bridge = bridgeOf(*finding); !bridge.isEmpty())
            byBridge[bridge].append(finding);
    QList<Draft> drafts;
    for (auto it = byBridge.cbegin(); it != byBridge.cend(); ++it) {
        const QString hypervisor = it.key().section(u'/', 0, 0);
        const QString bridge = unescapedName(it.key().section(u'/', 2, 2));
        Draft draft("bridge-broken", it.key(),
                    QStringLiteral("The bridge %1 of %2 is not as configured").arg(bridge, hypervisor));
        draft.add(*it);
        draft.guess(
            draft.has("bridge-port-down"_L1)
                ? QStringLiteral("Probably the cable, the switch port or the card behind it is at fault.")
                : QStringLiteral(
                      "Probably the bridge was changed by hand (brctl, ip link) and the file was not, "
                      "or a card was renamed or exchanged."));
        if (const QStringList names = vmsOn(input, hypervisor, bridge); !names.isEmpty())
            draft.say(Chapter::Consequence,
                      QStringLiteral("On it hang %1: they reach the outside through it, or not at all.")
                          .arg(listed(names)));
        drafts.append(draft);
    }
    return drafts;
}

} // namespace tropo
