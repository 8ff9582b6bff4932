#pragma once

#include "models/policy/policy.h"

namespace tropo {

/// Name of the fleet file as a document of the evidence; sources in a Policy point there.
inline constexpr QLatin1String fleetFileDocument("fleet.toml");

/// Reads a fleet file (`fleet-file.md`, TOML). Strict: an unknown key, a duplicate name, a MAC or address
/// that does not parse, overlapping ranges and floats that share an address or MAC are errors. The error's
/// place is "WHERE:LINE:COLUMN" of the first; its message says what was expected and how many more there are.
Result<Policy> parseFleetFile(const QByteArray &text, const QString &where);

} // namespace tropo
