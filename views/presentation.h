#pragma once

#include "models/floats/float_row.h"
#include "models/forecast/forecast.h"
#include "models/items/float_board.h"
#include "models/items/tree_node.h"
#include "models/snapshot.h"
#include "models/swarm/swarm_table.h"
#include "views/theme/theme.h"

namespace tropo {

/// What meanings look like: the one place where a kind, a state or a severity becomes an icon and a word.
QString iconName(NodeKind kind, NodeState state);
QString iconName(Severity severity);
QString iconName(LayerState state);
QString iconName(SwarmVerdict verdict);
QString iconName(DomainState state);
QString iconName(CardState state);
QString kindWord(NodeKind kind);
/// A forecast looks like findings of that severity, with words of its own.
Severity severityFor(ForecastWeight weight);
QString weightWord(ForecastWeight weight);
QString stateWord(NodeState state);
QString stateWord(DomainState state);
QString cardStateWord(CardState state, bool split); ///< "held", "on several", "free", "not known"
/// "LIVE", "CAPTURE", "DEMO", "DEMO, SIMULATED".
QString sourceWord(const Snapshot &snapshot);
QColor inkFor(Severity severity, const Ink &ink);
QColor inkFor(SwarmVerdict verdict, const QPalette &palette);
QColor inkFor(CardState state, const QPalette &palette);

} // namespace tropo
