#pragma once

#include "models/fleet/container.h"

namespace tropo {

/// `docker service inspect`: an array, whole or reduced to the fields that a capture keeps. `updateState` is
/// UpdateStatus.State, empty for a service that was never updated, with the lines that say so; `desired` is
/// known of replicated services, `running` never. The environment and the secrets of a service are not read.
Parsed<QList<Service>> parseServiceInspect(const QByteArray &text, const QString &document);

} // namespace tropo
