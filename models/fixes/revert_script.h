#pragma once

#include "models/fixes/plan.h"
#include "models/policy/policy.h"

namespace tropo {

/// Where an action would be done by a timer: on the hypervisor, or in the guest; nothing where no timer can
/// do it.
struct RevertSide
{
    VmPlace vm;
    bool inside = false;
    bool operator==(const RevertSide &) const = default;
};
std::optional<RevertSide> revertSideOf(const Action &action);

/// A script for sh that does the actions in their order with the tools of the machine itself. Each line does
/// nothing where it is so already: the plan may have been cut off anywhere. `silent`: on a hypervisor, NICs
/// are given back only where nobody answers for this address.
QByteArray revertScript(const QList<Action> &actions, const RevertSide &side, const Policy &policy,
                        const std::optional<AddressSilent> &silent);

} // namespace tropo
