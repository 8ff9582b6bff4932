#pragma once

#include "models/fixes/find.h"

namespace tropo {

// Steps that change containers, with the least force: no kill, no volumes, by full id.

/// A container that is to go.
struct ContainerRemoval
{
    const Container *container = nullptr;
    std::optional<VmPlace> manager; ///< of the Swarm that must not want it; nothing: of no Swarm
    QString why;                    ///< "which its Swarm does not want"
    QString kept;                   ///< what serves on: "web.1.x on Ulov serves on"
};

ContainerPlace containerPlace(const VmView &vm, const Container &container);
Step containerStep(const QString &id, const QString &title, const VmView &vm, const Action &action);
QString dockerLine(const PlanInput &input, const VmView &vm, const QStringList &words);
/// Keeps its description and log, stops it, removes it.
void addContainerRemoval(const PlanInput &input, const VmView &vm, const ContainerRemoval &removal,
                         Plan &plan);

/// Of containers of one engine that do the same, and that no Swarm accounts for: keeps the healthy, newer
/// one. The arguments name them all, as SUBJECT or VM/container/NAME.
Result<Plan> planPlainDuplicates(const PlanInput &input, const PlanRequest &request);

} // namespace tropo
