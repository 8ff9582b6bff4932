#include "models/swarm/engine_view.h"

#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

namespace {

/// Whether a later attempt to read a document failed: its own, its folder's, its guest's, or that of the
/// libvirt which tells of the guest.
bool isOvertaken(const EngineView &view, QLatin1StringView name, const QDateTime &read)
{
    const QString guest = QLatin1String("guest ") + view.domain->name;
    const QString folder = QLatin1String("guests/") + escapedName(view.domain->name);
    const QStringList names{QStringLiteral("libvirt"), guest, folder, folder + QLatin1String("/docker"),
                            folder + QLatin1String("/docker/") + name};
    return std::any_of(
        view.hypervisor->errors.begin(), view.hypervisor->errors.end(), [&](const SourceError &error) {
            return names.contains(error.source) && (!error.taken.isValid() || error.taken > read);
        });
}

/// A VM that is off runs no containers, whatever was read of it before.
bool mayRun(const Domain &domain)
{
    return domain.state == DomainState::Running || domain.state == DomainState::Unknown;
}

/// The engine's own word, or else what the labels of its running tasks agree on.
QString nodeOf(const Engine &engine)
{
    if (!engine.nodeId.isEmpty() || !engine.containers)
        return engine.nodeId;
    QString node;
    for (const Container &container : *engine.containers) {
        if (!container.task || container.task->nodeId.isEmpty() || !isRunning(container))
            continue;
        if (!node.isEmpty() && node != container.task->nodeId)
            return {};
        node = container.task->nodeId;
    }
    return node;
}

EngineView viewOf(const Hypervisor &hypervisor, const Domain &domain)
{
    EngineView view;
    view.hypervisor = &hypervisor;
    view.domain = &domain;
    view.engine = &domain.guest->engine;
    view.subject = subject::vm(hypervisor.name, domain.name);
    view.nodeId = nodeOf(*view.engine);
    const Engine &engine = *view.engine;
    view.on = mayRun(domain);
    const auto known = [&](bool read, const char *name, const QDateTime &at) {
        return view.on && read && !isOvertaken(view, QLatin1StringView(name), at);
    };
    view.containersKnown = known(engine.containers.has_value(), "ps.json", engine.containersRead);
    view.servicesKnown = known(engine.services.has_value(), "services.json", engine.listsRead);
    view.tasksKnown = known(engine.tasks.has_value(), "tasks.json", engine.listsRead);
    view.nodesKnown = known(engine.nodes.has_value(), "nodes.json", engine.listsRead);
    return view;
}

} // namespace

QString EngineView::hostname() const
{
    const auto &read = domain->guest->system.hostname;
    return read ? read->value : QString();
}

const QList<Container> &EngineView::listed() const
{
    static const QList<Container> none;
    return on && engine->containers ? *engine->containers : none;
}

QList<EngineView> enginesOf(const Fleet &fleet)
{
    QList<EngineView> views;
    for (const Hypervisor &hypervisor : fleet.hypervisors) {
        if (!hypervisor.domains)
            continue;
        for (const Domain &domain : *hypervisor.domains)
            if (domain.guest && !domain.guest->engine.isEmpty())
                views.append(viewOf(hypervisor, domain));
    }
    std::sort(views.begin(), views.end(),
              [](const EngineView &a, const EngineView &b) { return a.subject < b.subject; });
    return views;
}

bool isRunning(const Container &container)
{
    return container.state == ContainerState::Running || container.state == ContainerState::Restarting;
}

} // namespace tropo
