#include "models/fixes/simulated_fleet.h"

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

SimulatedFleet::SimulatedFleet(Fleet fleet, Policy policy, Evidence evidence)
    : m_fleet(std::move(fleet)), m_policy(std::move(policy)), m_evidence(std::move(evidence))
{
}

Result<void> SimulatedFleet::perform(const Action &action, const std::stop_token &)
{
    const std::scoped_lock lock(m_mutex);
    return std::visit([this](const auto &one) { return act(one); }, action);
}

Result<Observation> SimulatedFleet::observe(const Condition &condition, const std::stop_token &)
{
    const std::scoped_lock lock(m_mutex);
    return std::visit([this](const auto &one) { return see(one); }, condition);
}

Fleet SimulatedFleet::fleet() const
{
    const std::scoped_lock lock(m_mutex);
    return m_fleet;
}

Evidence SimulatedFleet::evidence() const
{
    const std::scoped_lock lock(m_mutex);
    return m_evidence;
}

Hypervisor *SimulatedFleet::hypervisorOf(const QString &name)
{
    for (Hypervisor &hypervisor : m_fleet.hypervisors)
        if (hypervisor.name == name)
            return &hypervisor;
    return nullptr;
}

Domain *SimulatedFleet::domainOf(const VmPlace &vm)
{
    Hypervisor *hypervisor = hypervisorOf(vm.hypervisor);
    if (!hypervisor || !hypervisor->domains)
        return nullptr;
    for (Domain &domain : *hypervisor->domains)
        if (domain.name == vm.name && (vm.uuid.isEmpty() || domain.uuid == vm.uuid))
            return &domain;
    return nullptr;
}

Network *SimulatedFleet::networkOf(const NetworkPlace &network)
{
    Hypervisor *hypervisor = hypervisorOf(network.hypervisor);
    if (!hypervisor || !hypervisor->networks)
        return nullptr;
    for (Network &one : *hypervisor->networks)
        if (one.name == network.name)
            return &one;
    return nullptr;
}

const Domain *SimulatedFleet::domainOf(const VmPlace &vm) const
{
    const Hypervisor *hypervisor = m_fleet.hypervisor(vm.hypervisor);
    const Domain *domain = hypervisor ? hypervisor->domain(vm.name) : nullptr;
    return domain && (vm.uuid.isEmpty() || domain->uuid == vm.uuid) ? domain : nullptr;
}

const Network *SimulatedFleet::networkOf(const NetworkPlace &network) const
{
    const Hypervisor *hypervisor = m_fleet.hypervisor(network.hypervisor);
    return hypervisor ? hypervisor->network(network.name) : nullptr;
}

} // namespace tropo
