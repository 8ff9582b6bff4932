#pragma once

#include "models/fleet/fleet.h"

namespace tropo {

/// A container engine with the VM that it runs in, and whether what was read of it tells how it is now. What
/// a machine said before stays in the evidence when it does not answer any more: that a container ran then
/// does not tell that it runs.
struct EngineView
{
    const Hypervisor *hypervisor = nullptr;
    const Domain *domain = nullptr;
    const Engine *engine = nullptr;
    QString subject;              ///< of the VM
    QString nodeId;               ///< its node in its Swarm, where the engine or its tasks' labels tell
    bool on = false;              ///< the VM runs, as far as is known
    bool containersKnown = false; ///< its containers are listed as they are now
    bool servicesKnown = false;   ///< the same of what a manager lists
    bool tasksKnown = false;
    bool nodesKnown = false;

    /// The name that its Swarm has for it; empty where not known.
    QString hostname() const;
    /// Its containers as they were last listed; none where the VM is off.
    const QList<Container> &listed() const;
};

/// Every engine of the fleet that something was read of, by its VM's subject. Points into the fleet, which
/// must outlive it.
QList<EngineView> enginesOf(const Fleet &fleet);

/// Whether a container does its work: paused ones and those that have ended do not.
bool isRunning(const Container &container);

} // namespace tropo
