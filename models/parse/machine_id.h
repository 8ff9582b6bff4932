#pragma once

#include "models/fleet/sourced.h"

#include <QByteArray>

#include <optional>

namespace tropo {

/// /etc/machine-id (machine-id(5)): 32 hex digits, kept in lower case. Nothing, and no problem, where the
/// system has none yet: an empty file, or "uninitialized".
Parsed<std::optional<Sourced<QString>>> parseMachineId(const QByteArray &text, const QString &document);

} // namespace tropo
