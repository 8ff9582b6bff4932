#pragma once

#include "models/policy/policy.h"
#include "models/rules/vm_index.h"

namespace tropo {

/// A MAC that an interface has its address with.
struct MacClaim
{
    const InsideUnit *unit = nullptr;
    Sourced<MacAddress> mac;
};

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
    QList<MacClaim> mismatches;           ///< where its address stands with another MAC

    bool hasNic() const { return !live.isEmpty() || !persistent.isEmpty(); }
    bool hasAddress() const { return !configured.isEmpty() || !running.isEmpty(); }
    bool claims() const { return hasNic() || hasAddress(); }
    bool mismatched() const { return !mismatches.isEmpty(); }
    /// Several NICs of one form have its MAC.
    bool duplicated() const { return qMax(live.size(), persistent.size()) > 1; }
    /// The file that gives its address names a MAC which is nobody's: nic-mac-unknown-inside says so, with
    /// what was probably meant, and why the float does not work.
    bool misnamed() const;
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

/// The facts of every float and VM that have to do with one another, by float, then by VM.
QList<FloatFacts> floatClaims(const Policy &policy, const VmIndex &index);

/// Whether a NIC is known to hang on another network or bridge than floats belong on.
bool hangsElsewhere(const Nic &nic, const Hypervisor &hypervisor, const Policy &policy);

} // namespace tropo
