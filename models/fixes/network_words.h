#pragma once

#include "models/fixes/planner.h"

namespace tropo {

/// The network that a request's first words name (its subject, or HYPERVISOR NETWORK), and the words after
/// them.
struct NamedNetwork
{
    NetworkPlace place;
    QStringList rest;
};

/// Errors: Usage.
Result<NamedNetwork> networkNamed(const PlanInput &input, const QStringList &words);
Step networkAutostartStep(const PlanInput &input, const NetworkPlace &network);
Step networkStartStep(const PlanInput &input, const NetworkPlace &network);
/// Whether two descriptions mean the same: what libvirt adds and the order of things aside.
bool meansTheSame(const NetworkForm &a, const NetworkForm &b);
/// Whether the words mean a network, and not a VM.
bool meansNetwork(const PlanInput &input, const QStringList &words);

} // namespace tropo
