#include "tests/generator/render.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tropo::generator {

using namespace Qt::Literals::StringLiterals;

namespace {

QString line(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + u'\n';
}

/// As docker's units print a duration.
QString ago(const QDateTime &then, const QDateTime &now)
{
    const qint64 hours = then.secsTo(now) / 3600;
    if (hours < 2)
        return u"%1 minutes"_s.arg(qMax(qint64(2), then.secsTo(now) / 60));
    if (hours < 48)
        return u"%1 hours"_s.arg(hours);
    if (hours < 24 * 14)
        return u"%1 days"_s.arg(hours / 24);
    if (hours < 24 * 60)
        return u"%1 weeks"_s.arg(hours / 24 / 7);
    return u"%1 months"_s.arg(hours / 24 / 30);
}

QString statusOf(const WorldContainer &container, const QDateTime &now)
{
    const QString since = ago(container.started, now);
    if (container.state == u"running")
        return u"Up %1%2"_s.arg(since,
                                container.health.isEmpty() ? QString() : u" (%1)"_s.arg(container.health));
    if (container.state == u"restarting")
        return u"Restarting (1) 4 seconds ago"_s;
    if (container.state == u"created")
        return u"Created"_s;
    if (container.state == u"dead")
        return u"Dead"_s;
    return u"Exited (0) %1 ago"_s.arg(since);
}

QString portsOf(const WorldContainer &container)
{
    QStringList ports;
    if (container.state == u"running")
        for (const WorldPort &port : container.ports)
            ports << u"0.0.0.0:%1->%2/tcp, :::%1->%2/tcp"_s.arg(port.host).arg(port.container);
    return ports.join(u", "_s);
}

QString labelsOf(const WorldContainer &container)
{
    QStringList labels;
    for (auto it = container.labels.cbegin(); it != container.labels.cend(); ++it)
        labels << it.key() + u'=' + it.value();
    return labels.join(u',');
}

QString ps(const WorldEngine &engine, const QDateTime &now)
{
    QString text;
    for (const WorldContainer &one : engine.containers)
        text +=
            line({{u"Command"_s, QString(u'"' + one.command.join(u' ') + u'"')},
                  {u"CreatedAt"_s, QString(one.created.toString(u"yyyy-MM-dd HH:mm:ss"_s) + u" +0000 UTC"_s)},
                  {u"ID"_s, one.id},
                  {u"Image"_s, one.image},
                  {u"Labels"_s, labelsOf(one)},
                  {u"LocalVolumes"_s, u"0"_s},
                  {u"Mounts"_s, u""_s},
                  {u"Names"_s, one.name},
                  {u"Networks"_s, one.network},
                  {u"Ports"_s, portsOf(one)},
                  {u"RunningFor"_s, QString(ago(one.created, now) + u" ago"_s)},
                  {u"Size"_s, u"0B"_s},
                  {u"State"_s, one.state},
                  {u"Status"_s, statusOf(one, now)}});
    return text;
}

QString psTable(const WorldEngine &engine, const QDateTime &now)
{
    const auto row = [](const QString &id, const QString &image, const QString &command,
                        const QString &created, const QString &status, const QString &ports,
                        const QString &name) {
        return QString(u"%1   %2   %3   %4   %5   %6   %7\n"_s.arg(id, -12)
                           .arg(image, -30)
                           .arg(command, -24)
                           .arg(created, -15)
                           .arg(status, -30)
                           .arg(ports, -60)
                           .arg(name));
    };
    QString text =
        row(u"CONTAINER ID"_s, u"IMAGE"_s, u"COMMAND"_s, u"CREATED"_s, u"STATUS"_s, u"PORTS"_s, u"NAMES"_s);
    for (const WorldContainer &one : engine.containers) {
        QString command = one.command.join(u' ');
        if (command.size() > 20)
            command = command.first(19) + u'…';
        if (one.state == u"running")
            text += row(one.id.first(12), one.image, u'"' + command + u'"', ago(one.created, now) + u" ago"_s,
                        statusOf(one, now), portsOf(one), one.name);
    }
    return text;
}

QJsonObject inspected(const WorldContainer &one)
{
    QJsonObject state{{u"Status"_s, one.state},
                      {u"Running"_s, one.state == u"running"},
                      {u"Paused"_s, false},
                      {u"Restarting"_s, one.state == u"restarting"},
                      {u"Dead"_s, one.state == u"dead"},
                      {u"ExitCode"_s, 0},
                      {u"StartedAt"_s, one.started.toString(Qt::ISODateWithMs)},
                      {u"FinishedAt"_s, u"0001-01-01T00:00:00Z"_s}};
    if (!one.health.isEmpty())
        state.insert(u"Health"_s, QJsonObject{{u"Status"_s, one.health}, {u"FailingStreak"_s, 0}});
    QJsonObject bindings;
    QJsonObject ports;
    for (const WorldPort &port : one.ports) {
        const QString inside = u"%1/tcp"_s.arg(port.container);
        const QJsonArray outside{
            QJsonObject{{u"HostIp"_s, u"0.0.0.0"_s}, {u"HostPort"_s, QString::number(port.host)}}};
        bindings.insert(inside, outside);
        if (one.state == u"running")
            ports.insert(inside, outside);
    }
    QJsonObject labels;
    for (auto it = one.labels.cbegin(); it != one.labels.cend(); ++it)
        labels.insert(it.key(), it.value());
    const QJsonArray arguments = QJsonArray::fromStringList(one.command.mid(1));
    return {{u"Id"_s, one.id},
            {u"Name"_s, QString(u'/' + one.name)},
            {u"Created"_s, one.created.toString(Qt::ISODateWithMs)},
            {u"Path"_s, one.command.first()},
            {u"Args"_s, arguments},
            {u"State"_s, state},
            {u"Image"_s, u"sha256:41b84d93d4e9f695cbfc4406ec9c7e9e2c4993b5e563ebfe4752375e70466f90"_s},
            {u"RestartCount"_s, 0},
            {u"HostConfig"_s, QJsonObject{{u"NetworkMode"_s, u"default"_s},
                                          {u"PortBindings"_s, bindings},
                                          {u"RestartPolicy"_s, QJsonObject{{u"Name"_s, u""_s}}}}},
            {u"Mounts"_s, QJsonArray()},
            {u"Config"_s, QJsonObject{{u"Hostname"_s, one.id.first(12)},
                                      {u"Image"_s, one.image},
                                      {u"Cmd"_s, arguments},
                                      {u"Entrypoint"_s, QJsonArray{one.command.first()}},
                                      {u"Labels"_s, labels}}},
            {u"NetworkSettings"_s,
             QJsonObject{{u"Ports"_s, ports},
                         {u"Networks"_s, QJsonObject{{one.network, QJsonObject{{u"IPAddress"_s, u""_s}}}}}}}};
}

QJsonObject info(const World &world, const WorldEngine &engine)
{
    QJsonObject swarm{{u"NodeID"_s, engine.node},
                      {u"NodeAddr"_s, u""_s},
                      {u"LocalNodeState"_s, engine.node.isEmpty() ? u"inactive"_s : u"active"_s},
                      {u"ControlAvailable"_s, engine.manager},
                      {u"Error"_s, u""_s}};
    if (engine.manager)
        swarm.insert(u"Cluster"_s, QJsonObject{{u"ID"_s, world.swarm.cluster}});
    return {{u"ID"_s, u"FL7M:UP6O:GZOU"_s},
            {u"Containers"_s, engine.containers.size()},
            {u"ServerVersion"_s, engine.version},
            {u"Swarm"_s, swarm}};
}

void renderSwarm(const WorldSwarm &swarm, Shelf &shelf)
{
    QString services;
    QJsonArray inspect;
    for (const WorldService &one : swarm.services) {
        services += line({{u"ID"_s, one.id.first(12)},
                          {u"Image"_s, one.image},
                          {u"Mode"_s, one.mode},
                          {u"Name"_s, one.name},
                          {u"Ports"_s, u""_s},
                          {u"Replicas"_s, u"%1/%2"_s.arg(one.running).arg(one.desired)}});
        QJsonObject object{
            {u"ID"_s, one.id},
            {u"Spec"_s,
             QJsonObject{{u"Name"_s, one.name},
                         {u"Mode"_s,
                          one.mode == u"global"
                              ? QJsonObject{{u"Global"_s, QJsonObject()}}
                              : QJsonObject{{u"Replicated"_s, QJsonObject{{u"Replicas"_s, one.desired}}}}}}}};
        if (!one.update.isEmpty())
            object.insert(u"UpdateStatus"_s, QJsonObject{{u"State"_s, one.update}});
        inspect.append(object);
    }
    QString tasks;
    for (const WorldTask &one : swarm.tasks)
        tasks += line({{u"CurrentState"_s, one.current},
                       {u"DesiredState"_s, one.desired},
                       {u"Error"_s, one.error},
                       {u"ID"_s, one.id},
                       {u"Image"_s, one.image},
                       {u"Name"_s, one.name},
                       {u"Node"_s, one.node},
                       {u"Ports"_s, u""_s}});
    QString nodes;
    for (const WorldNode &one : swarm.nodes)
        nodes += line({{u"Availability"_s, one.availability},
                       {u"EngineVersion"_s, u"24.0.4"_s},
                       {u"Hostname"_s, one.hostname},
                       {u"ID"_s, one.id},
                       {u"ManagerStatus"_s, one.manager},
                       {u"Self"_s, one.manager == u"Leader"},
                       {u"Status"_s, one.status},
                       {u"TLSStatus"_s, u"Ready"_s}});
    shelf.put(u"services.json"_s, services);
    shelf.put(u"service-inspect.json"_s,
              QString::fromUtf8(QJsonDocument(inspect).toJson(QJsonDocument::Compact)) + u'\n');
    shelf.put(u"tasks.json"_s, tasks);
    shelf.put(u"nodes.json"_s, nodes);
}

} // namespace

void renderEngine(const World &world, const WorldEngine &engine, Shelf shelf)
{
    if (engine.asTable) {
        shelf.put(u"ps.txt"_s, psTable(engine, shelf.time()));
        return;
    }
    const QJsonObject platform{{u"Name"_s, u"Docker Engine - Community"_s}};
    shelf.put(u"version.json"_s,
              line({{u"Client"_s, QJsonObject{{u"Platform"_s, platform}, {u"Version"_s, engine.version}}},
                    {u"Server"_s, QJsonObject{{u"Platform"_s, platform}, {u"Version"_s, engine.version}}}}));
    shelf.put(u"ps.json"_s, ps(engine, shelf.time()));
    QJsonArray all;
    for (const WorldContainer &one : engine.containers)
        all.append(inspected(one));
    shelf.put(u"inspect.json"_s,
              QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact)) + u'\n');
    shelf.put(u"info.json"_s, line(info(world, engine)));
    if (engine.manager)
        renderSwarm(world.swarm, shelf);
    for (const WorldContainer &one : engine.containers)
        if (one.state == u"running" && one.os)
            shelf.put(u"os-release/%1.txt"_s.arg(escapedName(one.name)), osRelease(*one.os));
}

} // namespace tropo::generator
