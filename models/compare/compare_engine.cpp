#include "models/compare/comparing.h"
#include "models/fleet/subject.h"

#include <algorithm>

namespace tropo {

namespace {

/// docker prints ids cut and whole.
bool isSameId(const QString &a, const QString &b)
{
    constexpr qsizetype shortest = 12;
    const qsizetype common = qMin(a.size(), b.size());
    return common >= shortest && QStringView(a).first(common) == QStringView(b).first(common);
}

/// What a container is for: its place in a Swarm service, else its name.
QString roleOf(const Container &container)
{
    if (!container.task)
        return container.name;
    const SwarmTaskLabel &task = *container.task;
    return task.service + u'.' +
           (task.slot ? QString::number(*task.slot)
                      : QString(task.nodeId.isEmpty() ? QStringLiteral("global") : task.nodeId));
}

QString portsText(const Container &container)
{
    QStringList parts;
    for (const PortMapping &port : container.ports)
        parts.append(QStringLiteral("%1%2/%3").arg(
            port.hostPort ? QStringLiteral("%1:%2->").arg(port.hostAddress, QString::number(*port.hostPort))
                          : QString(),
            QString::number(port.containerPort), port.protocol));
    parts.sort();
    return parts.join(QLatin1String(", "));
}

std::optional<QString> healthText(Health health)
{
    switch (health) {
    case Health::None:
        return QStringLiteral("not checked");
    case Health::Starting:
        return QStringLiteral("starting");
    case Health::Healthy:
        return QStringLiteral("healthy");
    case Health::Unhealthy:
        return QStringLiteral("unhealthy");
    case Health::Unknown:
        break;
    }
    return {};
}

std::optional<QString> known(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

/// Without an id (a table made by hand) its name tells.
bool isSame(const Container &a, const Container &b)
{
    return a.id.isEmpty() || b.id.isEmpty() ? a.name == b.name : isSameId(a.id, b.id);
}

class EngineComparer
{
public:
    EngineComparer(const QString &subject, const QString &title, ChangeLog &log)
        : m_subject(subject), m_title(title), m_log(log)
    {
    }

    void compare(const Engine &before, const Engine &after)
    {
        said("docker", "The Docker version", before.version, after.version);
        said("swarm", "The Swarm state", before.swarmState, after.swarmState);
        if (m_log.bothRead(m_subject, QStringLiteral("its containers"), before.containers, after.containers))
            compareContainers(*before.containers, *after.containers);
    }

private:
    void said(const char *what, const char *label, const std::optional<Sourced<QString>> &before,
              const std::optional<Sourced<QString>> &after)
    {
        const auto text = [](const auto &value) {
            return value ? std::optional(value->value) : std::nullopt;
        };
        const auto source = [](const auto &value) { return value ? value->source : Source(); };
        m_log.compared(m_subject, what, QLatin1String(label) + u' ' + m_title, text(before), text(after),
                       source(before), source(after));
    }

    void compareContainers(const QList<Container> &before, const QList<Container> &after)
    {
        QList<Container> gone = before;
        QList<Container> fresh;
        for (const Container &container : after) {
            const auto same = std::find_if(gone.begin(), gone.end(), [&container](const Container &one) {
                return isSame(one, container);
            });
            if (same == gone.end()) {
                fresh.append(container);
                continue;
            }
            compareContainer(*same, container);
            gone.erase(same);
        }
        for (const auto &pair : matched(gone, fresh, &roleOf))
            tellOther(pair);
    }

    /// Containers of one id are never among these.
    void tellOther(const Matched<Container> &pair)
    {
        const Container &any = pair.after ? *pair.after : *pair.before;
        const QString thing = QStringLiteral("The container %1 (%2) %3").arg(any.name, any.image, m_title);
        const QString place = subject::container(m_subject, any.name);
        if (!pair.before) {
            m_log.added(place, "container", thing, any.source);
        } else if (!pair.after) {
            m_log.removed(place, "container", thing, any.source);
        } else {
            m_log.add({place,
                       ChangeKind::Changed,
                       QStringLiteral("container"),
                       QStringLiteral("%1 %2 was made anew: another container has its place.")
                           .arg(roleOf(any), m_title),
                       nameAndId(*pair.before),
                       nameAndId(*pair.after),
                       {pair.before->source},
                       {pair.after->source}});
            compareContainer(*pair.before, *pair.after);
        }
    }
    static QString nameAndId(const Container &container)
    {
        return container.name + QLatin1String(" (") + container.id.left(12) + u')';
    }

    void compareContainer(const Container &before, const Container &after)
    {
        const QString place = subject::container(m_subject, after.name);
        // What one document tells and another does not (ps without inspect) is no gap of the reading.
        const auto field = [&](const char *what, const char *label, const std::optional<QString> &b,
                               const std::optional<QString> &a) {
            if (b && a)
                m_log.changed(place, what,
                              QStringLiteral("%1 of the container %2 %3")
                                  .arg(QLatin1String(label), roleOf(after), m_title),
                              *b, *a, before.source, after.source);
        };
        if (!before.task)
            field("container-name", "The name", before.name, after.name);
        field("image", "The image", known(before.image), known(after.image));
        field("container-state", "The state", known(stateWords(before.state)),
              known(stateWords(after.state)));
        field("health", "The health", healthText(before.health), healthText(after.health));
        field("restart-policy", "The restart policy", before.restartPolicy, after.restartPolicy);
        field("ports", "The ports", portsText(before), portsText(after));
        field("os", "The system", before.os ? known(before.os->pretty) : std::nullopt,
              after.os ? known(after.os->pretty) : std::nullopt);
        if (isSameId(before.id, after.id) && before.started.isValid() && after.started.isValid())
            field("started", "The start", before.started.toUTC().toString(Qt::ISODate),
                  after.started.toUTC().toString(Qt::ISODate));
    }

    QString m_subject;
    QString m_title;
    ChangeLog &m_log;
};

} // namespace

void compareEngines(const Engine &before, const Engine &after, const QString &subject, const QString &title,
                    ChangeLog &log)
{
    EngineComparer(subject, title, log).compare(before, after);
    compareSwarms(before, after, subject, log);
}

} // namespace tropo
