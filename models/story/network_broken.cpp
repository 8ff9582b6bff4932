#include "models/fleet/connection.h"
#include "models/fleet/subject.h"
#include "models/story/tellers.h"
#include "models/text/words.h"

namespace tropo {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array seeds{"network-missing"_L1, "network-inactive"_L1, "network-bridge-missing"_L1,
                           "network-drift"_L1, "network-subnet-overlap"_L1};
constexpr RuleSet down = RuleSet(seeds).first(3);
constexpr std::array ofTheNetwork{"network-no-autostart"_L1,      "reservation-duplicate"_L1,
                                  "reservation-outside-range"_L1, "reservation-name-mismatch"_L1,
                                  "reservation-missing"_L1,       "lease-mismatch"_L1};

struct Fallen
{
    const Hypervisor *hypervisor;
    QString name;
    const Network *network; ///< nothing: it is not defined
};

std::optional<Fallen> networkOf(const StoryInput &input, const QString &subject)
{
    if (subject.section(u'/', 1, 1) != QLatin1String("network"))
        return {};
    for (const Hypervisor &hypervisor : input.fleet.hypervisors) {
        if (subject::hypervisor(hypervisor.name) != subject.section(u'/', 0, 0))
            continue;
        const QString name = unescapedName(subject.section(u'/', 2, 2));
        return Fallen{&hypervisor, name, hypervisor.network(name)};
    }
    return {};
}

/// The VMs that have, or will have, a NIC on the network.
QList<const VmView *> vmsOn(const StoryInput &input, const Fallen &fallen)
{
    QList<const VmView *> found;
    for (const VmView &vm : input.index.vms()) {
        const DomainForm *form = vm.domain->current();
        if (vm.hypervisor != fallen.hypervisor || !form)
            continue;
        for (const Nic &nic : form->nics)
            if (connectionOf(nic, *vm.hypervisor).network == fallen.name) {
                found.append(&vm);
                break;
            }
    }
    return found;
}

void sayWhatShouldBe(Draft &draft, const StoryInput &input, const Fallen &fallen)
{
    const NetworkForm *declared =
        fallen.network && fallen.network->declared ? &*fallen.network->declared : nullptr;
    if (declared) {
        QStringList parts;
        if (!declared->forward.isEmpty())
            parts.append(QStringLiteral("forwards by %1").arg(declared->forward));
        if (!declared->bridge.isEmpty())
            parts.append(QStringLiteral("has the bridge %1").arg(declared->bridge));
        if (declared->address)
            parts.append(QStringLiteral("has the address %1").arg(declared->address->toString()));
        if (!declared->reservations.isEmpty())
            parts.append(QStringLiteral("has %1 reservations").arg(declared->reservations.size()));
        draft.say(Chapter::Should,
                  QStringLiteral("As declared, the network %1 of %2 %3.")
                      .arg(fallen.name, fallen.hypervisor->name, listed(parts)),
                  {declared->source});
    } else if (input.policy.expectedNetworks.contains(fallen.name)) {
        draft.say(
            Chapter::Should,
            QStringLiteral("The fleet file expects the network %1 on every hypervisor.").arg(fallen.name));
    }
}

void guess(Draft &draft, const Fallen &fallen)
{
    if (draft.has("network-missing"_L1))
        draft.guess(QStringLiteral("Probably %1 was undefined on %2, or never made when the host was set up.")
                        .arg(fallen.name, fallen.hypervisor->name));
    else if (draft.has("network-inactive"_L1) && fallen.network && fallen.network->autostart == false)
        draft.guess(
            QStringLiteral("Probably the host was restarted: the network is not set to start by itself."));
    else if (draft.has("network-inactive"_L1))
        draft.guess(QStringLiteral("Probably somebody stopped it (net-destroy), or it failed to start."));
    else if (draft.has("network-drift"_L1))
        draft.guess(QStringLiteral(
            "Probably one of the two was edited and the other was not: the network on the host "
            "(net-edit, net-update), or the declared file."));
}

void sayWhoHangsOnIt(Draft &draft, const QList<const VmView *> &vms, bool isDown)
{
    if (vms.isEmpty())
        return;
    QStringList names;
    QList<Source> sources;
    for (const VmView *vm : vms) {
        names.append(vm->domain->name);
        sources.append(vm->domain->source);
    }
    draft.say(Chapter::Consequence,
              isDown
                  ? QStringLiteral(
                        "On it hang %1: they have no link through it, get no lease, and a VM that is off "
                        "cannot be started.")
                        .arg(listed(names))
                  : QStringLiteral("On it hang %1: what they get by DHCP is what runs, not what is declared.")
                        .arg(listed(names)),
              sources);
}

} // namespace

QList<Draft> networkBroken(const StoryInput &input)
{
    QMap<QString, QList<const Finding *>> byNetwork;
    for (const Finding *finding : input.pool.of(seeds))
        byNetwork[finding->subject].append(finding);
    QList<Draft> drafts;
    for (auto it = byNetwork.cbegin(); it != byNetwork.cend(); ++it) {
        const auto fallen = networkOf(input, it.key());
        if (!fallen)
            continue;
        const bool isDown =
            std::any_of(it->begin(), it->end(), [](const Finding *finding) { return isOf(*finding, down); });
        const QList<const VmView *> vms = vmsOn(input, *fallen);
        Draft draft("network-broken", it.key(),
                    (isDown ? QStringLiteral("The network %1 of %2 is down")
                            : QStringLiteral("The network %1 of %2 is not as declared"))
                        .arg(fallen->name, fallen->hypervisor->name));
        draft.add(*it);
        for (const Finding *finding : input.pool.at(subject::hypervisor(fallen->hypervisor->name)))
            if (finding->subject == it.key() && isOf(*finding, ofTheNetwork))
                draft.add(finding);
        for (const Finding *finding : input.pool.concerning(it.key()))
            if (isOf(*finding, ofTheNetwork))
                draft.add(finding);
        for (const VmView *vm : vms)
            for (const Finding *finding : input.pool.at(vm->subject))
                if (isDown && finding->rule == QLatin1String("domain-not-running"))
                    draft.add(finding);
        sayWhatShouldBe(draft, input, *fallen);
        guess(draft, *fallen);
        sayWhoHangsOnIt(draft, vms, isDown);
        drafts.append(draft);
    }
    return drafts;
}

} // namespace tropo
