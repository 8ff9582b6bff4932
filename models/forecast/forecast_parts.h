#pragma once

#include "models/forecast/file_binding.h"
#include "models/forecast/forecast.h"
#include "models/forecast/next_start.h"

namespace tropo {

/// Adds an item; sources that are null or there already are left out.
void foresee(Forecast &forecast, const char *kind, ForecastWeight weight, const QString &subject,
             const QString &message, const QList<Source> &sources);
/// Says once what could not be told.
void leaveOpen(Forecast &forecast, const QString &sentence);

// The parts of a VM's forecast. Each adds to it.

/// NICs that appear, vanish or are others than now.
void foreseeNics(const VmView &vm, const NextStart &start, Forecast &forecast);
/// Files inside that would not apply or stand in each other's way, and what becomes of the addresses.
void foreseeInside(const VmView &vm, const NextStart &start, const Policy &policy, Forecast &forecast);
/// Addresses that would be lost, moved, changed or gained.
void foreseeAddresses(const VmView &vm, const NextStart &start, const Policy &policy,
                      const QList<FileBinding> &files, Forecast &forecast);
/// Containers that the engine would not start again, or would start though they are stopped.
void foreseeContainers(const VmView &vm, Forecast &forecast);

/// A VM's own forecast, with what the hypervisor's needs of it.
struct VmForecast
{
    const VmView *vm = nullptr;
    Forecast forecast;
};

/// Networks, VMs and interfaces of a hypervisor that restarts.
void foreseeHost(const Hypervisor &hypervisor, const QList<VmForecast> &vms, const Policy &policy,
                 Forecast &forecast);

} // namespace tropo
