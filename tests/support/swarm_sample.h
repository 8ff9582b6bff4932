#pragma once

#include "tests/support/fleet_builder.h"

#include <array>

namespace tropo::build {

/// 25 characters, as Swarm's ids have.
inline QString swarmId(const QString &text)
{
    return text.leftJustified(25, u'x', true);
}

/// A Swarm of three VMs, Thalorien (the manager), Wenebrith and Araybwyn, all read at one moment. What runs
/// and what is wanted is added, taken away and changed by the test; the fleet is made of it as it then
/// stands.
struct SwarmSample
{
    static constexpr int manager = 0;
    std::array<QString, 3> names{QStringLiteral("Thalorien"), QStringLiteral("Wenebrith"),
                                 QStringLiteral("Araybwyn")};
    std::array<QList<Container>, 3> containers;
    std::array<bool, 3> read{true, true, true};
    QList<Service> services;
    QList<SwarmTask> tasks;
    QList<SwarmNode> nodes;
    bool answers = true; ///< the manager lists services, tasks and nodes
    QDateTime time{{2023, 7, 18}, {16, 0}, Qt::UTC};
    QString cluster = swarmId(QStringLiteral("cluster"));

    SwarmSample()
    {
        for (int i = 0; i < 3; ++i) {
            SwarmNode node;
            node.id = nodeId(i);
            node.hostname = names[index(i)];
            node.status = QStringLiteral("Ready");
            node.availability = QStringLiteral("Active");
            node.manager = i == manager ? QStringLiteral("Leader") : QString();
            node.source = {QStringLiteral("trop01/guests/Thalorien/docker/nodes.json"), i + 1, i + 1};
            nodes.append(node);
        }
    }

    static std::size_t index(int i) { return static_cast<std::size_t>(i); }
    static QString nodeId(int i) { return swarmId(QStringLiteral("node%1").arg(i)); }
    static QString serviceId(const QString &name) { return swarmId(QStringLiteral("service") + name); }
    static QString taskId(const QString &name, const QString &key, const QString &mark)
    {
        return swarmId(QStringLiteral("t") + mark + name + key);
    }

    /// A service that wants `desired`, of which `running` run.
    Service &serve(const char *name, int running, int desired, const char *mode = "replicated")
    {
        Service service;
        service.id = serviceId(str(name)).first(12);
        service.name = str(name);
        service.mode = str(mode);
        service.image = str("web:1");
        service.running = running;
        service.desired = desired;
        const int line = static_cast<int>(services.size()) + 1;
        service.source = {QStringLiteral("trop01/guests/Thalorien/docker/services.json"), line, line};
        services.append(service);
        return services.back();
    }

    /// A task of a service in the manager's list; slot 0: of a global service, on its node.
    SwarmTask &want(const char *service, int slot, int on, const char *mark = "",
                    const char *desired = "Running", const char *current = "Running 4 weeks ago",
                    const char *error = "")
    {
        const QString key = slot > 0 ? QString::number(slot) : nodeId(on);
        SwarmTask task;
        task.id = taskId(str(service), slot > 0 ? key : QString(u'n' + QString::number(on)), str(mark));
        task.name = str(service) + u'.' + key;
        task.service = str(service);
        if (slot > 0)
            task.slot = slot;
        task.node = names[index(on)];
        task.desiredState = str(desired);
        task.currentState = str(current);
        task.error = str(error);
        const int line = static_cast<int>(tasks.size()) + 1;
        task.source = {QStringLiteral("trop01/guests/Thalorien/docker/tasks.json"), line, line};
        tasks.append(task);
        return tasks.back();
    }

    /// A container with the labels that Swarm gives it.
    Container &run(const char *service, int slot, int on, const char *mark = "")
    {
        const QString key = slot > 0 ? QString::number(slot) : nodeId(on);
        const QString id =
            taskId(str(service), slot > 0 ? key : QString(u'n' + QString::number(on)), str(mark));
        Container made = container(qPrintable(id), "", qPrintable(str(service) + str(":1")));
        made.name = str(service) + u'.' + key + u'.' + id;
        made.task = SwarmTaskLabel{str(service), serviceId(str(service)), id, {}, nodeId(on)};
        if (slot > 0)
            made.task->slot = slot;
        made.labels = {{QStringLiteral("com.docker.swarm.task.id"), id}};
        made.created = made.started = time.addDays(-28);
        const int line = static_cast<int>(containers[index(on)].size()) + 1;
        made.source = {QStringLiteral("trop01/guests/%1/docker/ps.json").arg(names[index(on)]), line, line};
        containers[index(on)].append(made);
        return containers[index(on)].back();
    }

    /// A container and the task that wants it.
    void runWanted(const char *service, int slot, int on, const char *mark = "")
    {
        want(service, slot, on, mark);
        run(service, slot, on, mark);
    }

    Domain vm(int i) const
    {
        const QByteArray mac = "52:54:00:02:01:0" + QByteArray::number(i + 8, 16);
        const QString &name = names[index(i)];
        Domain made = dockerHost(qPrintable(name), mac.constData(), containers[index(i)]);
        made.guest->system.hostname = Sourced<QString>{name, {QStringLiteral("hostname.txt"), 1, 1}};
        Engine &engine = made.guest->engine;
        engine.nodeId = nodeId(i);
        engine.swarmState = Sourced<QString>{QStringLiteral("active"), {QStringLiteral("info.json"), 1, 1}};
        engine.remoteManagers = {nodeId(manager)};
        engine.containersRead = time;
        if (!read[index(i)])
            engine.containers.reset();
        if (i == manager && answers) {
            engine.clusterId = cluster;
            engine.manager = true;
            engine.services = services;
            engine.tasks = tasks;
            engine.nodes = nodes;
            engine.listsRead = time;
        }
        return made;
    }

    Fleet fleet(const QList<int> &order = {0, 1, 2}) const
    {
        QList<Domain> vms;
        for (int i : order)
            vms.append(vm(i));
        return build::fleet({hypervisor("trop01", vms)});
    }
};

/// web with two replicas and the global agent, as wanted.
inline SwarmSample healthySwarm()
{
    SwarmSample sample;
    sample.serve("web", 2, 2);
    sample.serve("agent", 3, 3, "global");
    sample.runWanted("web", 1, 0);
    sample.runWanted("web", 2, 1);
    for (int i = 0; i < 3; ++i)
        sample.runWanted("agent", 0, i);
    return sample;
}

} // namespace tropo::build
