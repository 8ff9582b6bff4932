#pragma once

#include "models/policy/policy.h"
#include "models/rules/vm_index.h"

namespace tropo {

/// What one VM has of one float. Rules read these, so that a fact is worked out once and the general rules
/// can tell when a specific one explains it.
struct FloatFacts
{
    const FloatPolicy *floating = nullptr;
    const VmView *vm = nullptr;
    QList<const Nic *> live; ///< NICs with its MAC
    QList<const Nic *> persistent;
    QList<const InsideUnit *> configured; ///< interfaces whose files give its address
    QList<const InsideUnit *> running;    ///< interfaces that have its address now
    QList<const InsideUnit *> bound;      ///< interfaces configured with, or showing, its MAC

    bool hasNic() const { return !live.isEmpty() || !persistent.isEmpty(); }
    bool hasAddress() const { return !configured.isEmpty() || !running.isEmpty(); }
    bool claims() const { return hasNic() || hasAddress(); }
    /// The address stands with another MAC that some NIC of the VM, or another float, has.
    bool mismatched() const;
    /// An address inside, but no NIC outside; or a NIC outside, and nothing inside that uses it.
    bool addressWithoutNic() const;
    bool nicWithoutAddress() const;
    /// Works now, but would not come back; the text says what is missing. Empty: not so, or not known.
    QString missingAtRestart() const;
    /// Would come up after a restart, but is not up now.
    QString missingNow() const;
    /// Where the claim is written, NICs first.
    QList<Source> sources() const;
};

FloatFacts factsOf(const FloatPolicy &floating, const VmView &vm);

/// The MAC that an interface claims for an address: its file's, else the kernel's. Nothing: not known.
std::optional<Sourced<MacAddress>> claimedMac(const InsideUnit &unit);

} // namespace tropo
