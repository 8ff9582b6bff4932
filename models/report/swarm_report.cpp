#include "models/report/swarm_report.h"

#include <QJsonObject>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

QString stateName(ContainerState state)
{
    switch (state) {
    case ContainerState::Unknown:
        return {};
    case ContainerState::Created:
        return u"created"_s;
    case ContainerState::Running:
        return u"running"_s;
    case ContainerState::Paused:
        return u"paused"_s;
    case ContainerState::Restarting:
        return u"restarting"_s;
    case ContainerState::Removing:
        return u"removing"_s;
    case ContainerState::Exited:
        return u"exited"_s;
    case ContainerState::Dead:
        return u"dead"_s;
    }
    return {};
}

template <typename T> QJsonValue orNull(const std::optional<T> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject toJson(const SwarmTask &task)
{
    return {{u"id"_s, task.id},
            {u"node"_s, task.node},
            {u"desired"_s, task.desiredState},
            {u"current"_s, task.currentState},
            {u"error"_s, textOrNull(task.error)}};
}

QJsonObject toJson(const SwarmCopy &copy)
{
    return {{u"subject"_s, copy.subject()},
            {u"task"_s, copy.container->task->taskId},
            {u"state"_s, textOrNull(stateName(copy.container->state))},
            {u"status"_s, copy.container->status},
            {u"running"_s, copy.engine->containersKnown ? QJsonValue(copy.running) : QJsonValue()},
            {u"verdict"_s, verdictName(copy.verdict)}};
}

QJsonObject toJson(const Source &source)
{
    return {{u"document"_s, source.document}, {u"lines"_s, QJsonArray{source.first, source.last}}};
}

template <typename List> QJsonArray arrayOf(const List &items)
{
    QJsonArray array;
    for (const auto &item : items)
        if constexpr (std::is_pointer_v<std::decay_t<decltype(item)>>)
            array.append(toJson(*item));
        else
            array.append(toJson(item));
    return array;
}

QJsonObject toJson(const Swarm &swarm, const SwarmService &service, const SwarmRow &row)
{
    const Service *listed = service.listed;
    return {
        {u"cluster"_s, textOrNull(swarm.clusterId)},
        {u"manager"_s, swarm.manager.engine() ? QJsonValue(swarm.manager.engine()->subject) : QJsonValue()},
        {u"service"_s, service.name},
        {u"subject"_s, service.subject},
        {u"desired"_s, listed ? orNull(listed->desired) : QJsonValue()},
        {u"update"_s, listed && listed->updateState ? textOrNull(listed->updateState->value) : QJsonValue()},
        {u"slot"_s, orNull(row.slot)},
        {u"node"_s, row.slot ? QJsonValue() : QJsonValue(row.node.isEmpty() ? row.nodeId : row.node)},
        {u"verdict"_s, verdictName(row.verdict)},
        {u"why"_s, row.why},
        {u"tasks"_s, arrayOf(row.tasks)},
        {u"containers"_s, arrayOf(row.copies)},
        {u"evidence"_s, arrayOf(row.sources)},
    };
}

} // namespace

QJsonArray swarmJson(const SwarmTable &table)
{
    QJsonArray rows;
    for (const Swarm &swarm : table.swarms())
        for (const SwarmService &service : swarm.services)
            for (const SwarmRow &row : service.rows)
                rows.append(toJson(swarm, service, row));
    return rows;
}

} // namespace tropo
