#pragma once

#include "models/fixes/plan.h"

#include <stop_token>

namespace tropo {

/// What was seen of a condition.
struct Observation
{
    bool holds = false;
    QString seen; ///< as a sentence, with the values: "it has 129.215.175.101 there"

    bool operator==(const Observation &) const = default;
};

/// Carries out a plan's actions on something: the fleet itself (ssh/apply), or a copy of it in memory
/// (simulated_fleet.h). Calls block, on a worker thread, one at a time, and return within a second of `stop`.
/// A returned error is one of the way there; `perform` without error means accepted, not done: only `observe`
/// tells.
class Executor
{
public:
    virtual ~Executor() = default;
    virtual Result<void> perform(const Action &action, const std::stop_token &stop) = 0;
    /// An error: not known.
    virtual Result<Observation> observe(const Condition &condition, const std::stop_token &stop) = 0;
    /// Whether what happens is only shown.
    virtual bool isSimulation() const = 0;
};

} // namespace tropo
