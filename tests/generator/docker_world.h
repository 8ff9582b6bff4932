#pragma once

#include "tests/generator/dice.h"
#include "tests/generator/world.h"

namespace tropo::generator {

// Containers as Docker makes them, for healthy fleets and broken ones.

/// What one can run: an image with its command and its own system.
struct Program
{
    QString image;
    QStringList command;
    std::optional<WorldOs> os;
};

const QList<Program> &programs();
WorldOs containerSystem(const QString &id, const QString &version);

/// A container that runs since `started`, with a name of its own.
WorldContainer containerOf(const Program &program, const QString &name, const QDateTime &started, Dice &dice);
/// The container of a Swarm task on a node.
WorldContainer taskContainer(const World &world, const WorldService &service, const WorldTask &task,
                             const QString &node, const QDateTime &started, Dice &dice);
/// Makes a container a part of a compose project.
void labelCompose(WorldContainer &container, const QString &project, const QString &service, int number);

/// A service of the Swarm with its tasks, spread over its nodes, each run where it is placed.
void addService(World &world, const Program &program, const QString &name, int replicas, Dice &dice);

/// The VMs in the Swarm, its manager first.
QList<WorldVm *> swarmMembers(World &world);

} // namespace tropo::generator
