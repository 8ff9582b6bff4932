#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// When a machine was read: the capture's time, else the machine's own clock. Invalid: not known.
inline QDateTime readTime(const Fleet &fleet, const Machine &machine)
{
    if (fleet.taken.isValid())
        return fleet.taken;
    return machine.clock ? machine.clock->value : QDateTime();
}

} // namespace tropo
