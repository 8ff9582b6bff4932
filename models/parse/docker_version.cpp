#include "models/parse/docker_version.h"

#include "models/parse/json_elements.h"

namespace tropo {

using namespace Qt::Literals::StringLiterals;

Parsed<std::optional<Sourced<QString>>> parseDockerVersion(const QByteArray &text, const QString &document)
{
    ProblemLog problems(document);
    std::optional<Sourced<QString>> version;
    if (const auto found = jsonObject(text, problems)) {
        const QString server = found->object.value("Server"_L1).toObject().value("Version"_L1).toString();
        if (server.isEmpty())
            problems.add(1, u"no server's version: the docker client did not reach an engine"_s);
        else
            version = Sourced<QString>{bounded(server, 256), found->source};
    }
    return {version, problems.take()};
}

QString dockerPlatform(const QByteArray &text)
{
    ProblemLog silent({});
    const auto found = jsonObject(text, silent);
    if (!found)
        return {};
    const QJsonObject server = found->object.value("Server"_L1).toObject();
    return bounded(server.value("Platform"_L1).toObject().value("Name"_L1).toString(), 256);
}

} // namespace tropo
