#include "models/parse/docker_info.h"

#include "models/parse/json_elements.h"

#include <QJsonArray>

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<Engine> parseDockerInfo(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    Engine engine;
    const auto found = jsonObject(text, problems);
    if (!found)
        return {engine, problems.take()};
    const QJsonObject &info = found->object;
    const auto sourced = [&found](const QJsonValue &value) -> std::optional<Sourced<QString>> {
        if (value.toString().isEmpty())
            return {};
        return Sourced<QString>{bounded(value.toString(), 256), found->source};
    };
    const QJsonObject swarm = info.value("Swarm"_L1).toObject();
    engine.version = sourced(info.value("ServerVersion"_L1));
    engine.swarmState = sourced(swarm.value("LocalNodeState"_L1));
    engine.nodeId = bounded(swarm.value("NodeID"_L1).toString(), 128);
    engine.clusterId = bounded(swarm.value("Cluster"_L1).toObject().value("ID"_L1).toString(), 128);
    constexpr qsizetype mostManagers = 64;
    for (const QJsonValue &remote : swarm.value("RemoteManagers"_L1).toArray())
        if (const QString id = bounded(remote.toObject().value("NodeID"_L1).toString(), 128);
            !id.isEmpty() && engine.remoteManagers.size() < mostManagers)
            engine.remoteManagers.append(id);
    if (const QJsonValue manager = swarm.value("ControlAvailable"_L1); manager.isBool())
        engine.manager = manager.toBool();
    for (const QJsonValue &error : info.value("ServerErrors"_L1).toArray())
        problems.add(1, u"docker could not tell of its server: %1"_s.arg(quoted(error.toString())));
    if (const QString error = swarm.value("Error"_L1).toString(); !error.isEmpty())
        problems.add(1, u"Swarm reports an error: %1"_s.arg(quoted(error)));
    return {engine, problems.take()};
}

} // namespace tropo
