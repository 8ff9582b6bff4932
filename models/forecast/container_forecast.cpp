#include "models/fleet/subject.h"
#include "models/forecast/forecast_parts.h"

namespace tropo {

namespace {

bool runs(const Container &container)
{
    return container.state == ContainerState::Running || container.state == ContainerState::Paused ||
           container.state == ContainerState::Restarting;
}

} // namespace

/// Docker's documented policies: at the engine's start "always" and "unless-stopped" are started again, "no"
/// and "on-failure" are not. Tasks are started by Swarm.
void foreseeContainers(const VmView &vm, Forecast &forecast)
{
    const auto &guest = vm.domain->guest;
    if (!guest || !guest->engine.containers)
        return;
    int unread = 0;
    for (const Container &container : *guest->engine.containers) {
        if (container.task)
            continue;
        const QString place = subject::container(vm.subject, container.name);
        const bool isRunning = runs(container);
        if (!container.restartPolicy) {
            unread += isRunning ? 1 : 0;
            continue;
        }
        const QString &policy = *container.restartPolicy;
        if (isRunning && (policy == u"no" || policy == u"on-failure"))
            foresee(forecast, "container-not-started", ForecastWeight::Lost, place,
                    QStringLiteral("The container %1 would stay stopped: its restart policy is \"%2\".")
                        .arg(container.name, policy),
                    {container.source});
        else if (container.state == ContainerState::Exited && policy == u"always")
            foresee(forecast, "container-starts", ForecastWeight::Change, place,
                    QStringLiteral("The container %1 is stopped and would be started: its restart policy is "
                                   "\"always\".")
                        .arg(container.name),
                    {container.source});
    }
    if (unread > 0)
        leaveOpen(forecast, unread == 1
                                ? QStringLiteral("Whether its container starts again: the restart policy was "
                                                 "not read.")
                                : QStringLiteral("Whether its %1 containers start again: their restart "
                                                 "policies were not read.")
                                      .arg(unread));
}

} // namespace tropo
