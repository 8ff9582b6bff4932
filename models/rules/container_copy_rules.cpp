#include "models/rules/container_rules.h"

#include "models/fleet/subject.h"
#include "models/rules/about.h"

#include <QMap>
#include <QRegularExpression>

#include <algorithm>

namespace tropo {

namespace {

/// What tells two containers of one image and command apart on purpose: what they store and where, and the
/// ports that somebody chose for them (the engine chooses among the high ones itself).
QStringList purposeOf(const Container &container)
{
    constexpr int firstEphemeral = 32768;
    QStringList purpose = container.mounts;
    for (const QList<PortMapping> *ports : {&container.ports, &container.bindings})
        for (const PortMapping &port : *ports)
            if (port.hostPort && *port.hostPort < firstEphemeral)
                purpose.append(QStringLiteral("%1/%2").arg(*port.hostPort).arg(port.protocol));
    purpose.removeDuplicates();
    purpose.sort();
    return purpose;
}

/// The table of containers has no labels: there a name that ends in a number ("web-app-2", "web_app_2") is
/// how Compose calls a replica.
QString replicaByName(const QString &name)
{
    static const QRegularExpression numbered(QStringLiteral("^(.+)[-_]([0-9]+)$"));
    const auto match = numbered.match(name);
    return match.hasMatch() ? QString(match.captured(1) + u'\n' + match.captured(2)) : QString();
}

/// Which replica of which Compose service a container is; empty for one that Compose did not make.
QString composeReplica(const Container &container)
{
    const QString project = container.labels.value(QStringLiteral("com.docker.compose.project"));
    if (project.isEmpty())
        return container.labels.isEmpty() ? replicaByName(container.name) : QString();
    return project + u'\n' + container.labels.value(QStringLiteral("com.docker.compose.service")) + u'\n' +
           container.labels.value(QStringLiteral("com.docker.compose.container-number"));
}

/// Containers that something explains by itself: tasks of a Swarm (their own rules), pods, single commands.
bool isExplained(const Container &container)
{
    const auto &labels = container.labels;
    return container.task || labels.contains(QStringLiteral("io.kubernetes.pod.uid")) ||
           labels.value(QStringLiteral("com.docker.compose.oneoff"))
                   .compare(QLatin1String("true"), Qt::CaseInsensitive) == 0;
}

/// A command that the table cuts may go on differently.
bool tellsWhatItRuns(const Container &container)
{
    return !container.image.isEmpty() && !container.command.isEmpty() && !container.command.endsWith(u'…');
}

/// Of containers alike, those that no number of replicas explains.
QList<const Container *> unexplained(const QList<const Container *> &alike)
{
    QMap<QString, QList<const Container *>> byReplica;
    for (const Container *container : alike)
        byReplica[composeReplica(*container)].append(container);
    const bool byHand = byReplica.contains(QString());
    QList<const Container *> found;
    for (const auto &same : byReplica)
        if (same.size() > 1 || byHand)
            found.append(same);
    return found.size() > 1 ? found : QList<const Container *>();
}

Finding duplicateOf(const EngineView &engine, QList<const Container *> copies)
{
    std::sort(copies.begin(), copies.end(),
              [](const Container *a, const Container *b) { return a->name < b->name; });
    QStringList names;
    QStringList related;
    QList<Source> sources;
    for (const Container *copy : copies) {
        names.append(copy->name);
        related.append(subject::container(engine.subject, copy->name));
        sources.append(copy->source);
    }
    return about(related.front(),
                 QStringLiteral("%1 run the same command of the same image %2 on %3: %4. No service, Compose "
                                "project or number of replicas explains it.")
                     .arg(someOf(names, QStringLiteral(", ")), copies.front()->image, engine.domain->name,
                          copies.front()->command),
                 sources, related.sliced(1));
}

} // namespace

QList<Finding> containerDuplicate(const RuleInput &input)
{
    QList<Finding> findings;
    for (const EngineView &engine : input.swarm.engines()) {
        QMap<QStringList, QList<const Container *>> alike; // image, command and purpose
        for (const Container &container : engine.listed())
            if (isRunning(container) && !isExplained(container) && tellsWhatItRuns(container))
                alike[QStringList{container.image, container.command} + purposeOf(container)].append(
                    &container);
        for (const auto &containers : alike)
            if (const auto copies = unexplained(containers); !copies.isEmpty())
                findings.append(duplicateOf(engine, copies));
    }
    return findings;
}

QList<Finding> containerImageShared(const RuleInput &input)
{
    QList<Finding> findings;
    for (const EngineView &engine : input.swarm.engines()) {
        QMap<QString, QMap<QString, const Container *>> byImage; // image → service → one of its containers
        for (const Container &container : engine.listed())
            if (container.task && isRunning(container) && !container.image.isEmpty())
                byImage[container.image].insert(container.task->service, &container);
        for (auto image = byImage.cbegin(); image != byImage.cend(); ++image) {
            if (image->size() < 2)
                continue;
            const QStringList names = image->keys();
            QStringList related;
            QList<Source> sources;
            for (const Container *container : *image) {
                related.append(subject::container(engine.subject, container->name));
                sources.append(container->source);
            }
            findings.append(about(subject::service(engine.subject, names.front()),
                                  QStringLiteral("%1 on %2 run the same image %3. They are %4 different "
                                                 "services, so these are not duplicates.")
                                      .arg(someOf(names, QStringLiteral(" and ")), engine.domain->name,
                                           image.key(), QString::number(names.size())),
                                  sources, related));
        }
    }
    return findings;
}

} // namespace tropo
