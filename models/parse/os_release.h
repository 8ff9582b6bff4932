#pragma once

#include "models/fleet/machine.h"

namespace tropo {

/// /etc/os-release (os-release(5)), lenient about quotes. A text without assignments is read as
/// redhat-release.
Parsed<std::optional<OsRelease>> parseOsRelease(const QByteArray &text, const QString &document);

/// /etc/redhat-release: "Fedora release 28 (Twenty Eight)". `version` as os-release would have it: of CentOS
/// the major alone ("7" of 7.9.2009).
Parsed<std::optional<OsRelease>> parseRedhatRelease(const QByteArray &text, const QString &document);

} // namespace tropo
