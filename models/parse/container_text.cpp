#include "models/parse/container_text.h"

#include "models/parse/config_values.h"
#include "models/parse/problem_log.h"

#include <algorithm>
#include <utility>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype swarmIdLength = 25;

bool isSwarmId(QStringView text)
{
    return text.size() == swarmIdLength && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
           });
}

/// "80" or "8000-8001".
std::optional<std::pair<int, int>> portRange(QStringView text)
{
    const qsizetype dash = text.indexOf(u'-');
    const auto first = plainNumber(dash < 0 ? text : text.first(dash), 65535);
    const auto last = dash < 0 ? first : plainNumber(text.sliced(dash + 1), 65535);
    if (!first || !last || *last < *first)
        return {};
    return std::pair(*first, *last);
}

bool appendPorts(QStringView one, QList<PortMapping> &ports, int &budget)
{
    PortMapping mapping;
    const qsizetype arrow = one.indexOf(u"->");
    QStringView inside = arrow < 0 ? one : one.sliced(arrow + 2);
    const qsizetype slash = inside.indexOf(u'/');
    mapping.protocol = slash < 0 ? u"tcp"_s : bounded(inside.sliced(slash + 1), 16);
    if (slash >= 0)
        inside = inside.first(slash);
    const auto range = portRange(inside);
    if (!range)
        return false;
    std::optional<std::pair<int, int>> hosts;
    if (arrow >= 0) {
        const QStringView outside = one.first(arrow);
        const qsizetype colon = outside.lastIndexOf(u':');
        if (colon > 0)
            mapping.hostAddress = bounded(outside.first(colon), 64);
        if (mapping.hostAddress.startsWith(u'[') && mapping.hostAddress.endsWith(u']'))
            mapping.hostAddress = mapping.hostAddress.sliced(1, mapping.hostAddress.size() - 2);
        hosts = portRange(outside.sliced(colon + 1));
        if (!hosts || hosts->second - hosts->first != range->second - range->first)
            return false;
    }
    for (int i = 0; i <= range->second - range->first; ++i) {
        if (--budget < 0)
            return false;
        mapping.containerPort = range->first + i;
        if (hosts)
            mapping.hostPort = hosts->first + i;
        ports.append(mapping);
    }
    return true;
}

} // namespace

ContainerState stateFromStatus(QStringView status)
{
    if (status.startsWith(u"Up"))
        return status.endsWith(u"(Paused)") ? ContainerState::Paused : ContainerState::Running;
    if (status.startsWith(u"Exited"))
        return ContainerState::Exited;
    if (status.startsWith(u"Restarting"))
        return ContainerState::Restarting;
    if (status.startsWith(u"Created"))
        return ContainerState::Created;
    if (status.startsWith(u"Removal"))
        return ContainerState::Removing;
    if (status.startsWith(u"Dead"))
        return ContainerState::Dead;
    return ContainerState::Unknown;
}

ContainerState stateFromWord(QStringView word)
{
    static constexpr std::pair<QStringView, ContainerState> words[] = {
        {u"created", ContainerState::Created},   {u"running", ContainerState::Running},
        {u"paused", ContainerState::Paused},     {u"restarting", ContainerState::Restarting},
        {u"removing", ContainerState::Removing}, {u"exited", ContainerState::Exited},
        {u"dead", ContainerState::Dead}};
    for (const auto &[name, state] : words)
        if (word == name)
            return state;
    return ContainerState::Unknown;
}

Health healthFromStatus(QStringView status)
{
    if (!status.startsWith(u"Up") || status.endsWith(u"(Paused)"))
        return Health::Unknown;
    if (status.endsWith(u"(healthy)"))
        return Health::Healthy;
    if (status.endsWith(u"(unhealthy)"))
        return Health::Unhealthy;
    if (status.endsWith(u"(health: starting)"))
        return Health::Starting;
    return status.endsWith(u')') ? Health::Unknown : Health::None;
}

std::optional<QList<PortMapping>> portsFromText(QStringView text, int &budget)
{
    QList<PortMapping> ports;
    for (QStringView one : text.split(u',', Qt::SkipEmptyParts)) {
        one = one.trimmed();
        if (!one.isEmpty() && !appendPorts(one, ports, budget))
            return {};
    }
    return ports;
}

QMap<QString, QString> labelsFromText(QStringView text)
{
    QMap<QString, QString> labels;
    QString key;
    for (const QStringView piece : text.split(u',')) {
        const qsizetype equals = piece.indexOf(u'=');
        if (equals > 0) {
            key = bounded(piece.first(equals));
            labels[key] = bounded(piece.sliced(equals + 1));
        } else if (!key.isEmpty()) {
            QString &value = labels[key];
            if (value.size() < 4096)
                value += u',' + bounded(piece);
        }
    }
    return labels;
}

std::optional<SwarmTaskLabel> taskFrom(const QMap<QString, QString> &labels, QStringView name)
{
    SwarmTaskLabel task;
    task.taskId = labels.value(u"com.docker.swarm.task.id"_s);
    const bool labelled = !task.taskId.isEmpty();
    const QString labelledName = labels.value(u"com.docker.swarm.task.name"_s);
    const QStringView taskName = labelled && !labelledName.isEmpty() ? QStringView(labelledName) : name;
    // The service's name may have dots itself: the last two parts are the slot or node and the task.
    const qsizetype idDot = taskName.lastIndexOf(u'.');
    const qsizetype slotDot = idDot > 0 ? taskName.first(idDot).lastIndexOf(u'.') : -1;
    if (slotDot > 0 && isSwarmId(taskName.sliced(idDot + 1))) {
        const QStringView middle = taskName.sliced(slotDot + 1, idDot - slotDot - 1);
        task.slot = plainNumber(middle);
        if (task.slot || isSwarmId(middle)) {
            task.service = bounded(taskName.first(slotDot));
            if (!labelled)
                task.taskId = taskName.sliced(idDot + 1).toString();
            if (!task.slot)
                task.nodeId = middle.toString();
        }
    }
    if (labelled) {
        task.serviceId = labels.value(u"com.docker.swarm.service.id"_s);
        task.service = labels.value(u"com.docker.swarm.service.name"_s, task.service);
        task.nodeId = labels.value(u"com.docker.swarm.node.id"_s, task.nodeId);
    }
    if (task.taskId.isEmpty() || task.service.isEmpty())
        return {};
    return task;
}

QString ownName(QStringView names)
{
    const QList<QStringView> all = names.split(u',');
    for (const QStringView one : all)
        if (!one.contains(u'/'))
            return bounded(one.trimmed());
    return bounded(all.first().trimmed());
}

QString commandText(QStringView printed)
{
    QStringView text = printed.trimmed();
    if (text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"'))
        text = text.sliced(1, text.size() - 2);
    return bounded(text);
}

} // namespace tropo
