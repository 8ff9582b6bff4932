#pragma once

#include "models/rules/float_facts.h"
#include "models/story/tellers.h"

namespace tropo {

/// What one VM has of the floats that it mixes up.
struct Confusion
{
    const Policy &policy;
    const VmView *vm;
    QList<FloatFacts> facts; ///< of each float, those first whose address the VM has

    QList<MacAddress> macs() const; ///< of the floats, and what stands with their addresses
    const FloatFacts *duplicated() const;
    const FloatFacts *mismatched() const;
    const FloatPolicy *floatWith(MacAddress mac) const { return policy.floatWith(mac); }
};

/// Tells a confusion whose findings the draft has already.
void tell(Draft &draft, const StoryInput &input, const Confusion &confusion);

} // namespace tropo
