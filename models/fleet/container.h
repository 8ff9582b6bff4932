#pragma once

#include "models/fleet/machine.h"

#include <QMap>

namespace tropo {

enum class ContainerState { Unknown, Created, Running, Paused, Restarting, Removing, Exited, Dead };
enum class Health { Unknown, None, Starting, Healthy, Unhealthy };

struct PortMapping
{
    QString hostAddress;         ///< "0.0.0.0"; empty where only exposed
    std::optional<int> hostPort; ///< nothing: exposed, not published
    int containerPort = 0;
    QString protocol; ///< tcp, udp

    bool operator==(const PortMapping &) const = default;
};

/// What Swarm's labels, or the name NAME.SLOT.TASKID of a task's container, say of it.
struct SwarmTaskLabel
{
    QString service;   ///< service name
    QString serviceId; ///< empty where only the name tells
    QString taskId;
    std::optional<int> slot; ///< nothing for a global service (the name bears the node's id)
    QString nodeId;

    bool operator==(const SwarmTaskLabel &) const = default;
};

struct Container
{
    QString id; ///< as long as the document gives it: 12 or 64 digits
    QString name;
    QString image;
    QString command; ///< as printed; cut where the table cuts it
    ContainerState state = ContainerState::Unknown;
    Health health = Health::Unknown;
    QString status;      ///< "Up 5 days (healthy)"
    QString createdText; ///< "4 weeks ago"
    QDateTime created;   ///< exact where inspect tells
    QDateTime started;   ///< exact where inspect tells
    std::optional<QString>
        restartPolicy; ///< "no", "always", "unless-stopped", "on-failure"; nothing: not read
    QList<PortMapping> ports;
    QList<PortMapping> bindings; ///< what it is to publish when it runs, where inspect tells
    QStringList mounts; ///< "/srv/data:/data", "cache:/data": named volumes and folders, where inspect tells
    QString error;      ///< why the engine could not start it the last time
    QMap<QString, QString> labels;
    std::optional<SwarmTaskLabel> task;
    std::optional<OsRelease> os;
    Source source;

    bool operator==(const Container &) const = default;
};

struct Service
{
    QString id;
    QString name;
    QString mode; ///< replicated, global, …
    QString image;
    std::optional<int> running;
    std::optional<int> desired;
    std::optional<Sourced<QString>> updateState; ///< "updating", "completed", "paused", "rollback_started",
                                                 ///< …; empty: never updated; nothing: not asked
    Source source;

    bool operator==(const Service &) const = default;
};

struct SwarmTask
{
    QString id;
    QString name;    ///< "web.1"
    QString service; ///< "web"
    std::optional<int> slot;
    QString image;
    QString node;         ///< host name
    QString desiredState; ///< "Running", "Shutdown"
    QString currentState; ///< "Running 2 hours ago"
    QString error;
    Source source;

    bool operator==(const SwarmTask &) const = default;
};

struct SwarmNode
{
    QString id;
    QString hostname;
    QString status;       ///< Ready, Down
    QString availability; ///< Active, Drain
    QString manager;      ///< Leader, Reachable or empty
    Source source;

    bool operator==(const SwarmNode &) const = default;
};

/// A Docker engine. What was not read is nothing, not empty.
struct Engine
{
    std::optional<Sourced<QString>> version;    ///< server version
    std::optional<Sourced<QString>> swarmState; ///< active, inactive, pending, …
    QString nodeId;                             ///< this engine's node in its Swarm
    QString clusterId;                          ///< only managers know it
    QStringList remoteManagers;                 ///< nodes that it knows as its Swarm's managers
    std::optional<bool> manager;
    std::optional<QList<Container>> containers;
    QDateTime containersRead;               ///< when they were listed; invalid where not known
    std::optional<QList<Service>> services; ///< a manager's view
    std::optional<QList<SwarmTask>> tasks;
    std::optional<QList<SwarmNode>> nodes;
    QString platform;    ///< whose build it is: "Docker Engine - Community"; empty for a distribution's, or
                         ///< where not read
    QDateTime listsRead; ///< when services, tasks and nodes were listed, the earliest of them

    bool operator==(const Engine &) const = default;
    bool isEmpty() const { return *this == Engine{}; }
};

} // namespace tropo
