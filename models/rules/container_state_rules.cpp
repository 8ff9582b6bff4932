#include "models/rules/container_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"
#include "models/text/docker_age.h"

#include <QMap>

#include <algorithm>

namespace tropo {

namespace {

/// A health check that has neither passed nor failed for so long does not end: by docker's defaults it is
/// decided after 90 s.
constexpr qint64 longestStarting = 30 * 60;
/// Tasks of a stack that start further apart than this were not started together.
constexpr qint64 farApart = 24 * 3600;

/// How long a container has been up, in seconds, as far as its documents tell.
std::optional<Elapsed> ageOf(const Container &container, const EngineView &engine)
{
    const QDateTime &read = engine.engine->containersRead;
    if (container.started.isValid() && read.isValid() && container.started <= read) {
        const qint64 seconds = container.started.secsTo(read);
        return Elapsed{seconds, seconds};
    }
    return upFor(container.status);
}

QString whatAils(const Container &container, const EngineView &engine)
{
    const QString status = container.status.isEmpty() ? QString() : QString(u" (" + container.status + u')');
    if (container.state == ContainerState::Dead)
        return QStringLiteral("is dead%1: its engine could not remove it").arg(status);
    if (container.state == ContainerState::Restarting)
        return QStringLiteral("ends and is restarted again and again%1").arg(status);
    if (container.state != ContainerState::Running)
        return {};
    if (container.health == Health::Unhealthy)
        return QStringLiteral("is unhealthy%1: its own health check fails").arg(status);
    const auto age = ageOf(container, engine);
    if (container.health == Health::Starting && age && age->least >= longestStarting)
        return QStringLiteral("has not passed its health check since it started, %1 minutes ago%2")
            .arg(QString::number(age->least / 60), status);
    return {};
}

// Stacks

/// The stack that a task is of: by its label, or, where no labels were read, by the "ft_" of its service.
QString stackOf(const Container &container)
{
    if (!container.task)
        return {};
    if (!container.labels.isEmpty())
        return container.labels.value(QStringLiteral("com.docker.stack.namespace"));
    const qsizetype bar = container.task->service.indexOf(u'_');
    return bar > 0 ? container.task->service.first(bar) : QString();
}

/// A service of a stack by the task that has been up longest: a replica that was added later is none that
/// was restarted.
struct StackService
{
    QString name;
    Elapsed age;
    QString said; ///< "Up 5 days"
    const EngineView *engine = nullptr;
    const Container *container = nullptr;
};

QString daysOrLess(const Elapsed &age)
{
    const qint64 days = age.least / 86400;
    if (days > 0)
        return counted(days, QStringLiteral("day"), QStringLiteral("days"));
    return counted(qMax<qint64>(1, age.least / 3600), QStringLiteral("hour"), QStringLiteral("hours"));
}

using Stacks = QMap<QString, QMap<QString, StackService>>; ///< by name, then service

Stacks stacksOf(const Swarm &swarm)
{
    Stacks stacks;
    for (const EngineView *engine : swarm.engines) {
        if (!engine->containersKnown)
            continue;
        for (const Container &container : engine->listed()) {
            const QString stack = stackOf(container);
            const auto age = isRunning(container) ? ageOf(container, *engine) : std::nullopt;
            if (stack.isEmpty() || !age)
                continue;
            StackService &service = stacks[stack][container.task->service];
            if (service.container && service.age.least >= age->least)
                continue;
            service.name = container.task->service;
            service.age = *age;
            service.said = age->least == age->most ? daysOrLess(*age)
                                                   : container.status.sliced(3).section(u'(', 0, 0).trimmed();
            service.engine = engine;
            service.container = &container;
        }
    }
    return stacks;
}

/// Services by age, youngest first, split where the next is certainly much older.
QList<QList<StackService>> startedTogether(QList<StackService> services)
{
    std::stable_sort(services.begin(), services.end(), [](const StackService &a, const StackService &b) {
        return std::tie(a.age.least, a.name) < std::tie(b.age.least, b.name);
    });
    QList<QList<StackService>> groups;
    qint64 oldest = 0;
    for (const StackService &service : services) {
        if (groups.isEmpty() || service.age.least - oldest >= farApart)
            groups.append(QList<StackService>());
        groups.back().append(service);
        oldest = qMax(oldest, service.age.most);
    }
    return groups;
}

Finding restartedApart(const QString &stack, const QList<QList<StackService>> &groups)
{
    QStringList clauses;
    QStringList related;
    QList<Source> sources;
    QString first;
    for (const QList<StackService> &group : groups) {
        QStringList names;
        for (const StackService &service : group) {
            names.append(service.name);
            const QString subject = subject::service(service.engine->subject, service.name);
            related.append(subject);
            sources.append(service.container->source);
            if (first.isEmpty() || subject < first)
                first = subject;
        }
        clauses.append(QStringLiteral("%1 %2 been up for %3")
                           .arg(someOf(names, QStringLiteral(", ")),
                                names.size() == 1 ? QStringLiteral("has") : QStringLiteral("have"),
                                group.front().said));
    }
    related.removeAll(first);
    return about(first,
                 QStringLiteral("Of the stack %1, %2. Something restarted the younger ones.")
                     .arg(stack, someOf(clauses, QStringLiteral("; "))),
                 sources, related);
}

// Ports

using Owners = QMap<QString, const Container *>; ///< containers by name
using ByAddress = QMap<QString, Owners>;

/// What a container publishes, or would if the engine had not found the port taken.
QList<PortMapping> wantedPorts(const Container &container)
{
    if (isRunning(container) || container.state == ContainerState::Paused)
        return container.ports;
    const bool found = container.error.contains(QLatin1String("already allocated")) ||
                       container.error.contains(QLatin1String("address already in use"));
    return found ? container.bindings : QList<PortMapping>();
}

/// Containers that want one port of one family of addresses: all where one of them wants it on every address,
/// else those that want it on the same.
Owners clashing(const ByAddress &byAddress, const QString &any)
{
    Owners all;
    Owners found;
    for (auto owners = byAddress.cbegin(); owners != byAddress.cend(); ++owners) {
        all.insert(*owners);
        if (owners->size() > 1)
            found.insert(*owners);
    }
    return byAddress.contains(any) && all.size() > 1 ? all : found;
}

Finding portClash(const EngineView &engine, const QString &port, const Owners &owners)
{
    QStringList names;
    QStringList related;
    QList<Source> sources;
    for (const Container *container : owners) {
        related.append(subject::container(engine.subject, container->name));
        sources.append(container->source);
        names.append(isRunning(*container) ? container->name
                                           : QString(container->name + QStringLiteral(" (does not run)")));
    }
    return about(related.front(),
                 QStringLiteral("%1 on %2 publish the same port %3 of the VM. Only one of them can have it.")
                     .arg(someOf(names, QStringLiteral(" and ")), engine.domain->name, port),
                 sources, related.sliced(1));
}

} // namespace

QList<Finding> containerUnhealthy(const RuleInput &input)
{
    QList<Finding> findings;
    for (const EngineView &engine : input.swarm.engines())
        for (const Container &container : engine.listed())
            if (const QString ails = whatAils(container, engine); !ails.isEmpty())
                findings.append(
                    about(subject::container(engine.subject, container.name),
                          QStringLiteral("%1 on %2 %3.").arg(container.name, engine.domain->name, ails),
                          {container.source}));
    return findings;
}

QList<Finding> containerRestartedApart(const RuleInput &input)
{
    QList<Finding> findings;
    for (const Swarm &swarm : input.swarm.swarms()) {
        const Stacks stacks = stacksOf(swarm);
        for (auto stack = stacks.cbegin(); stack != stacks.cend(); ++stack)
            if (const auto groups = startedTogether(stack->values()); groups.size() > 1)
                findings.append(restartedApart(stack.key(), groups));
    }
    return findings;
}

QList<Finding> containerPortClash(const RuleInput &input)
{
    QList<Finding> findings;
    const QString any4 = QStringLiteral("0.0.0.0");
    const QString any6 = QStringLiteral("::");
    for (const EngineView &engine : input.swarm.engines()) {
        QMap<QString, std::pair<ByAddress, ByAddress>> byPort; // "80/tcp": of IPv4 and of IPv6
        for (const Container &container : engine.listed())
            for (const PortMapping &port : wantedPorts(container)) {
                if (!port.hostPort)
                    continue;
                auto &[four, six] = byPort[QStringLiteral("%1/%2").arg(*port.hostPort).arg(port.protocol)];
                const bool both = port.hostAddress.isEmpty();
                if (both || !port.hostAddress.contains(u':'))
                    four[both ? any4 : port.hostAddress].insert(container.name, &container);
                if (both || port.hostAddress.contains(u':'))
                    six[both ? any6 : port.hostAddress].insert(container.name, &container);
            }
        for (auto port = byPort.cbegin(); port != byPort.cend(); ++port) {
            Owners owners = clashing(port->first, any4);
            owners.insert(clashing(port->second, any6));
            if (!owners.isEmpty())
                findings.append(portClash(engine, port.key(), owners));
        }
    }
    return findings;
}

} // namespace tropo
