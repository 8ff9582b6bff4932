#pragma once

#include "tests/generator/dice.h"
#include "tests/generator/world.h"

namespace tropo::generator {

struct WorldSize
{
    int hypervisors = 3;
    int vms = 3;        ///< of each hypervisor, at least 1
    bool varied = true; ///< up to two VMs more or fewer on each
};

/// A fleet with nothing wrong: the same for the same seed and size.
World healthyWorld(quint64 seed, WorldSize size);
/// Of a size that the seed chooses: 2 to 4 hypervisors with 2 to 5 VMs.
World healthyWorld(quint64 seed);

// Its parts.

void addHypervisor(World &world, int number, Dice &dice);
/// The VM's reservation, lease and NICs; its inside, where it runs.
void addVm(World &world, WorldHypervisor &host, const QString &name, Dice &dice);
void addEngines(World &world, Dice &dice);
/// Systems that are supported for more than a year after the capture.
const QList<WorldOs> &guestSystems();
WorldOs hypervisorSystem();
QList<WorldFilesystem> filesystems(Dice &dice);

} // namespace tropo::generator
