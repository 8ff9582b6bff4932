#pragma once

#include "models/fleet/container.h"

namespace tropo {

/// `docker inspect` of containers: an array, whole or reduced to the fields that a capture keeps; several
/// arrays one after another too. Config.Env is never read. `status` is State.Status alone; `createdText`
/// stays empty.
Parsed<QList<Container>> parseDockerInspect(const QByteArray &text, const QString &document);

} // namespace tropo
