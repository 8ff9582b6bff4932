#include "models/parse/docker_swarm.h"

#include "models/parse/config_values.h"
#include "models/parse/json_elements.h"

#include <functional>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

using Field = std::function<QString(QLatin1StringView)>;

/// Reads the objects of a listing; one without ID is a problem.
template <typename T>
Parsed<QList<T>> readListing(const QByteArray &text, const QString &document,
                             const std::function<void(T &, const Field &, ProblemLog &)> &fill)
{
    ProblemLog problems(document);
    QList<T> items;
    for (const JsonElement &element : jsonElements(text, problems)) {
        const Field field = [&element](QLatin1StringView key) {
            return bounded(element.object.value(key).toString());
        };
        T item;
        item.id = field("ID"_L1);
        item.source = element.source;
        if (item.id.isEmpty()) {
            problems.add(element.source.first, u"an object without ID, line %1"_s.arg(element.source.first));
            continue;
        }
        fill(item, field, problems);
        items.append(item);
    }
    return {items, problems.take()};
}

/// "3/2", "1/1 (max 1 per node)", "0/1 (1/1 completed)"
void readReplicas(Service &service, const QString &text, ProblemLog &problems)
{
    const QString counts = text.section(u' ', 0, 0);
    const qsizetype slash = counts.indexOf(u'/');
    if (slash > 0) {
        service.running = plainNumber(QStringView(counts).first(slash));
        service.desired = plainNumber(QStringView(counts).sliced(slash + 1));
    }
    if (!service.running || !service.desired)
        problems.add(service.source.first, u"replicas %1 of service %2: not understood, line %3"_s
                                               .arg(quoted(text), quoted(service.name))
                                               .arg(service.source.first));
}

void readTaskName(SwarmTask &task, QString name)
{
    // Tables mark a task that another one replaced so.
    if (name.trimmed().startsWith("\\_ "_L1))
        name = name.trimmed().sliced(3);
    task.name = name.trimmed();
    const qsizetype dot = task.name.lastIndexOf(u'.');
    task.service = dot < 0 ? task.name : task.name.first(dot);
    if (dot >= 0)
        task.slot = plainNumber(QStringView(task.name).sliced(dot + 1));
}

} // namespace

Parsed<QList<Service>> parseServices(const QByteArray &text, const QString &document)
{
    return readListing<Service>(text, document,
                                [](Service &service, const Field &field, ProblemLog &problems) {
                                    service.name = field("Name"_L1);
                                    service.mode = field("Mode"_L1);
                                    service.image = field("Image"_L1);
                                    readReplicas(service, field("Replicas"_L1), problems);
                                });
}

Parsed<QList<SwarmTask>> parseTasks(const QByteArray &text, const QString &document)
{
    return readListing<SwarmTask>(text, document, [](SwarmTask &task, const Field &field, ProblemLog &) {
        readTaskName(task, field("Name"_L1));
        task.image = field("Image"_L1);
        task.node = field("Node"_L1);
        task.desiredState = field("DesiredState"_L1);
        task.currentState = field("CurrentState"_L1);
        task.error = field("Error"_L1);
    });
}

Parsed<QList<SwarmNode>> parseNodes(const QByteArray &text, const QString &document)
{
    return readListing<SwarmNode>(text, document, [](SwarmNode &node, const Field &field, ProblemLog &) {
        node.hostname = field("Hostname"_L1);
        node.status = field("Status"_L1);
        node.availability = field("Availability"_L1);
        node.manager = field("ManagerStatus"_L1);
    });
}

} // namespace tropo
