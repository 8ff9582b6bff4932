#include "models/items/tree_growth.h"

#include "models/items/container_words.h"
#include "models/items/visible_text.h"

#include <QMap>

namespace tropo {

namespace {

QList<Fact> containerFacts(const Container &container)
{
    Facts facts;
    facts.add(TreeWords::tr("Image"), container.image)
        .add(TreeWords::tr("Command"), container.command)
        .add(TreeWords::tr("State"), stateText(container.state))
        .add(TreeWords::tr("Health"), healthText(container.health))
        .add(TreeWords::tr("Status"), container.status)
        .add(TreeWords::tr("Created"),
             container.created.isValid() ? timeText(container.created) : container.createdText)
        .add(TreeWords::tr("Started"), timeText(container.started))
        .add(TreeWords::tr("Ports"), portsText(container))
        .add(TreeWords::tr("Base system"), container.os ? container.os->pretty : QString())
        .add(TreeWords::tr("Id"), container.id);
    if (container.task) {
        facts.add(TreeWords::tr("Service"), container.task->service)
            .add(TreeWords::tr("Slot"),
                 container.task->slot ? QString::number(*container.task->slot) : QString())
            .add(TreeWords::tr("Task"), container.task->taskId);
    }
    return facts.list();
}

TreeNode containerNode(const Growth &growth, const QString &parent, const Container &container)
{
    TreeNode node = growth.node(NodeKind::Container, parent + QLatin1String("/container/") + container.name,
                                container.name, {container.source});
    node.state = nodeStateOf(container);
    node.detail = joined({container.image, statusText(container), portsText(container)});
    if (container.health == Health::Unhealthy)
        node.badge = healthText(container.health);
    else if (node.state == NodeState::Off)
        node.badge = TreeWords::tr("stopped");
    if (growth.wants(node.key))
        node.facts = containerFacts(container);
    return node;
}

QString replicasText(const Service *service)
{
    if (!service || !service->running || !service->desired)
        return TreeWords::tr("replicas not read");
    return TreeWords::tr("running %1 of %2").arg(*service->running).arg(*service->desired);
}

/// docker's own word for how the last update goes or went.
QString updateText(const Service &service)
{
    if (!service.updateState)
        return {};
    return service.updateState->value.isEmpty() ? TreeWords::tr("never updated") : service.updateState->value;
}

TreeNode serviceNode(const Growth &growth, const QString &parent, const QString &name, const Service *service,
                     std::vector<TreeNode> containers)
{
    QList<Source> sources;
    if (service) {
        sources.append(service->source);
        if (service->updateState)
            sources.append(service->updateState->source);
    } else {
        for (const TreeNode &container : containers)
            sources.append(container.sources);
    }
    TreeNode node = growth.node(NodeKind::Service, parent + QLatin1String("/service/") + name, name, sources);
    node.state = service && service->running && service->desired
                     ? (*service->running >= *service->desired ? NodeState::On : NodeState::Unhealthy)
                     : NodeState::NotKnown;
    const QString here = TreeWords::tr("here: %1").arg(containers.size());
    node.detail = joined({service ? service->mode : QString(), replicasText(service), here});
    node.children = std::move(containers);
    if (growth.wants(node.key)) {
        Facts facts;
        facts.known(TreeWords::tr("Replicas"),
                    service && service->running ? replicasText(service) : QString());
        if (service)
            facts.add(TreeWords::tr("Mode"), service->mode)
                .add(TreeWords::tr("Image"), service->image)
                .add(TreeWords::tr("Update"), updateText(*service));
        facts.add(TreeWords::tr("Containers here"), QString::number(node.children.size()));
        node.facts = facts.list();
    }
    return node;
}

QList<Fact> engineFacts(const Engine &engine)
{
    QString role;
    if (engine.manager)
        role = *engine.manager ? TreeWords::tr("manager") : TreeWords::tr("worker");
    return Facts()
        .known(TreeWords::tr("Version"), engine.version ? engine.version->value : QString())
        .known(TreeWords::tr("Swarm"), engine.swarmState ? engine.swarmState->value : QString())
        .add(TreeWords::tr("Role"), role)
        .add(TreeWords::tr("Node id"), engine.nodeId)
        .add(TreeWords::tr("Cluster id"), engine.clusterId)
        .known(TreeWords::tr("Containers"),
               engine.containers ? QString::number(engine.containers->size()) : QString())
        .list();
}

QString engineDetail(const Engine &engine)
{
    QString containers = TreeWords::tr("containers not read");
    if (engine.containers) {
        const auto running =
            std::count_if(engine.containers->begin(), engine.containers->end(),
                          [](const Container &c) { return c.state == ContainerState::Running; });
        containers = engine.containers->isEmpty()
                         ? TreeWords::tr("no containers")
                         : TreeWords::tr("running %1 of %2").arg(running).arg(engine.containers->size());
    }
    const QString swarm =
        engine.swarmState ? TreeWords::tr("Swarm %1").arg(engine.swarmState->value) : QString();
    return joined({containers, swarm});
}

} // namespace

TreeNode engineNode(const Growth &growth, const QString &parent, const Engine &engine)
{
    QList<Source> sources;
    if (engine.version)
        sources.append(engine.version->source);
    if (engine.swarmState)
        sources.append(engine.swarmState->source);
    const QString label =
        engine.version ? TreeWords::tr("Docker %1").arg(engine.version->value) : TreeWords::tr("Docker");
    TreeNode node = growth.node(NodeKind::Engine, parent + QLatin1String("/engine"), label, sources);
    node.state = engine.containers ? NodeState::On : NodeState::NotKnown;
    node.detail = engineDetail(engine);
    if (growth.wants(node.key))
        node.facts = engineFacts(engine);
    if (!engine.containers) {
        node.children.push_back(growth.notRead(node.key, TreeWords::tr("containers"),
                                               TreeWords::tr("the list of containers was not collected")));
        return node;
    }
    std::vector<TreeNode> loose;
    QMap<QString, std::vector<TreeNode>> byService;
    QMap<QString, const Service *> services;
    if (engine.services)
        for (const Service &service : *engine.services) {
            services.insert(service.name, &service);
            byService[service.name];
        }
    for (const Container &container : *engine.containers) {
        TreeNode row = containerNode(growth, parent, container);
        if (!node.taken.isValid() || (row.taken.isValid() && row.taken < node.taken))
            node.taken = row.taken;
        if (container.task)
            byService[container.task->service].push_back(std::move(row));
        else
            loose.push_back(std::move(row));
    }
    for (auto it = byService.begin(); it != byService.end(); ++it)
        node.children.push_back(
            serviceNode(growth, parent, it.key(), services.value(it.key()), std::move(it.value())));
    std::move(loose.begin(), loose.end(), std::back_inserter(node.children));
    return node;
}

} // namespace tropo
