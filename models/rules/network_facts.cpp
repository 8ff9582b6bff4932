#include "models/rules/network_facts.h"

#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

QList<NetworkView> networksOf(const Fleet &fleet)
{
    QList<NetworkView> views;
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        if (!hypervisor.networks)
            continue;
        for (const Network &network : *hypervisor.networks)
            views.append({&hypervisor, &network, subject::network(hypervisor.name, network.name)});
    }
    std::stable_sort(views.begin(), views.end(),
                     [](const NetworkView &a, const NetworkView &b) { return a.subject < b.subject; });
    return views;
}

bool networksListed(const Hypervisor &hypervisor, const ReadingGaps &gaps)
{
    if (!hypervisor.networks)
        return false;
    const auto listed = std::find_if(hypervisor.networks->begin(), hypervisor.networks->end(),
                                     [](const Network &network) { return network.active.has_value(); });
    if (listed == hypervisor.networks->end())
        return hypervisor.networks->isEmpty();
    return gaps.isWhole(listed->source);
}

bool isDefined(const Network &network)
{
    return network.active || network.autostart || network.persistent || network.form || network.leases;
}

QStringList usersOf(const NetworkView &view)
{
    QStringList users;
    if (!view.hypervisor->domains)
        return users;
    const auto hangsOn = [&](const std::optional<DomainForm> &form) {
        return form && std::any_of(form->nics.begin(), form->nics.end(),
                                   [&](const Nic &nic) { return nic.network == view.network->name; });
    };
    for (const Domain &domain : *view.hypervisor->domains)
        if (hangsOn(domain.live) || hangsOn(domain.inactive))
            users.append(domain.name);
    users.sort();
    return users;
}

bool isWanted(const NetworkView &view, const Policy &policy)
{
    return policy.expectedNetworks.contains(view.network->name) || view.network->declared ||
           view.network->autostart == true || !usersOf(view).isEmpty();
}

bool ownsBridge(const NetworkForm &form)
{
    static const QStringList managed{QString(), QStringLiteral("nat"), QStringLiteral("route"),
                                     QStringLiteral("open")};
    return managed.contains(form.forward);
}

} // namespace tropo
