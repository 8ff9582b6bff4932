#pragma once

#include "models/swarm/swarm_table.h"

#include <QJsonArray>

namespace tropo {

/// The truth table as `inspect --format json` carries it under "swarm": one object for each place of each
/// service, with what its manager wants there, what runs, the verdict, why, and the lines that prove it.
QJsonArray swarmJson(const SwarmTable &table);

} // namespace tropo
