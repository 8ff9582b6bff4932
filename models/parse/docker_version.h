#pragma once

#include "models/fleet/sourced.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace tropo {

/// The server's version of `docker version --format '{{json .}}'`; nothing, with a problem, where the client
/// reached no server.
Parsed<std::optional<Sourced<QString>>> parseDockerVersion(const QByteArray &text, const QString &document);

/// Whose build the server is, by the same document: "Docker Engine - Community" for Docker's own. Empty for a
/// distribution's build, and where the document does not tell.
QString dockerPlatform(const QByteArray &text);

} // namespace tropo
