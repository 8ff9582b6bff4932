#pragma once

#include "models/fixes/planner.h"
#include "models/items/float_board.h"

namespace tropo {

/// What stands for no VM where a float is given to one: it is released.
QString nobodySubject();

/// The plan that brings a float to a VM, or to nobody, from where the board has it.
PlanRequest moveRequest(const FloatBoard &board, const QString &name, const QString &subject);

/// Why a float cannot go there, as far as the board shows; empty: nothing on the board speaks against it.
QString whyNotThere(const FloatBoard &board, const QString &name, const QString &subject);

/// Why there is no safe plan, by the planner itself, for a live fleet or for a simulation of another; empty:
/// there is one. For a worker's thread: it may take a while on a large fleet.
QString whyNoPlan(const Snapshot &snapshot, const PlanRequest &request);

} // namespace tropo
