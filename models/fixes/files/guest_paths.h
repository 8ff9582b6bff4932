#pragma once

#include "models/fleet/fleet.h"
#include "models/result.h"

namespace tropo {

/// Where a document of a guest's interface files (trop02/guests/Acilamwen/ifcfg/ifcfg-ens5) lies on the
/// guest. The most likely path first: a connection of NetworkManager may be a file without .nmconnection,
/// which the capture adds. Refuses names that no such file can have: with '/', control characters, a leading
/// full stop, or bytes that are not UTF-8.
Result<QStringList> pathsOnGuest(const QString &document);

/// The format that a new file should have on a guest: that of the files which configure its interfaces (the
/// loopback not counted), else what its system uses. Nothing: its files were not read, or the system is not
/// one that we know.
std::optional<ConfigFormat> guestFormat(const Guest &guest);

} // namespace tropo
