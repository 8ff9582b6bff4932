#pragma once

#include "models/items/container_words.h"

#include <QMap>

namespace tropo {

/// One service on one VM of its Swarm or project; without lines where it does not run there.
struct ServiceCell
{
    QStringList lines;                   ///< "slot 1: Up 5 days (healthy)"
    std::optional<SwarmVerdict> verdict; ///< the worst of its places; nothing: no Swarm says what is wanted
    QString why;
    QString subject; ///< of the container where it is one, else of the service
    bool unhealthy = false;
    bool read = true; ///< false: the VM's containers are not known as they are now
    QList<Source> sources;

    bool operator==(const ServiceCell &) const = default;
};

/// A service of a Swarm or of a Compose project, on all VMs.
struct ServiceLine
{
    QString key;
    QString subject;
    QString name;
    QString origin;                      ///< "Swarm of Thalorien", "Compose project graphs"
    QString replicas;                    ///< "2 of 3 run"
    std::optional<SwarmVerdict> verdict; ///< the worst of its places; nothing: no Swarm says what is wanted
    QString why;                         ///< a sentence for each place that is not as wanted
    QList<Source> sources;
    QMap<QString, ServiceCell> cells; ///< by VM

    bool operator==(const ServiceLine &) const = default;
};

/// A container, wherever it stands.
struct ContainerLine
{
    QString key; ///< its subject
    QString name;
    QString vm; ///< as people call it
    QString hypervisor;
    QString service; ///< "web, slot 2", "grafana of graphs"; empty for one of its own
    QString image;
    QString status;
    NodeState state = NodeState::NotKnown;
    QString ports;
    std::optional<SwarmVerdict> verdict;
    QString why;
    bool stale = false; ///< the VM's containers are not known as they are now
    QList<Source> sources;

    bool operator==(const ContainerLine &) const = default;
};

/// A VM with containers, or with services of a Swarm.
struct ContainerVm
{
    QString subject;
    QString name; ///< with its hypervisor where two have the name
    bool operator==(const ContainerVm &) const = default;
};

/// All services and containers of a fleet as the containers' screen shows them. A value: it may be made on a
/// worker.
struct ContainerOverview
{
    QList<ContainerVm> vms; ///< columns: those of a Swarm, and those that run a Compose project
    QList<ServiceLine> services;
    QList<ContainerLine> containers;
    QStringList unread; ///< running VMs whose containers are not known, "Ulov on trop02"

    bool operator==(const ContainerOverview &) const = default;
};

ContainerOverview containerOverview(const Fleet &fleet);

} // namespace tropo
