#pragma once

#include "models/fleet/container.h"

namespace tropo {

/// `docker service ls --format '{{json .}}'`, a JSON object a line.
Parsed<QList<Service>> parseServices(const QByteArray &text, const QString &document);

/// `docker service ps --no-trunc --format '{{json .}}' SERVICE…`. A task of a global service is named
/// SERVICE.NODEID and has no slot.
Parsed<QList<SwarmTask>> parseTasks(const QByteArray &text, const QString &document);

/// `docker node ls --format '{{json .}}'`
Parsed<QList<SwarmNode>> parseNodes(const QByteArray &text, const QString &document);

} // namespace tropo
