#pragma once

#include "models/fleet/network.h"
#include "ssh/apply/reach.h"

namespace tropo {

// Readings that several conditions share, or that take more than a call.

/// Subjects of the VMs on a hypervisor that have a NIC with the MAC, in either form.
Result<QStringList> holdersOn(LiveExecutor::Reach &reach, const QString &hypervisor, MacAddress mac,
                              const std::stop_token &stop);
/// Taps of a hypervisor behind which its bridges learned the MAC within the last seconds.
Result<QStringList> tapsThatSend(LiveExecutor::Reach &reach, const QString &hypervisor, MacAddress mac,
                                 const std::stop_token &stop);
Result<Observation> slotIsFree(LiveExecutor::Reach &reach, const SlotIsFree &condition,
                               const std::stop_token &stop);
Result<Observation> guestAddress(LiveExecutor::Reach &reach, const GuestAddressIs &condition,
                                 const std::stop_token &stop);
Result<Observation> bridgeLearned(LiveExecutor::Reach &reach, const BridgeLearned &condition,
                                  const QString &tap, const std::stop_token &stop);
Result<NetworkForm> networkForm(LiveExecutor::Reach &reach, const NetworkPlace &network, bool persistent,
                                const std::stop_token &stop);
/// What differs in what matters, as a sentence; empty: nothing.
QString networkDifference(const NetworkForm &is, const NetworkForm &wished);
Result<Observation> serviceReplicas(LiveExecutor::Reach &reach, const ServiceReplicasAre &condition,
                                    const std::stop_token &stop);

} // namespace tropo
