#include "models/fixes/simulated_fleet.h"
#include "models/fixes/simulation.h"

#include <QCryptographicHash>

#include <functional>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Ids are printed at 12 digits and at 64.
bool sameId(const QString &a, const QString &b)
{
    return !a.isEmpty() && !b.isEmpty() && (a.startsWith(b) || b.startsWith(a));
}

bool runs(const Container &container)
{
    return container.state == ContainerState::Running || container.state == ContainerState::Restarting ||
           container.state == ContainerState::Paused;
}

bool isOf(const Container &container, const Service &service)
{
    return container.task && container.task->service == service.name;
}

/// In every list of tasks that a manager has shown.
void forManagers(Fleet &fleet, const std::function<void(QList<SwarmTask> &)> &change)
{
    for (Hypervisor &hypervisor : fleet.hypervisors)
        if (hypervisor.domains)
            for (Domain &domain : *hypervisor.domains)
                if (domain.guest && domain.guest->engine.tasks)
                    change(*domain.guest->engine.tasks);
}

/// The same place of a service, by another task in another container.
Container madeAnew(const Container &ended, const QString &task)
{
    Container anew = ended;
    const QByteArray sum = QCryptographicHash::hash(task.toUtf8(), QCryptographicHash::Sha256).toHex();
    anew.id = QString::fromLatin1(sum);
    anew.task->taskId = task;
    if (const QString label = u"com.docker.swarm.task.id"_s; anew.labels.contains(label))
        anew.labels[label] = task;
    anew.name = u"%1.%2.%3"_s.arg(ended.task->service, QString::number(ended.task->slot.value_or(0)), task);
    anew.state = ContainerState::Running;
    anew.status = u"Up 1 second"_s;
    anew.source = simulationSource();
    return anew;
}

} // namespace

/// Not by way of the const one: what is changed must not be shared with the reading that it began with.
Container *SimulatedFleet::containerOf(const ContainerPlace &place)
{
    Domain *domain = domainOf(place.vm);
    if (!domain || !domain->guest || !domain->guest->engine.containers)
        return nullptr;
    for (Container &container : *domain->guest->engine.containers)
        if (sameId(container.id, place.id))
            return &container;
    return nullptr;
}

const Container *SimulatedFleet::containerOf(const ContainerPlace &place) const
{
    const Domain *domain = domainOf(place.vm);
    if (!domain || !domain->guest || !domain->guest->engine.containers)
        return nullptr;
    for (const Container &container : *domain->guest->engine.containers)
        if (sameId(container.id, place.id))
            return &container;
    return nullptr;
}

Service *SimulatedFleet::serviceOf(const VmPlace &manager, const QString &id)
{
    Domain *domain = domainOf(manager);
    if (!domain || !domain->guest || !domain->guest->engine.services)
        return nullptr;
    for (Service &service : *domain->guest->engine.services)
        if (sameId(service.id, id))
            return &service;
    return nullptr;
}

Result<void> SimulatedFleet::setState(const ContainerPlace &place, ContainerState state,
                                      const QString &status)
{
    Container *container = containerOf(place);
    if (!container)
        return simulatedRefusal(place.vm.subject(), u"no such container"_s);
    container->state = state;
    container->status = status;
    return {};
}

Result<void> SimulatedFleet::act(const StopContainer &action)
{
    return setState(action.container, ContainerState::Exited, u"Exited (0) just now"_s);
}

Result<void> SimulatedFleet::act(const StartContainer &action)
{
    return setState(action.container, ContainerState::Running, u"Up 1 second"_s);
}

Result<void> SimulatedFleet::act(const RemoveContainer &action)
{
    const Container *container = containerOf(action.container);
    if (!container)
        return simulatedRefusal(action.container.vm.subject(), u"no such container"_s);
    if (runs(*container))
        return simulatedRefusal(action.container.vm.subject(), u"it runs: stop it first"_s);
    const QString id = container->id;
    domainOf(action.container.vm)->guest->engine.containers->removeIf([&](const Container &one) {
        return one.id == id;
    });
    return {};
}

/// Swarm ends the tasks of the highest slots.
void SimulatedFleet::endTasks(const Service &service, int replicas)
{
    for (Hypervisor &hypervisor : m_fleet.hypervisors) {
        if (!hypervisor.domains)
            continue;
        for (Domain &domain : *hypervisor.domains) {
            if (!domain.guest || !domain.guest->engine.containers)
                continue;
            const VmPlace node{hypervisor.name, domain.name, domain.uuid};
            domain.guest->engine.containers->removeIf([&](const Container &one) {
                const bool ends = isOf(one, service) && one.task->slot.value_or(0) > replicas;
                if (ends)
                    m_ended.append({node, one});
                return ends;
            });
        }
    }
    forManagers(m_fleet, [&](QList<SwarmTask> &tasks) {
        for (SwarmTask &task : tasks)
            if (task.service == service.name && task.slot.value_or(0) > replicas) {
                task.desiredState = u"Shutdown"_s;
                task.currentState = u"Shutdown 1 second ago"_s;
            }
    });
}

