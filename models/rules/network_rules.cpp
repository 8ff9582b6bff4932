#include "models/rules/network_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/rules/bridge_facts.h"
#include "models/rules/known_list.h"
#include "models/rules/network_facts.h"

#include <QMap>

namespace tropo {

namespace {

QStringList subjectsOf(const NetworkView &view, const QStringList &vms)
{
    QStringList subjects;
    for (const QString &name : vms)
        subjects.append(subject::vm(view.hypervisor->name, name));
    return subjects;
}

/// A network that should be there, and who says so.
struct Wanted
{
    QString name;
    bool expected = false; ///< by the fleet file
    const Network *declared = nullptr;
    QStringList users;
    QList<Source> sources;
};

Wanted &wantedNamed(QMap<QString, Wanted> &wanted, const QString &name)
{
    Wanted &one = wanted[name];
    one.name = name;
    return one;
}

void addUses(QMap<QString, Wanted> &wanted, const Domain &domain, const QList<Nic> &nics)
{
    for (const Nic &nic : nics) {
        if (nic.network.isEmpty())
            continue;
        Wanted &one = wantedNamed(wanted, nic.network);
        if (!one.users.contains(domain.name))
            one.users.append(domain.name);
        one.sources.append(nic.source);
    }
}

QMap<QString, Wanted> wantedOn(const Hypervisor &hypervisor, const Policy &policy)
{
    QMap<QString, Wanted> wanted;
    for (const QString &name : policy.expectedNetworks)
        wantedNamed(wanted, name).expected = true;
    for (const Network &network : *hypervisor.networks) {
        if (!network.declared)
            continue;
        Wanted &one = wantedNamed(wanted, network.name);
        one.declared = &network;
        one.sources.append(network.declared->source);
    }
    for (const Domain &domain : readOf(hypervisor.domains))
        for (const auto *form : {&domain.live, &domain.inactive})
            if (*form)
                addUses(wanted, domain, (*form)->nics);
    return wanted;
}

Finding missing(const Hypervisor &hypervisor, Wanted wanted, const Source &list)
{
    wanted.users.sort();
    const QString why =
        wanted.expected
            ? QStringLiteral("%1 is expected to run the network %2, but libvirt there does not know it.")
        : wanted.declared
            ? QStringLiteral("The declared configuration of %1 has the network %2, but libvirt there "
                             "does not know it.")
            : QStringLiteral("VMs on %1 hang on the network %2, which libvirt there does not know.");
    QString message = why.arg(hypervisor.name, wanted.name);
    if (!wanted.users.isEmpty())
        message +=
            QStringLiteral(" VMs that hang on it: %1.").arg(someOf(wanted.users, QStringLiteral(", ")));
    const NetworkView view{&hypervisor, nullptr, {}};
    return about(subject::network(hypervisor.name, wanted.name), message,
                 QList<Source>{list} + wanted.sources, subjectsOf(view, wanted.users));
}

} // namespace

QList<Finding> networkMissing(const RuleInput &input)
{
    const ReadingGaps gaps(input.fleet);
    QList<Finding> findings;
    for (const Hypervisor &hypervisor : input.fleet.hypervisors) {
        if (!networksListed(hypervisor, gaps))
            continue;
        Source list; // as a whole: what is missing stands in none of its lines
        for (const Network &network : *hypervisor.networks)
            if (network.active)
                list.document = network.source.document;
        for (const Wanted &wanted : wantedOn(hypervisor, input.policy)) {
            const Network *network = hypervisor.network(wanted.name);
            if (!network || !isDefined(*network))
                findings.append(missing(hypervisor, wanted, list));
        }
    }
    return findings;
}

QList<Finding> networkInactive(const RuleInput &input)
{
    QList<Finding> findings;
    for (const NetworkView &view : networksOf(input.fleet)) {
        if (view.network->active != false || !isWanted(view, input.policy))
            continue;
        const QStringList users = usersOf(view);
        QString message = QStringLiteral("The network %1 is defined but not active.").arg(view.text());
        if (!users.isEmpty())
            message += QStringLiteral(" VMs that hang on it: %1.").arg(someOf(users, QStringLiteral(", ")));
        if (view.network->autostart == false)
            message += QStringLiteral(" Nor will it start with the host.");
        findings.append(about(view.subject, message, {view.network->source}, subjectsOf(view, users)));
    }
    return findings;
}

QList<Finding> networkNoAutostart(const RuleInput &input)
{
    QList<Finding> findings;
    for (const NetworkView &view : networksOf(input.fleet)) {
        const Network &network = *view.network;
        if (network.active != true)
            continue;
        QString why;
        if (network.persistent == false)
            why = QStringLiteral("it is transient");
        else if (network.autostart == false)
            why = QStringLiteral("its autostart is off");
        else
            continue;
        findings.append(about(
            view.subject,
            QStringLiteral("The network %1 is active, but will not come back when the host restarts: %2.")
                .arg(view.text(), why),
            {network.source}));
    }
    return findings;
}

QList<Finding> networkBridgeMissing(const RuleInput &input)
{
    QList<Finding> findings;
    for (const NetworkView &view : networksOf(input.fleet)) {
        if (!lacksBridge(*view.hypervisor, *view.network))
            continue;
        const NetworkForm &form = *view.network->known();
        const Source listing = view.hypervisor->host.interfaces->items.first().source;
        findings.append(
            about(view.subject,
                  QStringLiteral("The network %1 uses the bridge %2, which does not exist on the host.")
                      .arg(view.text(), form.bridge),
                  {form.source, Source{listing.document, 0, 0}},
                  {subject::bridge(view.hypervisor->name, form.bridge)}));
    }
    return findings;
}

QList<Finding> networkSubnetOverlap(const RuleInput &input)
{
    QList<Finding> findings;
    for (const SubnetFault &fault : subnetFaults(input))
        findings.append(about(fault.view.subject, fault.message, fault.sources, fault.related));
    return findings;
}

} // namespace tropo
