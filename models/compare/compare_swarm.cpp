#include "models/compare/comparing.h"
#include "models/fleet/subject.h"

namespace tropo {

namespace {

QString numberText(const std::optional<int> &number)
{
    return number ? QString::number(*number) : QString();
}

/// "Running 2 hours ago" without its age.
QString stateWord(const QString &state)
{
    return state.section(u' ', 0, 0);
}

/// Tasks that ought to run; those that are over are history.
QList<SwarmTask> wanted(const QList<SwarmTask> &tasks)
{
    QList<SwarmTask> kept;
    for (const SwarmTask &task : tasks)
        if (task.desiredState.compare(QLatin1String("Running"), Qt::CaseInsensitive) == 0)
            kept.append(task);
    return kept;
}

class SwarmComparer
{
public:
    SwarmComparer(const QString &subject, ChangeLog &log) : m_subject(subject), m_log(log) {}

    void compareServices(const QList<Service> &before, const QList<Service> &after)
    {
        const auto name = [](const Service &one) { return one.name; };
        for (const auto &pair : matched(before, after, name)) {
            const Service &any = pair.after ? *pair.after : *pair.before;
            const QString place = subject::service(m_subject, any.name);
            const QString thing = QStringLiteral("The service %1").arg(any.name);
            if (!pair.before)
                m_log.added(place, "service", thing, any.source);
            else if (!pair.after)
                m_log.removed(place, "service", thing, any.source);
            else
                compareService(*pair.before, *pair.after, place);
        }
    }

    void compareTasks(const QList<SwarmTask> &before, const QList<SwarmTask> &after)
    {
        const auto name = [](const SwarmTask &one) { return one.name; };
        const QList<SwarmTask> earlier = wanted(before);
        const QList<SwarmTask> later = wanted(after);
        for (const auto &pair : matched(earlier, later, name)) {
            const SwarmTask &any = pair.after ? *pair.after : *pair.before;
            const QString place = subject::service(m_subject, any.service);
            const QString thing = QStringLiteral("The task %1 on %2").arg(any.name, any.node);
            if (!pair.before)
                m_log.added(place, "task", thing, any.source);
            else if (!pair.after)
                m_log.removed(place, "task", thing, any.source);
            else
                compareTask(*pair.before, *pair.after, place);
        }
    }

    void compareNodes(const QList<SwarmNode> &before, const QList<SwarmNode> &after)
    {
        const auto id = [](const SwarmNode &one) { return one.id; };
        for (const auto &pair : matched(before, after, id)) {
            const SwarmNode &any = pair.after ? *pair.after : *pair.before;
            const QString thing = QStringLiteral("The Swarm node %1").arg(any.hostname);
            if (!pair.before) {
                m_log.added(m_subject, "node", thing, any.source);
            } else if (!pair.after) {
                m_log.removed(m_subject, "node", thing, any.source);
            } else {
                const auto field = [&](const char *label, const QString &b, const QString &a) {
                    m_log.changed(
                        m_subject, "node",
                        QStringLiteral("%1 of the Swarm node %2").arg(QLatin1String(label), any.hostname), b,
                        a, pair.before->source, pair.after->source);
                };
                field("The status", pair.before->status, pair.after->status);
                field("The availability", pair.before->availability, pair.after->availability);
                field("The part in managing", pair.before->manager, pair.after->manager);
            }
        }
    }

private:
    void compareService(const Service &before, const Service &after, const QString &place)
    {
        const auto field = [&](const char *what, const char *label, const QString &b, const QString &a) {
            m_log.changed(place, what,
                          QStringLiteral("%1 of the service %2").arg(QLatin1String(label), after.name), b, a,
                          before.source, after.source);
        };
        field("service-mode", "The mode", before.mode, after.mode);
        field("image", "The image", before.image, after.image);
        field("replicas-wanted", "The wanted number of tasks", numberText(before.desired),
              numberText(after.desired));
        field("replicas-running", "The number of running tasks", numberText(before.running),
              numberText(after.running));
        if (before.updateState && after.updateState)
            field("update", "The update", before.updateState->value, after.updateState->value);
    }

    void compareTask(const SwarmTask &before, const SwarmTask &after, const QString &place)
    {
        const auto field = [&](const char *label, const QString &b, const QString &a) {
            m_log.changed(place, "task",
                          QStringLiteral("%1 of the task %2").arg(QLatin1String(label), after.name), b, a,
                          before.source, after.source);
        };
        field("The id", before.id.left(12), after.id.left(12));
        field("The node", before.node, after.node);
        field("The image", before.image, after.image);
        field("The state", stateWord(before.currentState), stateWord(after.currentState));
        field("The error", before.error, after.error);
    }

    QString m_subject;
    ChangeLog &m_log;
};

} // namespace

/// Only managers answer these; an engine that is none has nothing to compare.
void compareSwarms(const Engine &before, const Engine &after, const QString &subject, ChangeLog &log)
{
    SwarmComparer swarm(subject, log);
    if (before.services && after.services)
        swarm.compareServices(*before.services, *after.services);
    if (before.tasks && after.tasks)
        swarm.compareTasks(*before.tasks, *after.tasks);
    if (before.nodes && after.nodes)
        swarm.compareNodes(*before.nodes, *after.nodes);
}

} // namespace tropo
