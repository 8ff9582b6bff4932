#pragma once

#include "models/fleet/sourced.h"

#include <QByteArray>

#include <optional>

namespace tropo {

/// `uname -r`: "4.18.0-553.el8_10.x86_64". A whole `uname -a` is taken too.
Parsed<std::optional<Sourced<QString>>> parseKernelRelease(const QByteArray &text, const QString &document);

} // namespace tropo
