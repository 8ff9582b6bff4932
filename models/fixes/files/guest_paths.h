#pragma once

#include "models/fleet/fleet.h"
#include "models/result.h"

namespace tropo {

/// Where a document of a guest's interface files (trop02/guests/Acilamwen/ifcfg/ifcfg-ens5) lies on the
/// guest. The most likely path first: a connection of NetworkManager may be a file without .nmconnection,
/// which the capture adds. Refuses names that no such file can have: with '/', control characters, a leading
/// full stop, or bytes that are not UTF-8.
Result<QStringList> pathsOnGuest(const QString &document);

/// Where a guest's documents lie: "trop02/guests/Acilamwen".
QString guestFolder(const QString &hypervisor, const QString &vm);
/// The document in that folder that a file of the guest would be; nothing where such a file is none.
std::optional<QString> documentOnGuest(const QString &folder, const QString &path);

/// The format that a new file should have on a guest: that of the files which configure its interfaces (the
/// loopback not counted), else what its system uses. Nothing: its files were not read, or the system is not
/// one that we know.
std::optional<ConfigFormat> guestFormat(const Guest &guest);

} // namespace tropo
