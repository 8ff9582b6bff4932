#include "models/parse/docker_inspect.h"

#include "models/parse/config_values.h"
#include "models/parse/container_text.h"
#include "models/parse/json_elements.h"

#include <QJsonArray>

#include <algorithm>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Go prints times that were never set as those of the year 1.
QDateTime timeFrom(const QJsonValue &value)
{
    const QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return time.isValid() && time.date().year() > 1 ? time : QDateTime();
}

QString commandFrom(const QJsonObject &object)
{
    QString command = bounded(object.value("Path"_L1).toString());
    for (const QJsonValue &argument : object.value("Args"_L1).toArray()) {
        if (command.size() >= 4096)
            break;
        command += u' ' + bounded(argument.toString());
    }
    return command;
}

Health healthFrom(const QJsonObject &state)
{
    const QString status = state.value("Health"_L1).toObject().value("Status"_L1).toString();
    if (status == u"healthy")
        return Health::Healthy;
    if (status == u"unhealthy")
        return Health::Unhealthy;
    if (status == u"starting")
        return Health::Starting;
    return state.isEmpty() || !status.isEmpty() ? Health::Unknown : Health::None;
}

/// {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "80"}], "8080/tcp": null}
bool appendPorts(const QString &key, const QJsonValue &bindings, QList<PortMapping> &ports)
{
    const QList<QStringView> parts = QStringView(key).split(u'/');
    const auto inside = plainNumber(parts[0], 65535);
    if (!inside || parts.size() > 2)
        return false;
    PortMapping mapping{{}, {}, *inside, parts.size() == 2 ? bounded(parts[1], 16) : u"tcp"_s};
    if (bindings.toArray().isEmpty())
        ports.append(mapping);
    for (const QJsonValue &binding : bindings.toArray()) {
        mapping.hostAddress = bounded(binding.toObject().value("HostIp"_L1).toString(), 64);
        mapping.hostPort = plainNumber(binding.toObject().value("HostPort"_L1).toString(), 65535);
        if (!mapping.hostPort)
            return false;
        ports.append(mapping);
    }
    return true;
}

/// Empty where the engine has never been told one, which it takes as "no".
std::optional<QString> restartPolicyFrom(const QJsonObject &host)
{
    const QJsonValue policy = host.value("RestartPolicy"_L1);
    if (!policy.isObject())
        return {};
    const QString name = bounded(policy.toObject().value("Name"_L1).toString(), 32);
    return name.isEmpty() ? u"no"_s : name;
}

/// Volumes without a name are as good as none: each container has its own.
bool isAnonymous(QStringView volume)
{
    return volume.size() == 64 && std::all_of(volume.begin(), volume.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

QStringList mountsFrom(const QJsonArray &mounts)
{
    constexpr qsizetype most = 100;
    QStringList texts;
    for (const QJsonValue &value : mounts) {
        const QJsonObject mount = value.toObject();
        const QString volume = mount.value("Name"_L1).toString();
        const QString what = volume.isEmpty() ? mount.value("Source"_L1).toString() : volume;
        if (what.isEmpty() || isAnonymous(what) || texts.size() >= most)
            continue;
        texts.append(bounded(what) + u':' + bounded(mount.value("Destination"_L1).toString()));
    }
    texts.sort();
    return texts;
}

/// What it is to publish; a port of the engine's choice (no number, or 0) is none that could clash.
QList<PortMapping> bindingsFrom(const QJsonObject &bindings)
{
    constexpr qsizetype most = 1000;
    QList<PortMapping> wanted;
    for (auto port = bindings.begin(); port != bindings.end(); ++port) {
        QList<PortMapping> of;
        if (appendPorts(port.key(), port.value(), of))
            for (const PortMapping &mapping : of)
                if (mapping.hostPort.value_or(0) > 0 && wanted.size() < most)
                    wanted.append(mapping);
    }
    return wanted;
}

Container containerFrom(const JsonElement &element, ProblemLog &problems)
{
    const QJsonObject &object = element.object;
    const QJsonObject config = object.value("Config"_L1).toObject();
    const QJsonObject state = object.value("State"_L1).toObject();
    Container container;
    container.source = element.source;
    container.id = bounded(object.value("Id"_L1).toString(), 128);
    container.name = bounded(object.value("Name"_L1).toString());
    if (container.name.startsWith(u'/'))
        container.name.remove(0, 1);
    container.image = bounded(config.value("Image"_L1).toString());
    container.command = commandFrom(object);
    container.status = bounded(state.value("Status"_L1).toString(), 64);
    container.state = stateFromWord(container.status);
    container.health = healthFrom(state);
    container.created = timeFrom(object.value("Created"_L1));
    container.started = timeFrom(state.value("StartedAt"_L1));
    container.restartPolicy = restartPolicyFrom(object.value("HostConfig"_L1).toObject());
    const QJsonObject labels = config.value("Labels"_L1).toObject();
    for (auto label = labels.begin(); label != labels.end(); ++label)
        container.labels.insert(bounded(label.key()), bounded(label.value().toString()));
    const QJsonObject ports = object.value("NetworkSettings"_L1).toObject().value("Ports"_L1).toObject();
    for (auto port = ports.begin(); port != ports.end(); ++port)
        if (!appendPorts(port.key(), port.value(), container.ports))
            problems.add(element.source.first, u"port %1 of container %2: not understood, line %3"_s
                                                   .arg(quoted(port.key()), quoted(container.name))
                                                   .arg(element.source.first));
    container.bindings =
        bindingsFrom(object.value("HostConfig"_L1).toObject().value("PortBindings"_L1).toObject());
    container.mounts = mountsFrom(object.value("Mounts"_L1).toArray());
    container.error = bounded(state.value("Error"_L1).toString(), 1000);
    container.task = taskFrom(container.labels, container.name);
    return container;
}

} // namespace

Parsed<QList<Container>> parseDockerInspect(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    QList<Container> containers;
    for (const JsonElement &element : jsonElements(text, problems)) {
        if (element.object.value("Id"_L1).toString().isEmpty())
            problems.add(element.source.first,
                         u"a container without Id, line %1"_s.arg(element.source.first));
        else
            containers.append(containerFrom(element, problems));
    }
    return {containers, problems.take()};
}

} // namespace tropo