/// Places that ran before are filled again, where they were; where the Swarm would put others is not known.
/// Gives how many were started.
int SimulatedFleet::startTasks(const Service &service, int replicas)
{
    int started = 0;
    for (qsizetype i = m_ended.size() - 1; i >= 0; --i) {
        const EndedTask ended = m_ended[i];
        Domain *domain = domainOf(ended.node);
        const int slot = ended.container.task->slot.value_or(0);
        if (!isOf(ended.container, service) || slot > replicas || !domain)
            continue;
        m_ended.removeAt(i);
        const QString id = u"simulated%1"_s.arg(++m_tasks, 16, 10, QChar(u'0'));
        domain->guest->engine.containers->append(madeAnew(ended.container, id));
        forManagers(m_fleet, [&](QList<SwarmTask> &tasks) {
            for (qsizetype at = 0; at < tasks.size(); ++at) {
                if (tasks[at].id != ended.container.task->taskId)
                    continue;
                SwarmTask task = tasks[at];
                task.id = id;
                task.desiredState = u"Running"_s;
                task.currentState = u"Running 1 second ago"_s;
                tasks.append(task);
                break;
            }
        });
        ++started;
    }
    return started;
}

Result<void> SimulatedFleet::act(const ScaleService &action)
{
    Service *service = serviceOf(action.manager, action.serviceId);
    if (!service)
        return simulatedRefusal(action.manager.subject(), u"no such service"_s);
    service->desired = action.replicas;
    endTasks(*service, action.replicas);
    const int left = qMin(service->running.value_or(action.replicas), action.replicas);
    service->running = left + startTasks(*service, action.replicas);
    return {};
}

Result<void> SimulatedFleet::act(const ArmRevert &action)
{
    m_armed.append(action.place);
    return {};
}

Result<void> SimulatedFleet::act(const DisarmRevert &action)
{
    for (const RevertPlace &place : action.places)
        m_armed.removeAll(place);
    return {};
}

Result<Observation> SimulatedFleet::see(const ContainerIs &c) const
{
    if (const Domain *domain = domainOf(c.container.vm);
        !domain || !domain->guest || !domain->guest->engine.containers)
        return notThere(c.container.vm.subject());
    const Container *container = containerOf(c.container);
    if (!container)
        return Observation{c.phase == ContainerPhase::Absent, u"it is gone"_s};
    const QString task = container->task ? container->task->taskId : QString();
    if (!c.container.taskId.isEmpty() && !sameId(task, c.container.taskId))
        return Observation{false, u"it belongs to another task now"_s};
    const bool running = runs(*container);
    const auto phase = running ? ContainerPhase::Running : ContainerPhase::Stopped;
    return Observation{phase == c.phase, running ? u"it runs"_s : u"it is stopped"_s};
}

Result<Observation> SimulatedFleet::see(const TaskUnwanted &c) const
{
    const Domain *domain = domainOf(c.manager);
    if (!domain || !domain->guest || !domain->guest->engine.tasks)
        return notThere(c.manager.subject());
    for (const SwarmTask &task : *domain->guest->engine.tasks)
        if (sameId(task.id, c.container.taskId)) {
            const bool wanted = task.desiredState.compare(u"running", Qt::CaseInsensitive) == 0;
            return Observation{!wanted, u"the Swarm wants it %1"_s.arg(task.desiredState)};
        }
    return Observation{true, u"the Swarm does not know its task"_s};
}

Result<Observation> SimulatedFleet::see(const ServiceReplicasAre &c) const
{
    const Domain *domain = domainOf(c.manager);
    if (!domain || !domain->guest || !domain->guest->engine.services)
        return notThere(c.manager.subject());
    for (const Service &service : *domain->guest->engine.services)
        if (sameId(service.id, c.serviceId)) {
            const bool asWished =
                service.desired == c.desired && (!c.running || service.running == c.running);
            return Observation{asWished, u"it asks for %1 and has %2"_s.arg(service.desired.value_or(-1))
                                             .arg(service.running.value_or(-1))};
        }
    return Observation{false, u"there is no such service"_s};
}

Result<Observation> SimulatedFleet::see(const RevertArmed &c) const
{
    const bool armed = m_armed.contains(c.place);
    return Observation{armed == c.armed, armed ? u"it is"_s : u"it is not"_s};
}

} // namespace tropo
